"""What rating says of an account becomes how it is billed here.

AccountOpened        -> OpenBillProfile    its rate of tax in this service's own terms
SubscriptionStarted  -> ExpectPeriod
AccountDetailsChanged, AccountCycleChanged, AccountHeld, AccountReleased, AccountClosed, AccountReopened
                     -> RenameCustomer, FollowCycle, SetHold, SetEnding
"""

from __future__ import annotations

from collections.abc import Iterable

from services.invoicing.bill_profile.legal_entities import entity_of_opened
from services.invoicing.bill_profile.messages import (
    ExpectPeriod,
    FollowCycle,
    OpenBillProfile,
    RenameCustomer,
    SetEnding,
    SetHold,
    TaxTerms,
)
from services.invoicing.taxes.account_rate import TAX
from services.rating.account.messages import (
    AccountClosed,
    AccountCycleChanged,
    AccountDetailsChanged,
    AccountHeld,
    AccountOpened,
    AccountReleased,
    AccountReopened,
)
from services.rating.subscription.messages import SubscriptionStarted
from shared.kernel.decider import Do, Send, View
from shared.kernel.decimals import format_decimal
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields

AccountFact = (
    AccountOpened
    | SubscriptionStarted
    | AccountDetailsChanged
    | AccountCycleChanged
    | AccountHeld
    | AccountReleased
    | AccountClosed
    | AccountReopened
)


def react(event: AccountFact, envelope: Envelope, view: View) -> Iterable[Do | Send]:
    match event:
        case AccountOpened():
            yield Do(_open_profile(event))
            yield from entity_of_opened(event, view)
        case SubscriptionStarted():
            yield Do(ExpectPeriod(account_id=event.account_id, period=event.period))
        case AccountDetailsChanged():
            yield Do(same_fields(RenameCustomer, event))
        case AccountCycleChanged():
            yield Do(FollowCycle(account_id=event.account_id, cycle_id=event.cycle.cycle_id))
        case AccountHeld():
            yield Do(same_fields(SetHold, event))
        case AccountReleased():
            yield Do(SetHold(account_id=event.account_id))
        case AccountClosed() | AccountReopened():
            yield Do(SetEnding(account_id=event.account_id, closed=isinstance(event, AccountClosed)))


def _open_profile(event: AccountOpened) -> OpenBillProfile:
    tax = TaxTerms(kind=TAX.name, parameters={"rate": format_decimal(event.tax_rate)})
    return same_fields(OpenBillProfile, event, tax=tax, cycle_id=event.cycle.cycle_id, time_zone=event.cycle.time_zone)

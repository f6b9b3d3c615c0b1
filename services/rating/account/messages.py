"""Who owes money: an account with its billing calendar, and what people decide about it.

OpenAccount(account_id="acc-1", name=<sealed>, currency="EUR", cycle_id="monthly", tax_rate=Decimal(20))
-> AccountOpened, with the terms of the cycle: what it says holds until an event below says otherwise

ChangeAccount        -> AccountDetailsChanged
FollowGroup          -> AccountParentChanged, AccountPayerChanged       once a group has decided (group/)
ChangeAccountCycle   -> CycleChangeScheduled, and when the period before it closes AccountCycleChanged
HoldAccount, ReleaseAccount, CloseAccount, ReopenAccount
                     -> AccountHeld, AccountReleased, AccountClosed, AccountReopened

`version` in these events is the account's from then on; it was opened with version 1.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final, Literal

import msgspec

from services.rating.billing_cycle.messages import CycleTerms
from shared.kernel.bounds import Count
from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event
from shared.kernel.period import Period
from shared.kernel.sealed import Sealed

GRACE_OF_OLD_S: Final = 3600

Transition = Literal["short", "long"]


class OpenAccount(Command, frozen=True, kw_only=True):
    """Open an account. `tax_rate` in percent, 0 to 100; `details` are sealed `CustomerDetails`.

    `collection_grace_s`: what the deployment has set; for good, whatever it sets later. `time_zone`: the account's own,
    `None` for that of its cycle. `parent_id`: the account above it in its group. `billed_by`: who is to pay for it;
    here that is checked, and `PlaceInGroup` makes it so once the account is open. `legal_entity`: who is to bill it,
    `None` the operator; invoicing knows whether there is such a one.

    Refused: `account_exists`, `account_not_found`, `cycle_not_found`, and as `PlaceInGroup` for parent and payer.
    """

    account_id: str
    name: Sealed
    currency: Currency
    cycle_id: str
    tax_rate: Decimal
    details: Sealed | None = None
    collection_grace_s: Count | None = None
    time_zone: str | None = None
    parent_id: str | None = None
    billed_by: str | None = None
    legal_entity: str | None = None


class CustomerChange(msgspec.Struct, frozen=True, kw_only=True):
    """Name and details as they are from now on, whole and sealed; `changed` names the fields that are other."""

    name: Sealed
    details: Sealed | None
    changed: list[str]


class ParentChange(msgspec.Struct, frozen=True, kw_only=True):
    """The account above it in its group, `None` for none."""

    parent_id: str | None


class PayerChange(msgspec.Struct, frozen=True, kw_only=True):
    """The account that pays its invoices, `None` for itself."""

    billed_by: str | None


class ChangeAccount(Command, frozen=True, kw_only=True):
    """Change what an account says of its customer.

    `based_on` is the version that the new details were made from. Refused: `account_not_found`, `version_mismatch`.
    """

    account_id: str
    based_on: Count
    customer: CustomerChange | None = None


class FollowGroup(Command, frozen=True, kw_only=True):
    """What the group has decided of the account's place (group/): it is not refused here."""

    account_id: str
    parent: ParentChange | None = None
    payer: PayerChange | None = None


class ChangeAccountCycle(Command, frozen=True, kw_only=True):
    """Bill an account by another cycle, from the end of its open period or of the one with `effective_on` in it.

    `transition`: whether the first period by the new cycle is cut at its next boundary, or reaches to the one after.
    Naming the cycle that the account has takes a change back that has not begun. Refused: `account_not_found`,
    `account_closed`, `cycle_not_found`, `cycle_unchanged`, `cycle_change_begun`, `out_of_bounds`, `version_mismatch`,
    and of accounts that are billed together `billed_by_another`, `pays_for_others`.
    """

    account_id: str
    cycle_id: str
    effective_on: date | None = None
    transition: Transition = "short"


class HoldAccount(Command, frozen=True, kw_only=True):
    """Let billing runs pass an account by, until the day `until` (excluded) or for good.

    Refused: `account_not_found`, `account_closed`, `account_on_hold`, `invalid_period`, `version_mismatch`.
    """

    account_id: str
    reason: str
    until: date | None = None


class ReleaseAccount(Command, frozen=True, kw_only=True):
    """Let billing runs take an account again. Refused: `account_not_found`, `account_not_on_hold`."""

    account_id: str


class CloseAccount(Command, frozen=True, kw_only=True):
    """Take no more subscriptions; the open period is the last one and is still billed.

    Refused: `account_not_found`, `account_closed`, `subscriptions_active`, `usage_unbilled`, `pays_for_others`,
    `version_mismatch`.
    """

    account_id: str


class ReopenAccount(Command, frozen=True, kw_only=True):
    """Take a close back. Refused: `account_not_found`, `account_not_closed`, `version_mismatch`."""

    account_id: str


class AccountOpened(Event, frozen=True, kw_only=True):
    """An account with the settings that invoicing and payments take over from here. `tax_rate` in percent.

    `details`: address, tax id, e-mail and language of the customer, sealed as one (shared/kernel/customer.py).
    `collection_grace_s`: how long after its end a period of the account waits for usage on its way. Accounts opened
    before that was written down have `GRACE_OF_OLD_S`. `legal_entity`: who was asked to bill it, `None` for the
    operator.
    """

    account_id: str
    name: Sealed
    currency: Currency
    cycle: CycleTerms
    tax_rate: Decimal
    opened_on: date
    details: Sealed | None = None
    collection_grace_s: Count | None = None
    legal_entity: str | None = None


class AccountDetailsChanged(Event, frozen=True, kw_only=True):
    """The customer is called and reached like this from now on: `name` and `details` are whole, and sealed.

    `changed` names the fields that are other than before: name, address, tax_id, email, language.
    """

    account_id: str
    name: Sealed
    version: Count
    changed: list[str]
    details: Sealed | None = None


class AccountParentChanged(Event, frozen=True, kw_only=True):
    """The account belongs to another one from now on, or (`None`) to none. Who pays is another question."""

    account_id: str
    version: Count
    parent_id: str | None = None


class AccountPayerChanged(Event, frozen=True, kw_only=True):
    """Periods that begin on `effective_on` or later are billed to `billed_by`, or (`None`) to the account itself.

    Without `effective_on` all of its periods: none was open by then.
    """

    account_id: str
    version: Count
    billed_by: str | None = None
    effective_on: date | None = None


class CycleChangeScheduled(Event, frozen=True, kw_only=True):
    """On `effective_on`, where a period ends, the account goes over to `cycle`; `transition` is its first period there.

    Without `cycle` a change that was scheduled does not happen. A later one takes the place of an earlier one.
    """

    account_id: str
    version: Count
    cycle: CycleTerms | None = None
    effective_on: date | None = None
    transition: Period | None = None


class AccountCycleChanged(Event, frozen=True, kw_only=True):
    """The account bills by `cycle` from `effective_on` on, and `transition` is its open period.

    Without `effective_on` it does so from its beginning: nothing of it was open by then.
    """

    account_id: str
    cycle: CycleTerms
    version: Count
    effective_on: date | None = None
    transition: Period | None = None


class AccountHeld(Event, frozen=True, kw_only=True):
    """Billing runs pass the account by, before the day `until` or (`None`) until it is released."""

    account_id: str
    reason: str
    version: Count
    until: date | None = None


class AccountReleased(Event, frozen=True, kw_only=True):
    """Billing runs take the account again."""

    account_id: str
    version: Count


class AccountClosed(Event, frozen=True, kw_only=True):
    """The account takes no more subscriptions; the period that is open is its last and is still billed."""

    account_id: str
    closed_on: date
    version: Count


class AccountReopened(Event, frozen=True, kw_only=True):
    """The account goes on, from the period after the last one that was billed."""

    account_id: str
    version: Count

"""Accounts as invoicing bills them: taken over from rating when they open, then followed period by period.

AccountOpened (rating)               -> BillProfileOpened    currency, tax, cycle, terms
SubscriptionStarted, PeriodClosed    -> PeriodExpected       the period a billing run may find open
AccountDetailsChanged                -> CustomerRenamed      what the next documents print
AccountCycleChanged                  -> CycleFollowed        which runs take it
AccountHeld, AccountReleased         -> BillingHeld, BillingReleased
AccountClosed, AccountReopened       -> BillingEnded, BillingResumed
ChangeTaxProfile                     -> TaxProfileChanged    by which terms it is taxed
ChangeTerms                          -> TermsChanged         when its invoices fall due

A profile also knows which drafts of its account wait: from `InvoiceDrafted` until one is locked or carried forward.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec
from pydantic import ValidationError

from services.invoicing.bill_profile.messages import (
    BillingEnded,
    BillingHeld,
    BillingReleased,
    BillingResumed,
    BillProfileOpened,
    ChangeTaxProfile,
    ChangeTerms,
    CustomerRenamed,
    CycleFollowed,
    ExpectPeriod,
    FollowCycle,
    OpenBillProfile,
    PeriodExpected,
    RenameCustomer,
    SetEnding,
    SetHold,
    TaxProfileChanged,
    TermsChanged,
)
from services.invoicing.bill_profile.state import BillProfile, Ending, Hold, PendingDraft, profile_of
from services.invoicing.discount.messages import DiscountGranted
from services.invoicing.draft_credit.messages import DraftCredited
from services.invoicing.invoice.messages import (
    DraftCarriedForward,
    DraftDeferred,
    DraftDisagreed,
    InvoiceDrafted,
    InvoiceLocked,
)
from services.invoicing.taxes import UnknownTaxKind, check
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields

TERMS_DAYS: Final = 14
"""Days from issue to due date of an account that has no terms of its own: the operator's."""


def decide_profile(command: OpenBillProfile, view: View, context: Context) -> Sequence[Event]:
    if view.get(BillProfile, command.account_id) is not None:
        return []
    check(command.tax)
    return [same_fields(BillProfileOpened, command, terms_days=TERMS_DAYS)]


def evolve_profile(event: BillProfileOpened, envelope: Envelope, view: View) -> Iterable[State]:
    yield same_fields(BillProfile, event)


def decide_expected(command: ExpectPeriod, view: View, context: Context) -> Sequence[Event]:
    if profile_of(view, command.account_id).expected == command.period:
        return []
    return [PeriodExpected(account_id=command.account_id, period=command.period)]


def evolve_expected(event: PeriodExpected, envelope: Envelope, view: View) -> Iterable[State]:
    yield msgspec.structs.replace(profile_of(view, event.account_id), expected=event.period)


def decide_followed(
    command: RenameCustomer | FollowCycle | SetHold | SetEnding, view: View, context: Context
) -> Sequence[Event]:
    """What rating says of an account that is there; nothing where it is so already."""
    profile = profile_of(view, command.account_id)
    match command:
        case RenameCustomer():
            return [same_fields(CustomerRenamed, command)]
        case FollowCycle():
            return [] if profile.cycle_id == command.cycle_id else [same_fields(CycleFollowed, command)]
        case SetHold(reason=None):
            return [] if profile.hold is None else [BillingReleased(account_id=command.account_id)]
        case SetHold(reason=str(reason)):
            return [BillingHeld(account_id=command.account_id, reason=reason, until=command.until)]
        case SetEnding(closed=True) if profile.ending is None:
            return [BillingEnded(account_id=command.account_id, last_period=profile.expected)]
        case SetEnding(closed=False) if profile.ending is not None:
            return [BillingResumed(account_id=command.account_id)]
    return []


def evolve_followed(
    event: CustomerRenamed | CycleFollowed | BillingHeld | BillingReleased | BillingEnded | BillingResumed,
    envelope: Envelope,
    view: View,
) -> Iterable[State]:
    profile = profile_of(view, event.account_id)
    match event:
        case CustomerRenamed():
            yield msgspec.structs.replace(profile, name=event.name, details=event.details)
        case CycleFollowed():
            yield msgspec.structs.replace(profile, cycle_id=event.cycle_id)
        case BillingHeld():
            yield msgspec.structs.replace(profile, hold=Hold(reason=event.reason, until=event.until))
        case BillingReleased():
            yield msgspec.structs.replace(profile, hold=None)
        case BillingEnded():
            yield msgspec.structs.replace(profile, ending=Ending(last_period=event.last_period))
        case BillingResumed():
            yield msgspec.structs.replace(profile, ending=None)


def decide_tax_profile(command: ChangeTaxProfile, view: View, context: Context) -> Sequence[Event]:
    profile = view.get(BillProfile, command.account_id)
    if profile is None:
        raise absent("account", command.account_id)
    context.check_version(profile.version)
    try:
        check(command.tax)
    except (UnknownTaxKind, ValidationError) as error:
        raise Rejection("invalid", f"nothing here taxes by these terms: {error}", pointer="/tax") from error
    if command.tax == profile.tax:
        return []
    return [same_fields(TaxProfileChanged, command, version=profile.version + 1)]


def evolve_tax_profile(event: TaxProfileChanged, envelope: Envelope, view: View) -> Iterable[State]:
    profile = profile_of(view, event.account_id)
    yield msgspec.structs.replace(profile, tax=event.tax, version=event.version)


def evolve_discounted(event: DiscountGranted, envelope: Envelope, view: View) -> Iterable[State]:
    yield msgspec.structs.replace(profile_of(view, event.account_id), discounted=True)


def decide_terms(command: ChangeTerms, view: View, context: Context) -> Sequence[Event]:
    profile = view.get(BillProfile, command.account_id)
    if profile is None:
        raise absent("account", command.account_id)
    context.check_version(profile.version)
    own = command.terms_days is not None
    days = TERMS_DAYS if command.terms_days is None else command.terms_days
    if (days, own) == (profile.terms_days, profile.own_terms):
        return []
    return [TermsChanged(account_id=command.account_id, terms_days=days, own=own, version=profile.version + 1)]


def evolve_terms(event: TermsChanged, envelope: Envelope, view: View) -> Iterable[State]:
    profile = profile_of(view, event.account_id)
    yield msgspec.structs.replace(profile, terms_days=event.terms_days, own_terms=event.own, version=event.version)


def evolve_waiting(event: InvoiceDrafted | DraftDisagreed, envelope: Envelope, view: View) -> Iterable[State]:
    """A draft is complete, or needs a person: it waits."""
    profile = _without(profile_of(view, event.account_id), event.invoice_id)
    draft = PendingDraft(
        invoice_id=event.invoice_id,
        period_end=event.period.end,
        agrees=isinstance(event, InvoiceDrafted),
        below_zero=event.net < 0,
        cycle_id=profile.cycle_id,
    )
    yield msgspec.structs.replace(profile, pending=(*profile.pending, draft))


def evolve_waits_no_longer(
    event: InvoiceLocked | DraftCarriedForward | DraftCredited, envelope: Envelope, view: View
) -> Iterable[State]:
    yield _without(profile_of(view, event.account_id), event.invoice_id)


def evolve_deferred(event: DraftDeferred, envelope: Envelope, view: View) -> Iterable[State]:
    """It waits on, for the account's next draft."""
    profile = profile_of(view, event.account_id)
    pending = tuple(
        msgspec.structs.replace(draft, deferred=True) if draft.invoice_id == event.invoice_id else draft
        for draft in profile.pending
    )
    yield msgspec.structs.replace(profile, pending=pending)


def _without(profile: BillProfile, invoice_id: str) -> BillProfile:
    left = tuple(draft for draft in profile.pending if draft.invoice_id != invoice_id)
    return msgspec.structs.replace(profile, pending=left)

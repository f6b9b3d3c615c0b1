"""What an account's exposure is made of after what has happened: the same for what is folded and for what a decision
looks ahead to. Never refuses.

ClosedNoted(September)      closed: counts once rating tells of October
DraftNoted(September)       closed no more, a draft
ReceivableOpened            a draft no more: from here on it is owed (balance/)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from services.payments.exposure.messages import (
    ClosedNoted,
    CreditLimitNear,
    CreditLimitReached,
    CreditRestrictionAsked,
    CreditSettingsChanged,
    CreditTermsChanged,
    DraftDropped,
    DraftNoted,
    DraftsNoted,
    ExposureMoved,
    HeldDraft,
    MemberNoted,
    PaymentModeChanged,
    UnbilledAsked,
    UnbilledNoted,
    WalletBalanceLow,
)
from services.payments.exposure.state import (
    Amounts,
    CreditSettings,
    Exposure,
    MemberUnbilled,
    Shown,
    Told,
    exposure_of,
    member_name,
)
from services.payments.receivable.messages import ReceivableOpened
from shared.kernel.decider import Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields

Noted = (
    PaymentModeChanged
    | CreditTermsChanged
    | UnbilledAsked
    | UnbilledNoted
    | ClosedNoted
    | DraftNoted
    | DraftsNoted
    | DraftDropped
    | MemberNoted
    | ExposureMoved
    | CreditRestrictionAsked
)
DRAFTED_MAX = 12
"""So many periods back a close may be heard of later than its draft: a year of months."""


def evolve(event: Noted, envelope: Envelope, view: View) -> Iterator[State | Gone]:
    account = exposure_of(event.account_id, view)
    yield after(account, event)
    if isinstance(event, MemberNoted):
        name = member_name(event.account_id, event.member_id)
        yield same_fields(MemberUnbilled, event, name=name, watch=account.watches)


def evolve_issued(event: ReceivableOpened, envelope: Envelope, view: View) -> Iterator[State]:
    """What was a draft is owed now."""
    account = view.get(Exposure, event.account_id)
    draft = next((one for one in account.drafts if one.invoice_id == event.invoice_id), None) if account else None
    if account is None or draft is None:
        return
    ahead = (
        (*account.ahead, draft) if account.told and draft.period_start >= account.told.period_start else account.ahead
    )
    yield replace(account, drafts=_but(event.invoice_id, account.drafts), ahead=ahead)


def evolve_alerted(
    event: WalletBalanceLow | CreditLimitNear | CreditLimitReached, envelope: Envelope, view: View
) -> Iterable[State]:
    """That it was told stands in `ExposureMoved`."""
    return ()


def evolve_settings(event: CreditSettingsChanged, envelope: Envelope, view: View) -> Iterator[State]:
    yield same_fields(CreditSettings, event)


def after(account: Exposure, event: Noted) -> Exposure:
    match event:
        case PaymentModeChanged():
            return replace(account, mode=event.mode, shown=None)
        case CreditTermsChanged():
            return replace(account, terms=event.terms, version=event.version)
        case UnbilledAsked():
            return _asked(account, event)
        case UnbilledNoted():
            return _told(account, event)
        case ClosedNoted():
            return _closed(account, event)
        case DraftNoted() | DraftsNoted():
            return _drafted(account, event)
        case DraftDropped():
            return _dropped(account, event)
        case MemberNoted():
            return _of_member(account, event)
        case ExposureMoved():
            return replace(account, shown=same_fields(Shown, event))
        case CreditRestrictionAsked():
            return replace(account, restricted=event.restricted)


def _asked(account: Exposure, event: UnbilledAsked) -> Exposure:
    """What was known before may have moved since without being heard of."""
    fresh = replace(account, told=None, drafts_known=False, drafts=(), closed=(), ahead=(), drafted=(), shown=None)
    if event.watched is None:
        return replace(fresh, asked=True)
    return replace(fresh, watched=event.watched, asked=False, members=(), watches=account.watches + 1)


def _told(account: Exposure, event: UnbilledNoted) -> Exposure:
    told = same_fields(Told, event)
    ahead = tuple(one for one in account.ahead if one.period_start >= event.period_start)
    return replace(account, told=told, ahead=ahead)


def _closed(account: Exposure, event: ClosedNoted) -> Exposure:
    if event.period_start in account.drafted or not (event.net or event.gross):
        return account
    others = _of_others(event.period_start, account.closed)
    return replace(account, closed=(*others, same_fields(Amounts, event)))


def _of_member(account: Exposure, event: MemberNoted) -> Exposure:
    sums = Amounts(period_start=event.period_start, net=event.members_net, gross=event.members_gross)
    members = (*_of_others(event.period_start, account.members), sums)
    return replace(account, members=members[-DRAFTED_MAX:])


def _drafted(account: Exposure, event: DraftNoted | DraftsNoted) -> Exposure:
    """A draft that is complete once more takes the place of what it was."""
    share = account.tax_share if event.tax_share is None else event.tax_share
    if isinstance(event, DraftNoted):
        drafts: tuple[HeldDraft, ...] = (*_but(event.draft.invoice_id, account.drafts), event.draft)
        starts = [event.draft.period_start]
    else:
        drafts, starts = event.drafts, [draft.period_start for draft in event.drafts]
        account = replace(account, drafts_known=True)
    account = _without_closed(account, starts)
    return replace(account, drafts=drafts, tax_share=share)


def _dropped(account: Exposure, event: DraftDropped) -> Exposure:
    account = _without_closed(account, [event.period_start])
    draft = next((one for one in account.drafts if one.invoice_id == event.invoice_id), None)
    others = _but(event.invoice_id, account.drafts)
    if draft is not None and event.into is not None:
        # What it came to is a line of that one, which is complete in the same moment.
        others = (*others, replace(draft, invoice_id=event.into))
    return replace(account, drafts=others)


def _without_closed(account: Exposure, starts: Iterable[date]) -> Exposure:
    known = (*account.drafted, *(start for start in starts if start not in account.drafted))
    closed = tuple(one for one in account.closed if one.period_start not in known)
    members = tuple(one for one in account.members if one.period_start not in known)
    return replace(account, closed=closed, members=members, drafted=known[-DRAFTED_MAX:])


def _of_others(start: date, closed: Iterable[Amounts]) -> tuple[Amounts, ...]:
    return tuple(one for one in closed if one.period_start != start)


def _but(invoice_id: str, drafts: Iterable[HeldDraft]) -> tuple[HeldDraft, ...]:
    return tuple(draft for draft in drafts if draft.invoice_id != invoice_id)

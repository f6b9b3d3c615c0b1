"""Whatever moves what an account owes, has or will owe is noted in place; what is asked for goes to who can do it.

UnbilledTold, PeriodClosed (rating)                       -> NoteUnbilled, NoteClosed; NoteMember to who pays
InvoiceDrafted, DraftsTold, DraftCarriedForward, …        -> NoteDraft, NoteDrafts, DropDraft
money that came, went, is owed or no more                 -> LookAtExposure
UnbilledAsked                                             -> WatchUnbilled or LookAtUnbilled, and TellDrafts
CreditRestrictionAsked                                    -> RestrictForCredit to rating

Of an account of which nobody asks nothing is noted: that is one look-up.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from services.invoicing.draft_credit.messages import DraftCredited
from services.invoicing.draft_sums.messages import DraftsTold, TellDrafts
from services.invoicing.invoice.messages import DraftCarriedForward, DraftPassedOn, InvoiceDrafted
from services.payments.applying import Came, Owed, Went
from services.payments.exposure.members import told_to_payer
from services.payments.exposure.messages import (
    CreditRestrictionAsked,
    DropDraft,
    HeldDraft,
    LookAtExposure,
    NoteClosed,
    NoteDraft,
    NoteDrafts,
    NoteUnbilled,
    UnbilledAsked,
)
from services.payments.exposure.state import Exposure
from services.rating.credit_restriction.messages import RestrictForCredit
from services.rating.period.messages import PeriodClosed
from services.rating.unbilled_watch.messages import LookAtUnbilled, UnbilledTold, WatchUnbilled
from shared.kernel.decider import Do, Send, View
from shared.kernel.decimals import EXACT
from shared.kernel.envelope import Envelope
from shared.kernel.rounding import round_decimals
from shared.kernel.same_fields import same_fields

SHARE_DECIMALS: Final = 9


def react_money(event: Came | Went | Owed, envelope: Envelope, view: View) -> Iterator[Do]:
    """What pays what moves nothing: as much as is owed less there is less credit."""
    account = view.get(Exposure, event.account_id)
    if account is not None and account.watched:
        yield Do(LookAtExposure(account_id=event.account_id))


def react_charged(event: UnbilledTold | PeriodClosed, envelope: Envelope, view: View) -> Iterator[Do | Send]:
    if isinstance(event, UnbilledTold):
        yield from told_to_payer(event)
    if not _listens(event.account_id, view):
        return
    start = event.period.start
    if isinstance(event, PeriodClosed):
        yield Do(same_fields(NoteClosed, event, period_start=start, net=EXACT.subtract(event.sum, event.gross)))
    elif not event.unpriced:
        yield Do(same_fields(NoteUnbilled, event, period_start=start))


def react_drafted(
    event: InvoiceDrafted | DraftsTold | DraftCarriedForward | DraftPassedOn | DraftCredited,
    envelope: Envelope,
    view: View,
) -> Iterator[Do]:
    if not _listens(event.account_id, view):
        return
    match event:
        case InvoiceDrafted():
            tax, total = event.forecast(None)
            draft = HeldDraft(invoice_id=event.invoice_id, period_start=event.period.start, total=total)
            yield Do(NoteDraft(account_id=event.account_id, draft=draft, tax_share=_share(tax, event.net)))
        case DraftsTold():
            drafts = tuple(same_fields(HeldDraft, one, period_start=one.period.start) for one in event.drafts)
            yield Do(NoteDrafts(account_id=event.account_id, drafts=drafts, tax_share=_told_share(event)))
        case DraftCarriedForward() | DraftPassedOn() | DraftCredited():
            yield Do(same_fields(DropDraft, event, period_start=event.period.start))


def react_asked(event: UnbilledAsked | CreditRestrictionAsked, envelope: Envelope, view: View) -> Iterator[Send]:
    if isinstance(event, CreditRestrictionAsked):
        yield Send(same_fields(RestrictForCredit, event), to="rating")
        return
    if event.watched is None:
        yield Send(LookAtUnbilled(account_id=event.account_id), to="rating")
    else:
        yield Send(WatchUnbilled(account_id=event.account_id, watched=event.watched), to="rating")
    if event.watched is not False:
        yield Send(same_fields(TellDrafts, event), to="invoicing")


def _listens(account_id: str, view: View) -> bool:
    account = view.get(Exposure, account_id)
    return account is not None and account.listens


def _share(tax: Decimal, net: Decimal) -> Decimal | None:
    return round_decimals(tax / net, SHARE_DECIMALS) if net > 0 else None


def _told_share(told: DraftsTold) -> Decimal | None:
    """As the account's one rate says, else as the last of its drafts."""
    if told.tax_rate is not None:
        return round_decimals(Decimal(told.tax_rate) / 100, SHARE_DECIMALS)
    shares = [_share(draft.tax, draft.net) for draft in told.drafts]
    return next((share for share in reversed(shares) if share is not None), None)

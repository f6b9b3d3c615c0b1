"""An account's terms and how it pays, what is noted of what it will owe, and what comes of it (looking.py). Pure.

SetPaymentMode("prepaid")      PaymentModeChanged, UnbilledAsked(watched=True)
NoteUnbilled, NoteDraft, …     what is so now is noted, and looked at
LookAtExposure                 looked at: money came, went or is owed
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeVar

from services.payments.balance.state import Payer
from services.payments.dispute.state import disputed
from services.payments.dunning.standing import standing
from services.payments.exposure.checking import checked_settings, checked_terms
from services.payments.exposure.evolve import Noted, after
from services.payments.exposure.looking import look
from services.payments.exposure.messages import (
    AskUnbilled,
    ChangeCreditSettings,
    ChangeCreditTerms,
    ClosedNoted,
    CreditSettingsChanged,
    CreditTermsChanged,
    DraftDropped,
    DraftNoted,
    DraftsNoted,
    DropDraft,
    LookAtExposure,
    NoteClosed,
    NoteDraft,
    NoteDrafts,
    NoteUnbilled,
    PaymentModeChanged,
    SetPaymentMode,
    UnbilledAsked,
    UnbilledNoted,
)
from services.payments.exposure.state import Exposure, credit_settings, exposure_of
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, View
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields

E = TypeVar("E", bound=Event)
Noting = NoteUnbilled | NoteClosed | NoteDraft | NoteDrafts | DropDraft


def decide_terms(command: ChangeCreditTerms, view: View, context: Context) -> Sequence[Event]:
    payer, account = _found(command.account_id, view)
    context.check_version(account.version)
    terms = checked_terms(command, payer)
    if account.version and terms == account.terms:
        return []
    changed = same_fields(
        CreditTermsChanged, command, terms=terms, currency=payer.currency, version=account.version + 1
    )
    return [*_with_watch(account, payer, changed, view, context)]


def decide_mode(command: SetPaymentMode, view: View, context: Context) -> Sequence[Event]:
    payer, account = _found(command.account_id, view)
    if account.mode == command.mode:
        return []
    if command.mode == "prepaid":
        reasons = refusals(account, payer, local_date(context.now, payer.time_zone), view)
        if reasons:
            raise reasons[0]
    changed = same_fields(PaymentModeChanged, command, at=context.now, currency=payer.currency)
    return [*_with_watch(account, payer, changed, view, context)]


def decide_asked(command: AskUnbilled, view: View, context: Context) -> Sequence[Event]:
    payer, account = _found(command.account_id, view)
    return [] if account.watched else [same_fields(UnbilledAsked, command, currency=payer.currency)]


def decide_noted(command: Noting, view: View, context: Context) -> Sequence[Event]:
    """Nothing is noted of an account that nobody asks about, and nothing twice."""
    payer, account = view.get(Payer, command.account_id), view.get(Exposure, command.account_id)
    noted = _noted(command)
    if payer is None or account is None or (noted_so := after(account, noted)) == account:
        return []
    return [noted, *look(noted_so, payer, credit_settings(view).terms, context.now)]


def decide_look(command: LookAtExposure, view: View, context: Context) -> Sequence[Event]:
    payer, account = view.get(Payer, command.account_id), view.get(Exposure, command.account_id)
    if payer is None or account is None:
        return []
    return [*look(account, payer, credit_settings(view).terms, context.now)]


def decide_settings(command: ChangeCreditSettings, view: View, context: Context) -> Sequence[CreditSettingsChanged]:
    known = credit_settings(view)
    context.check_version(known.version)
    terms = checked_settings(command.terms)
    if known.version and terms == known.terms:
        return []
    return [same_fields(CreditSettingsChanged, command, terms=terms, version=known.version + 1)]


def refusals(account: Exposure, payer: Payer, today: date, view: View) -> list[Rejection]:
    """Why the account can't be made prepaid today; nothing where it can."""
    found: list[Rejection] = []
    days_max = credit_settings(view).terms.overdue_days_max
    stands = standing(payer.owed, today, lambda invoice_id: disputed(invoice_id, view))
    if days_max is not None and stands.since is not None and (days := (today - stands.since).days) > days_max:
        detail = (
            f"{stands.overdue} {payer.currency} is overdue for {days} days, {days_max} at most; let it be paid first"
        )
        found.append(Rejection("account_overdue", detail, status=409))
    if account.told is not None and account.told.billed_by is not None:
        detail = f"account {account.told.billed_by} pays for {account.account_id}; make it pay for itself first"
        found.append(Rejection("billed_by_another", detail, status=409))
    return found


def _found(account_id: str, view: View) -> tuple[Payer, Exposure]:
    payer = view.get(Payer, account_id)
    if payer is None:
        raise absent("account", account_id)
    return payer, exposure_of(account_id, view)


def _with_watch(account: Exposure, payer: Payer, changed: Noted, view: View, context: Context) -> Iterator[Event]:
    """The change, whether rating is asked to tell more or less because of it, and what is so by what is known."""
    now = after(account, changed)
    yield changed
    if now.limited != account.watched:
        asked = UnbilledAsked(account_id=account.account_id, currency=payer.currency, watched=now.limited)
        now = after(now, asked)
        yield asked
    yield from look(now, payer, credit_settings(view).terms, context.now)


def _noted(command: Noting) -> Noted:
    match command:
        case NoteUnbilled():
            return same_fields(UnbilledNoted, command)
        case NoteClosed():
            return same_fields(ClosedNoted, command)
        case NoteDraft():
            return same_fields(DraftNoted, command)
        case NoteDrafts():
            return same_fields(DraftsNoted, command)
        case DropDraft():
            return same_fields(DraftDropped, command)

"""What becomes of a refund that is owed to the customer: on its way, paid, or credit again. Pure.

    requested, SendRefund              RefundSent             a gateway is called for it once
    sent, EndRefund "succeeded"        RefundPaid
    sent, EndRefund "failed"           RefundFailed, PaymentAllocated        its money is credit, and pays what is open
    requested, ConfirmRefund           RefundPaid             a transfer that a person or a bank statement tells of
    paid, FailRefund                   RefundFailed returned  the bank has sent it back
    failed, EndRefund "succeeded"      RefundPaid late, BalanceAdjusted debit     the customer has it twice

Whatever is heard twice or late changes nothing; money that has moved has moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

import msgspec

from services.payments.amounts import check_received
from services.payments.applying import after
from services.payments.balance.state import Credit, Payer, opened_payer
from services.payments.payment.state import found_payment, status_of
from services.payments.payment.taking_back import PAID_BACK_TWICE, credited_for, owed_twice
from services.payments.refund.messages import (
    ConfirmRefund,
    EndRefund,
    FailRefund,
    RefundFailed,
    RefundPaid,
    RefundPending,
    RefundSent,
    SendRefund,
)
from services.payments.refund.state import KnownRefund, RefundStatus, found_refund
from services.payments.settings.state import policy_of
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, State, View
from shared.kernel.decimals import EXACT
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields

TAKEN_BACK: Final = "payment_taken_back"
"""A bank has taken the payment before its refund was sent: there is nothing to pay back."""
Moved = RefundSent | RefundPending | RefundPaid | RefundFailed


def decide_sent(command: SendRefund, view: View, context: Context) -> Sequence[Event]:
    known = found_refund(command, view)
    if not command.claim:
        if known.status != "requested" or known.way == "gateway":
            detail = f"refund {known.refund_id} is {known.status}, by {known.way}; only a transfer is given to the bank"
            raise Rejection("refund_not_requested", detail, status=409)
        return [same_fields(RefundSent, known)]
    if known.status != "requested" or known.way != "gateway":
        return []
    if found_payment(known.payment_id, known.account_id, view).status in ("charged_back", "reversed"):
        return _failed(known, TAKEN_BACK, view, context)
    return [same_fields(RefundSent, known, claim=command.claim)]


def decide_end(command: EndRefund, view: View, context: Context) -> Sequence[Event]:
    known = found_refund(command, view)
    match known.status, command.outcome:
        case (("sent" | "failed"), "succeeded"):
            return _paid(known, None, view, context, reference=command.reference)
        case "sent", "failed":
            return _failed(known, command.code or "failed", view, context, reference=command.reference)
        case "paid", "failed" if known.way == "gateway" and not known.late:
            return _failed(known, command.code or "failed", view, context, reference=command.reference)
        case "sent", _ if (command.outcome, command.code, command.reference) != _heard(known):
            return [same_fields(RefundPending, command, payment_id=known.payment_id)]
        case _:
            return []


def decide_by_hand(command: ConfirmRefund | FailRefund, view: View, context: Context) -> Sequence[Event]:
    known = found_refund(command, view)
    if isinstance(command, FailRefund):
        if known.status == "failed" or known.late:
            raise _over(known)
        _check_not_at_the_gateway(known, may_be_called_off=True)
        return _failed(known, command.reason_code, view, context, note=command.note)
    if command.entry_id is not None and known.status == "paid":
        return []  # another entry, or the same one told again: nobody is paid twice by it
    if command.entry_id is None and known.status in ("paid", "failed"):
        raise _over(known)
    _check_not_at_the_gateway(known, may_be_called_off=False)
    return _paid(known, command.paid_on, view, context, reference=command.reference, entry_id=command.entry_id)


def evolve_moved(event: Moved, envelope: Envelope, view: View) -> Iterator[State]:
    known = view.get(KnownRefund, event.refund_id)
    if known is None:
        raise NeverBegan(f"refund {event.refund_id} was never asked for")
    match event:
        case RefundSent():
            yield msgspec.structs.replace(known, status="sent")
        case RefundPending():
            heard = {name: getattr(event, name) for name in ("outcome", "code", "reference")}
            yield msgspec.structs.replace(known, **heard)
        case RefundPaid():
            yield msgspec.structs.replace(known, status="paid", outcome="", late=event.late)
        case RefundFailed():
            yield msgspec.structs.replace(known, status="failed", outcome="", code=event.code)


def _paid(known: KnownRefund, paid_on: date | None, view: View, context: Context, **said: Any) -> Sequence[Event]:
    payer = opened_payer(view, known.account_id)
    if paid_on is not None:
        _check_day(paid_on, payer, context)
    late = known.status == "failed"
    debit_id = context.new_id(PAID_BACK_TWICE) if late else None
    said |= {"method": known.paid_by, "currency": payer.currency, "late": late, "owed_as": debit_id}
    said["paid_on"] = paid_on or local_date(context.now, payer.time_zone)
    paid = same_fields(RefundPaid, known, **said)
    return [paid, *(owed_twice(debit_id, known.amount, known.payment_id, payer, context) if debit_id else ())]


def _failed(known: KnownRefund, code: str, view: View, context: Context, **said: Any) -> Sequence[Event]:
    """Its money is here, or never went: it pays what is open as any credit does."""
    payment = found_payment(known.payment_id, known.account_id, view)
    payer = opened_payer(view, known.account_id)
    refunded = EXACT.subtract(payment.refunded, known.amount)
    left, gone = payer.left_of(payment.payment_id), payment.status == "reversed"
    said |= {
        "method": known.paid_by,
        "currency": payer.currency,
        "code": code,
        "failed_on": local_date(context.now, payer.time_zone),
        "refunded": refunded,
        "unallocated": left if gone else EXACT.add(left, known.amount),
        "status": "reversed" if gone else status_of(payment.amount, refunded, payment.charged_back),
        "returned": known.status == "paid",
        "credited_as": context.new_id(PAID_BACK_TWICE) if gone else None,
    }
    failed = same_fields(RefundFailed, known, **said)
    payer = after(payer, failed)
    if failed.credited_as is not None:
        return [failed, *credited_for(failed.credited_as, known.amount, known.payment_id, payer, context)]
    credit = Credit(payment_id=payment.payment_id, left=failed.unallocated)
    return [failed, *payer.spend(credit, policy=policy_of(payer, view))]


def _heard(known: KnownRefund) -> tuple[str, str, str]:
    return known.outcome, known.code, known.reference


def _check_not_at_the_gateway(known: KnownRefund, *, may_be_called_off: bool) -> None:
    """What a gateway is at work on it tells itself; a person says so only of what nobody can tell."""
    if known.way != "gateway" or known.status in ("paid", "failed"):
        return
    if known.status == "requested" and may_be_called_off:
        return
    if known.status == "requested" or known.outcome != "unknown":
        detail = f"refund {known.refund_id} is at its gateway; look what comes of it"
        raise Rejection("refund_under_way", detail, status=409)


def _check_day(paid_on: date, payer: Payer, context: Context) -> None:
    try:
        check_received(paid_on, payer, context)
    except Rejection as refusal:
        detail = f"{paid_on} is still to come; a refund is confirmed once it was paid out"
        raise Rejection(refusal.code, detail, pointer="/paid_on") from refusal


def _over(known: KnownRefund) -> Rejection:
    status: RefundStatus = known.status
    return Rejection("refund_over", f"refund {known.refund_id} is {status} already", status=409)

"""A promise is made of what is open, kept when so much is paid, broken when its day is over (R58). Pure.

    36.04 open, MakePromise by 20 Nov      PromiseMade      a timer at midnight of the 21st where the account is
    PaymentAllocated 20.00                 nothing          16.04 are promised
    PaymentAllocated 16.04                 PromiseKept
    (timer) with 16.04 promised            PromiseBroken

Money counts whichever invoice it pays; what a credit note or a void takes off is not owed and not promised any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import msgspec

from services.payments.amounts import checked_amount
from services.payments.balance import allocation
from services.payments.balance.messages import CreditAllocated, PaymentAllocated, PaymentDeallocated
from services.payments.balance.state import Payer
from services.payments.credit_note.messages import CreditNoteTaken
from services.payments.promise.messages import (
    CancelPromise,
    MakePromise,
    PromiseBroken,
    PromiseCancelled,
    PromisedPart,
    PromiseKept,
    PromiseMade,
    ReviewPromise,
)
from services.payments.promise.state import OpenPromise
from services.payments.receivable.messages import ReceivableWithdrawn
from services.payments.write_off.messages import ReceivableWrittenOff
from shared.kernel.calendar import local_date, midnight
from shared.kernel.decider import Context, Due, Gone, State, View
from shared.kernel.decimals import EXACT
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event, encode, type_name
from shared.kernel.same_fields import same_fields

DAYS_MAX: Final = 365
Lowered = PaymentAllocated | CreditAllocated | CreditNoteTaken | ReceivableWithdrawn | ReceivableWrittenOff
Closed = PromiseKept | PromiseBroken | PromiseCancelled


def decide_promise(command: MakePromise, view: View, context: Context) -> Sequence[Event]:
    payer = view.get(Payer, command.account_id)
    if payer is None:
        raise absent("account", command.account_id, pointer="/account_id")
    if (other := view.get(OpenPromise, command.account_id)) is not None:
        detail = f"promise {other.promise_id} by {other.pay_by} is open; cancel it to take another"
        raise Rejection("promise_open", detail, status=409)
    amount = _amount(command, payer)
    today = local_date(context.now, payer.time_zone)
    if not today <= command.pay_by <= today + timedelta(days=DAYS_MAX):
        detail = f"a promise is for a day from {today} on, at most {DAYS_MAX} days ahead, not {command.pay_by}"
        raise Rejection("out_of_bounds", detail, pointer="/pay_by")
    given = allocation.Credit(payment_id=command.promise_id, left=amount)
    parts = [
        PromisedPart(invoice_id=made.invoice_id, amount=made.amount) for made in allocation.spend(given, payer.owed)
    ]
    told = {"amount": amount, "currency": payer.currency, "made_on": today, "time_zone": payer.time_zone}
    return [same_fields(PromiseMade, command, parts=tuple(parts), **told)]


def decide_cancel(command: CancelPromise, view: View, context: Context) -> Sequence[Event]:
    promise = view.get(OpenPromise, command.account_id)
    if promise is None or promise.promise_id != command.promise_id:
        raise Rejection("promise_closed", f"promise {command.promise_id} is not open", status=409)
    return [same_fields(PromiseCancelled, command, cancelled_on=local_date(context.now, promise.time_zone))]


def decide_review(command: ReviewPromise, view: View, context: Context) -> Sequence[Event]:
    promise = view.get(OpenPromise, command.account_id)
    if promise is None or promise.promise_id != command.promise_id:
        return []
    today = local_date(context.now, promise.time_zone)
    if promise.is_kept:
        return [same_fields(PromiseKept, promise, kept_on=today)]
    if today > promise.pay_by:
        return [same_fields(PromiseBroken, promise, broken_on=today)]
    return []


def evolve_made(event: PromiseMade, envelope: Envelope, view: View) -> Iterator[State]:
    promise = same_fields(OpenPromise, event)
    yield promise
    yield _timer(promise)


def evolve_closed(event: Closed, envelope: Envelope, view: View) -> Iterator[Gone]:
    yield Gone(OpenPromise, event.account_id)
    yield Gone(Due, timer_name(event.promise_id))


def evolve_lowered(event: Lowered, envelope: Envelope, view: View) -> Iterable[State]:
    """A payment counts whole; what is credited or void is no longer promised."""
    promise = view.get(OpenPromise, event.account_id)
    if promise is None:
        return []
    is_paid = isinstance(event, PaymentAllocated | CreditAllocated)
    paid = EXACT.add(promise.paid, event.amount) if is_paid else promise.paid
    parts = tuple(_parts_after(event, promise.parts))
    return [msgspec.structs.replace(promise, paid=paid, parts=parts)]


def evolve_taken_back(event: PaymentDeallocated, envelope: Envelope, view: View) -> Iterable[State]:
    """What a payment paid and does not pay any more is promised again, as far as it was promised of that invoice."""
    promise = view.get(OpenPromise, event.account_id)
    if promise is None:
        return []
    paid = max(EXACT.subtract(promise.paid, event.amount), Decimal(0))
    others = [part for part in promise.parts if part.invoice_id != event.invoice_id]
    due = EXACT.subtract(EXACT.subtract(promise.amount, paid), sum((part.amount for part in others), Decimal(0)))
    amount = min(due, event.open)
    again = [PromisedPart(invoice_id=event.invoice_id, amount=amount)] if amount > 0 else []
    return [msgspec.structs.replace(promise, paid=paid, parts=(*others, *again))]


def timer_name(promise_id: str) -> str:
    return f"promise/{promise_id}"


def _amount(command: MakePromise, payer: Payer) -> Decimal:
    open_ = sum((invoice.open for invoice in payer.owed), Decimal(0))
    if not open_:
        raise Rejection("nothing_open", f"account {payer.account_id} owes nothing", status=409)
    if command.amount is None:
        return open_
    amount = checked_amount(command.amount, payer, "a promise")
    if amount > open_:
        detail = f"{open_} {payer.currency} are open; nobody promises more"
        raise Rejection("over_open", detail, pointer="/amount/amount", status=409)
    return amount


def _parts_after(event: Lowered, parts: Iterable[PromisedPart]) -> Iterator[PromisedPart]:
    """What is promised of an invoice is never more than is open of it."""
    open_ = Decimal(0) if isinstance(event, ReceivableWithdrawn) else event.open
    for part in parts:
        if part.invoice_id != event.invoice_id:
            yield part
            continue
        left = part.amount
        if isinstance(event, PaymentAllocated | CreditAllocated):
            left = EXACT.subtract(left, event.amount)
        if (left := min(left, open_)) > 0:
            yield msgspec.structs.replace(part, amount=left)


def _timer(promise: OpenPromise) -> Due:
    command = ReviewPromise(promise_id=promise.promise_id, account_id=promise.account_id)
    over = promise.pay_by + timedelta(days=1) if promise.pay_by < date.max else date.max
    return Due(
        name=timer_name(promise.promise_id),
        due_at=midnight(over, promise.time_zone),
        command_type=type_name("payments", ReviewPromise),
        command=msgspec.Raw(encode(command)),
    )

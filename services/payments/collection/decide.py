"""Collecting through a gateway: one payment, some attempts, never one after a decline for good. Pure.

    Collect inv-7 36.04             CollectionAsked, PaymentRecorded pending
    StartCollection 1               CollectionStarted
    EndCollection 1 failed, soft    CollectionRescheduled in 1 day, then in 3, then in 5; the fourth time it has failed
    EndCollection 1 failed, hard    CollectionRescheduled by another method at once, or CollectionFailed, PaymentFailed
    EndCollection 1 succeeded       CollectionSucceeded, PaymentSucceeded, PaymentAllocated

What is heard of an attempt twice, late or out of order changes nothing: success is the last word, and so is failure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Final

import msgspec

from services.payments.balance.state import Payer
from services.payments.collection.messages import (
    Collect,
    CollectionAsked,
    CollectionFailed,
    CollectionPending,
    CollectionRescheduled,
    CollectionStarted,
    CollectionSucceeded,
    EndCollection,
    GatewaySet,
    SetGateway,
    StartCollection,
    collection_exists,
)
from services.payments.collection.state import OVER, Collection, InvoiceCollection
from services.payments.payment.decide import decide_failure, decide_payment, decide_success
from services.payments.payment.messages import FailPayment, RecordPayment, SucceedPayment
from services.payments.payment_method.state import Method, found_method, methods_of
from services.payments.receivable.state import KnownInvoice
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection, absent
from shared.kernel.message import Event
from shared.kernel.money import Money
from shared.kernel.same_fields import same_fields

RETRY_AFTER: Final = (timedelta(days=1), timedelta(days=3), timedelta(days=5))
"""After the first, second and third attempt that failed softly."""

Moved = CollectionStarted | CollectionPending | CollectionRescheduled | CollectionSucceeded | CollectionFailed


def decide_gateway(command: SetGateway, view: View, context: Context) -> Sequence[Event]:
    return [same_fields(GatewaySet, command)]


def decide_collect(command: Collect, view: View, context: Context) -> Sequence[Event]:
    payer = view.get(Payer, command.account_id)
    if payer is None:
        raise absent("account", command.account_id, pointer="/account_id")
    if view.get(Collection, command.collection_id) is not None:
        raise collection_exists(command.collection_id)
    method = chosen_method(command.method_id, command.account_id, view)
    amount = _amount(command, payer, view)
    record = RecordPayment(
        payment_id=command.collection_id,
        account_id=command.account_id,
        amount=amount,
        method="card" if method.kind == "card" else "other",
        received_on=local_date(context.now, payer.time_zone),
        invoice_id=command.invoice_id,
        status="pending",
    )
    recorded = decide_payment(record, view, context)
    said = {"amount": amount.amount, "currency": payer.currency, "due_at": context.now}
    return [same_fields(CollectionAsked, command, **_of_method(method), **said), *recorded]


def decide_start(command: StartCollection, view: View, context: Context) -> Sequence[Event]:
    known = _found(command, view)
    if known.status != "waiting" or command.attempt != known.attempt + 1:
        return []
    return [same_fields(CollectionStarted, command)]


def decide_end(command: EndCollection, view: View, context: Context) -> Sequence[Event]:
    known = _found(command, view)
    if known.status in OVER or command.attempt > known.attempt:
        return []
    # Money that has come has come, whatever was heard before and whichever attempt it was of.
    is_news = command.attempt == known.attempt and known.status != "waiting"
    if not is_news and command.outcome != "succeeded":
        return []
    match command.outcome:
        case "succeeded":
            succeed = SucceedPayment(payment_id=known.collection_id, account_id=known.account_id)
            return [same_fields(CollectionSucceeded, command), *decide_success(succeed, view, context)]
        case "failed":
            return _failed(command, known, view, context)
        case _:
            return [same_fields(CollectionPending, command)]


def evolve_asked(event: CollectionAsked, envelope: Envelope, view: View) -> Iterator[State]:
    yield same_fields(Collection, event)
    if event.invoice_id is not None:
        yield InvoiceCollection(invoice_id=event.invoice_id, collection_id=event.collection_id)


def evolve_moved(event: Moved, envelope: Envelope, view: View) -> Iterator[State]:
    known = view.get(Collection, event.collection_id)
    if known is None:
        raise NeverBegan(f"collection {event.collection_id} was never asked for")
    match event:
        case CollectionStarted():
            yield msgspec.structs.replace(known, status="calling", attempt=event.attempt)
        case CollectionPending():
            yield msgspec.structs.replace(known, status="pending")
        case CollectionRescheduled():
            tried = (*known.tried, known.method_id) if event.hard else known.tried
            yield msgspec.structs.replace(known, status="waiting", method_id=event.method_id, tried=tried)
        case CollectionSucceeded():
            yield msgspec.structs.replace(known, status="succeeded")
        case CollectionFailed():
            yield msgspec.structs.replace(known, status="failed")


def _failed(command: EndCollection, known: Collection, view: View, context: Context) -> Sequence[Event]:
    again = () if known.once else _again(command, known, view, context)
    if again:
        return again
    fail = FailPayment(
        payment_id=known.collection_id, account_id=known.account_id, reason_code=command.code, hard=command.hard
    )
    return [same_fields(CollectionFailed, command), *decide_failure(fail, view, context)]


def _again(command: EndCollection, known: Collection, view: View, context: Context) -> Sequence[Event]:
    """Another attempt, where there is one: another day, or at once by another method."""
    if not command.hard and command.attempt <= len(RETRY_AFTER):
        method = methods_of(known.account_id, view).get(known.method_id)
        if method is not None:
            due_at = context.now + RETRY_AFTER[command.attempt - 1]
            return [same_fields(CollectionRescheduled, command, due_at=due_at, **_of_method(method))]
    tried = {*known.tried, known.method_id}
    others = (one for one in methods_of(known.account_id, view).methods if one.gateway and one.method_id not in tried)
    if command.hard and (other := next(others, None)) is not None:
        return [same_fields(CollectionRescheduled, command, due_at=context.now, **_of_method(other))]
    return ()


def chosen_method(method_id: str | None, account_id: str, view: View) -> Method:
    """The one that is named, or the preferred one, or else the first of a gateway. Raises `Rejection`:
    `payment_method_not_found`, `not_of_a_gateway`, `no_payment_method`."""
    if method_id is not None:
        method = found_method(method_id, account_id, view, pointer="/payment_method_id")
        if not method.gateway:
            detail = f"{method_id} is a {method.kind}; it is collected by a direct debit"
            raise Rejection("not_of_a_gateway", detail, pointer="/payment_method_id")
        return method
    known = methods_of(account_id, view)
    of_gateways = [one for one in known.methods if one.gateway]
    of_gateways.sort(key=lambda one: one.method_id != known.preferred)
    if not of_gateways:
        detail = f"{account_id} has no card or wallet; add one first"
        raise Rejection("no_payment_method", detail, pointer="/payment_method_id", status=409)
    return of_gateways[0]


def _amount(command: Collect, payer: Payer, view: View) -> Money:
    if command.invoice_id is None:
        if command.amount is None:
            raise Rejection("required", "say which invoice or how much", pointer="/amount")
        return command.amount
    known = view.get(KnownInvoice, command.invoice_id)
    if known is None or known.account_id != command.account_id:
        raise absent("invoice", command.invoice_id, pointer="/invoice_id")
    last = view.get(InvoiceCollection, command.invoice_id)
    running = None if last is None else view.get(Collection, last.collection_id)
    if running is not None and running.status not in OVER:
        detail = f"invoice {command.invoice_id} is being collected by {running.collection_id}"
        raise Rejection("collecting_already", detail, status=409)
    open_ = payer.open_of(command.invoice_id)
    wanted = Decimal(open_) if command.amount is None else command.amount.amount
    if not open_ or wanted > open_:
        raise Rejection("nothing_open", f"{open_} is open of invoice {command.invoice_id}", status=409)
    return Money(wanted, payer.currency if command.amount is None else command.amount.currency)


def _of_method(method: Method) -> dict[str, str]:
    return {"method_id": method.method_id, "gateway": method.gateway, "details": method.details}


def _found(command: StartCollection | EndCollection, view: View) -> Collection:
    known = view.get(Collection, command.collection_id)
    if known is None or known.account_id != command.account_id:
        detail = f"there is no collection {command.collection_id!r}"
        raise Rejection("collection_not_found", detail, status=404)
    return known

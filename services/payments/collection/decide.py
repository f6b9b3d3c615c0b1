"""Collecting through a gateway: one payment, some attempts, never one after a decline for good. Pure.

Collect inv-7 36.04             CollectionAsked, PaymentRecorded pending
StartCollection 1               CollectionStarted; CollectionStopped where the invoice is paid by then
EndCollection 1                 see ending.py
HurryCollection                 CollectionHurried
StopCollection                  CollectionStopped, or CollectionStopAsked where the customer may say yes any moment
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

import msgspec

from services.payments.balance.state import Payer
from services.payments.collection.ending import by_another, given_up, is_waited_for, of_method, stopped
from services.payments.collection.messages import (
    Collect,
    CollectionAsked,
    CollectionFailed,
    CollectionHurried,
    CollectionPending,
    CollectionRescheduled,
    CollectionStarted,
    CollectionStopAsked,
    CollectionStopped,
    CollectionSucceeded,
    GatewaySet,
    HurryCollection,
    SetGateway,
    StartCollection,
    StopCollection,
    collection_exists,
)
from services.payments.collection.state import Collection, InvoiceCollection, found_collection, running_collection
from services.payments.direct_debit.state import placed_debit
from services.payments.gateways import fits, taken_of
from services.payments.payment.decide import decide_payment
from services.payments.payment.messages import RecordPayment
from services.payments.payment_method.state import Method, found_method, methods_of
from services.payments.receivable.state import KnownInvoice
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection, absent
from shared.kernel.message import Event
from shared.kernel.money import Money
from shared.kernel.same_fields import same_fields

PAID_OTHERWISE: Final = "paid_otherwise"
REMOVED: Final = "payment_method_removed"
BY_HAND: Final = "stopped"
STOPPABLE: Final = ("action_required",)
"""The gateway has to be told; what it says then is the end."""
LOST: Final = ("unknown",)
"""The gateway may never know more."""

Moved = (
    CollectionStarted
    | CollectionPending
    | CollectionRescheduled
    | CollectionHurried
    | CollectionStopAsked
    | CollectionStopped
    | CollectionSucceeded
    | CollectionFailed
)


def decide_gateway(command: SetGateway, view: View, context: Context) -> Sequence[Event]:
    return [same_fields(GatewaySet, command)]


def decide_collect(command: Collect, view: View, context: Context) -> Sequence[Event]:
    payer = view.get(Payer, command.account_id)
    if payer is None:
        raise absent("account", command.account_id, pointer="/account_id")
    if view.get(Collection, command.collection_id) is not None:
        raise collection_exists(command.collection_id)
    method = chosen_method(command.method_id, command.account_id, view)
    amount = _amount(command, payer, method, view)
    record = RecordPayment(
        payment_id=command.collection_id,
        account_id=command.account_id,
        amount=amount,
        method=method.kind if method.kind in ("card", "bank_transfer") else "other",
        received_on=local_date(context.now, payer.time_zone),
        invoice_id=command.invoice_id,
        status="pending",
    )
    recorded = decide_payment(record, view, context)
    said = {"amount": amount.amount, "currency": payer.currency, "due_at": context.now}
    return [same_fields(CollectionAsked, command, **of_method(method), **said), *recorded]


def decide_start(command: StartCollection, view: View, context: Context) -> Sequence[Event]:
    """Nothing is called for what is not to be collected any more."""
    known = found_collection(command, view)
    if known.status != "waiting" or command.attempt != known.attempt + 1:
        return []
    if _is_needless(known, view):
        return stopped(known, PAID_OTHERWISE, view, context)
    if methods_of(known.account_id, view).get(known.method_id) is None:
        another = by_another(known, REMOVED, view, context)
        return another or given_up(known, REMOVED, view, context, hard=True)
    return [same_fields(CollectionStarted, command)]


def decide_hurry(command: HurryCollection, view: View, context: Context) -> Sequence[Event]:
    known = found_collection(command, view)
    if known.status != "waiting":
        detail = f"collection {known.collection_id} is {known.status}: it does not wait for another attempt"
        raise Rejection("collection_not_waiting", detail, status=409)
    return [same_fields(CollectionHurried, known, due_at=context.now)]


def decide_stop(command: StopCollection, view: View, context: Context) -> Sequence[Event]:
    known = found_collection(command, view)
    match known.status:
        case "waiting":
            return stopped(known, command.reason, view, context)
        case "pending" if known.outcome in STOPPABLE:
            return [same_fields(CollectionStopAsked, known, reason=command.reason or BY_HAND)]
        case "pending" if known.outcome in LOST:
            # Who was charged all the same is told by a webhook or a statement, and that money is booked.
            return stopped(known, command.reason, view, context)
        case "calling":
            detail = f"{known.collection_id} is being asked for in this moment; look what comes of it"
            raise Rejection("collection_calling", detail, status=409)
        case "pending":
            detail = f"the money of {known.collection_id} is on its way, as its gateway says"
            raise Rejection("collection_under_way", detail, status=409)
        case _:
            raise Rejection("collection_over", f"{known.collection_id} has {known.status} already", status=409)


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
            yield msgspec.structs.replace(known, status="calling", attempt=event.attempt, outcome="")
        case CollectionPending():
            told = {name: getattr(event, name) for name in ("outcome", "code", "reference", "action_url")}
            yield msgspec.structs.replace(known, status="pending", **told)
        case CollectionHurried():
            return
        case CollectionStopAsked():
            yield msgspec.structs.replace(known, stopping=event.reason)
        case CollectionStopped():
            yield msgspec.structs.replace(known, status="stopped")
        case CollectionRescheduled():
            tried = (*known.tried, known.method_id) if event.hard else known.tried
            again = {"method_id": event.method_id, "gateway": event.gateway, "tried": tried}
            yield msgspec.structs.replace(known, status="waiting", **again)
        case CollectionSucceeded():
            yield msgspec.structs.replace(known, status="succeeded", reference=event.reference or known.reference)
        case CollectionFailed():
            yield msgspec.structs.replace(known, status="failed")


def _is_needless(known: Collection, view: View) -> bool:
    """Less is open of the invoice than is collected, or somebody has said that the payment is not waited for."""
    payer = view.get(Payer, known.account_id)
    if known.invoice_id is not None and payer is not None and payer.open_of(known.invoice_id) < known.amount:
        return True
    return not is_waited_for(known, view)


def chosen_method(method_id: str | None, account_id: str, view: View) -> Method:
    """The one that is named, or the preferred one, or else the first of a gateway that was not declined for good.

    Raises `Rejection`: `payment_method_not_found`, `not_of_a_gateway`, `payment_method_declined`, `no_payment_method`.
    """
    if method_id is not None:
        method = found_method(method_id, account_id, view, pointer="/payment_method_id")
        if not method.gateway:
            detail = f"{method_id} is a {method.kind}; it is collected by a direct debit"
            raise Rejection("not_of_a_gateway", detail, pointer="/payment_method_id")
        if method.declined:
            detail = f"{method_id} was declined for good ({method.declined}); add another"
            raise Rejection("payment_method_declined", detail, pointer="/payment_method_id", status=409)
        return method
    known = methods_of(account_id, view)
    of_gateways = [one for one in known.methods if one.gateway]
    good = sorted((one for one in of_gateways if not one.declined), key=lambda one: one.method_id != known.preferred)
    if not of_gateways:
        detail = f"{account_id} has no card or wallet; add one first"
        raise Rejection("no_payment_method", detail, pointer="/payment_method_id", status=409)
    if not good:
        detail = f"whatever {account_id} has was declined for good; add another"
        raise Rejection("payment_method_declined", detail, pointer="/payment_method_id", status=409)
    return good[0]


def _amount(command: Collect, payer: Payer, method: Method, view: View) -> Money:
    """What is open, as far as the gateway takes it: of 36.04 one that knows whole units takes 36."""
    if command.invoice_id is None:
        if command.amount is None:
            raise Rejection("required", "say which invoice or how much", pointer="/amount")
        return _fitting(command.amount, method)
    known = view.get(KnownInvoice, command.invoice_id)
    if known is None or known.account_id != command.account_id:
        raise absent("invoice", command.invoice_id, pointer="/invoice_id")
    running = running_collection(command.invoice_id, view)
    if running is not None:
        detail = f"invoice {command.invoice_id} is being collected by {running.collection_id}"
        raise Rejection("collecting_already", detail, status=409)
    debit = placed_debit(command.invoice_id, view)
    if debit is not None:
        detail = f"invoice {command.invoice_id} is being collected by direct debit {debit.debit_id}"
        raise Rejection("collecting_already", detail, status=409)
    open_ = Decimal(payer.open_of(command.invoice_id))
    if command.amount is None:
        wanted = Money(taken_of(method.gateway, open_), payer.currency)
    else:
        wanted = _fitting(command.amount, method)
    if not open_ or not wanted.amount or wanted.amount > open_:
        raise Rejection("nothing_open", f"{open_} is open of invoice {command.invoice_id}", status=409)
    return wanted


def _fitting(amount: Money, method: Method) -> Money:
    if not fits(method.gateway, amount.amount):
        detail = f"{method.gateway} takes no {amount.amount} {amount.currency}: it knows fewer decimals"
        raise Rejection("too_many_decimals", detail, pointer="/amount/amount")
    return amount

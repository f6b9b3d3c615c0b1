"""A debit in the partition of its account: placed as a pending payment, then booked, returned or cancelled. Pure.

    PlaceDebit dd-1, inv-7 36.04     DirectDebitPlaced FRST, PaymentRecorded pending
    BookDebit                        DirectDebitBooked, PaymentSucceeded, PaymentAllocated 36.04
    ReturnDebit AM04                 DirectDebitReturned, PaymentDeallocated, PaymentReversed      inv-7 is open again

An invoice is collected by one debit at a time, by none while a gateway collects it, or while it is not open with the
amount. What has come back, or was cancelled, stays so whatever is heard later. A return is a fact, whatever was done
with the payment meanwhile: it takes what is left of it, and what was refunded is owed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from services.payments.balance.state import Payer, opened_payer
from services.payments.collection.state import running_collection
from services.payments.direct_debit.messages import (
    BookDebit,
    CancelDebit,
    DirectDebitBooked,
    DirectDebitCancelled,
    DirectDebitPlaced,
    DirectDebitRefused,
    DirectDebitReturned,
    OfDebit,
    PlaceDebit,
    ReturnDebit,
)
from services.payments.direct_debit.state import DebitStatus, DirectDebit, InvoiceDebit, placed_debit
from services.payments.mandate.state import Mandate, mandates_of
from services.payments.payment.decide import decide_cancel, decide_failure, decide_payment, decide_success
from services.payments.payment.messages import (
    CancelPayment,
    FailPayment,
    RecordPayment,
    ReversePayment,
    SucceedPayment,
)
from services.payments.payment.moving import decide_reversal
from services.payments.payment.state import found_payment
from services.payments.payment_method.state import methods_of
from services.payments.sepa.pain008 import SequenceType
from services.payments.sepa.return_reasons import is_hard, reason
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection, absent
from shared.kernel.message import Event
from shared.kernel.money import Money
from shared.kernel.same_fields import same_fields

EURO = "EUR"
Ended = DirectDebitBooked | DirectDebitReturned | DirectDebitCancelled


def decide_placed(command: PlaceDebit, view: View, context: Context) -> Sequence[Event]:
    """Nobody waits for an answer, so what can't be is an event."""
    if view.get(DirectDebit, command.debit_id) is not None:
        return []
    try:
        return _placed(command, view, context)
    except Rejection as refusal:
        return [same_fields(DirectDebitRefused, command, code=refusal.code, detail=refusal.detail)]


def decide_debit(command: BookDebit | ReturnDebit | CancelDebit, view: View, context: Context) -> Sequence[Event]:
    """What has ended already stays as it is; only a booked one may still come back."""
    debit = _debit(command, view)
    whose = {"run_id": debit.run_id, "mandate_id": debit.mandate_id}
    of_payment = {"payment_id": debit.debit_id, "account_id": debit.account_id}
    today = local_date(context.now, opened_payer(view, debit.account_id).time_zone)
    match command:
        case ReturnDebit() if debit.status in ("placed", "booked"):
            hard = is_hard(command.code)
            returned = same_fields(DirectDebitReturned, command, hard=hard, returned_on=today, **whose)
            return [returned, *_taken_back(debit, command.code, view, context)]
        case BookDebit() if debit.status == "placed":
            succeed = SucceedPayment(received_on=command.booked_on, **of_payment)
            return [same_fields(DirectDebitBooked, command, **whose), *decide_success(succeed, view, context)]
        case CancelDebit() if debit.status == "placed":
            cancel = CancelPayment(reason="the run was cancelled", **of_payment)
            return [same_fields(DirectDebitCancelled, command, **whose), *decide_cancel(cancel, view, context)]
        case _:
            return []


def evolve_placed(event: DirectDebitPlaced, envelope: Envelope, view: View) -> Iterator[State]:
    yield same_fields(DirectDebit, event)
    yield same_fields(InvoiceDebit, event)


def evolve_ended(event: Ended, envelope: Envelope, view: View) -> Iterator[State]:
    debit = view.get(DirectDebit, event.debit_id)
    if debit is None:
        raise NeverBegan(f"direct debit {event.debit_id} was never placed")
    match event:
        case DirectDebitBooked():
            status: DebitStatus = "booked"
        case DirectDebitReturned():
            status = "returned"
        case DirectDebitCancelled():
            status = "cancelled"
    yield msgspec.structs.replace(debit, status=status)


def _placed(command: PlaceDebit, view: View, context: Context) -> Sequence[Event]:
    payer = view.get(Payer, command.account_id)
    if payer is None:
        raise absent("account", command.account_id)
    mandate = _mandate(command, view)
    method = methods_of(command.account_id, view).get(mandate.method_id)
    if method is None or mandate.signed_on is None:
        raise Rejection("mandate_not_active", f"mandate {mandate.mandate_id} has no bank account", status=409)
    number = _open_number(command, payer, view)
    record = RecordPayment(
        payment_id=command.debit_id,
        account_id=command.account_id,
        amount=Money(command.amount, EURO),
        method="direct_debit",
        received_on=command.collection_date,
        external_key=command.debit_id,
        invoice_id=command.invoice_id,
        status="pending",
    )
    recorded = decide_payment(record, view, context)
    placed = same_fields(
        DirectDebitPlaced,
        command,
        number=number,
        signed_on=mandate.signed_on,
        method_id=method.method_id,
        details=method.details,
        sequence=_sequence(mandate),
        currency=EURO,
    )
    return [placed, *recorded]


def _mandate(command: PlaceDebit, view: View) -> Mandate:
    mandate = mandates_of(command.account_id, view).get(command.mandate_id)
    if mandate is None or mandate.status != "active" or mandate.scheme != command.scheme:
        standing = "not there" if mandate is None else f"{mandate.status}, {mandate.scheme}"
        raise Rejection("mandate_not_active", f"mandate {command.mandate_id} is {standing}", status=409)
    return mandate


def _open_number(command: PlaceDebit, payer: Payer, view: View) -> str:
    """The number of the invoice, which is open with the amount and is collected by no other debit."""
    owed = next((one for one in payer.owed if one.invoice_id == command.invoice_id), None)
    if owed is None or owed.open < command.amount:
        detail = f"{0 if owed is None else owed.open} is open of invoice {command.invoice_id}"
        raise Rejection("nothing_open", detail, status=409)
    debit, running = placed_debit(command.invoice_id, view), running_collection(command.invoice_id, view)
    if debit is not None or running is not None:
        by = debit.debit_id if debit is not None else running.collection_id if running is not None else ""
        detail = f"invoice {command.invoice_id} is being collected by {by}"
        raise Rejection("collected_already", detail, status=409)
    return owed.number


def _sequence(mandate: Mandate) -> SequenceType:
    if mandate.kind == "one_off":
        return "OOFF"
    return "RCUR" if mandate.uses else "FRST"


def _debit(command: OfDebit, view: View) -> DirectDebit:
    debit = view.get(DirectDebit, command.debit_id)
    if debit is None or debit.account_id != command.account_id:
        raise Rejection("debit_not_found", f"there is no direct debit {command.debit_id!r}", status=404)
    return debit


def _taken_back(debit: DirectDebit, code: str, view: View, context: Context) -> Sequence[Event]:
    """A pending payment fails, one that has succeeded is reversed: either way its invoice is open again (R50). Of one
    that was reversed or charged back by hand nothing is left to take."""
    whose = {"payment_id": debit.debit_id, "account_id": debit.account_id}
    known = found_payment(debit.debit_id, debit.account_id, view)
    if known.status in ("failed", "cancelled", "reversed") or not known.takeable:
        return []
    if debit.status == "placed":
        fail = FailPayment(reason_code=code, hard=is_hard(code), note=reason(code), **whose)
        return decide_failure(fail, view, context)
    return decide_reversal(ReversePayment(reason=f"{code}: {reason(code)}", **whose), view, context)

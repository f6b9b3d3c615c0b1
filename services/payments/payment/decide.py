"""Money that came in: what is recorded, what it pays at once, and what is refused. Pure.

40.00 is owed, RecordPayment 50.00   ->   PaymentRecorded 50.00, PaymentAllocated 40.00        10.00 is credit
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from services.payments.amounts import check_received, checked_amount
from services.payments.balance.state import Payer, opened_payer
from services.payments.payment.messages import (
    CancelPayment,
    FailPayment,
    PaymentCancelled,
    PaymentFailed,
    PaymentRecorded,
    PaymentSucceeded,
    RecordPayment,
    SucceedPayment,
)
from services.payments.payment.paying import paid_by
from services.payments.payment.refusals import duplicate_external_key, payment_exists
from services.payments.payment.state import PENDING, ExternalKey, KnownPayment, found_payment
from services.payments.receivable.state import InvoiceNumber, KnownInvoice
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, View
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_payment(command: RecordPayment, view: View, context: Context) -> Sequence[Event]:
    """The payment, and what it pays. Raises `Rejection`; see `RecordPayment`."""
    payer = view.get(Payer, command.account_id)
    if payer is None:
        raise absent("account", command.account_id, pointer="/account_id")
    amount = checked_amount(command.amount, payer, "a payment", below=None)
    if command.status == "succeeded":
        check_received(command.received_on, payer, context)
    _check_first(command, view)
    invoice_id = _named(command, view)
    recorded = same_fields(PaymentRecorded, command, amount=amount, currency=payer.currency, invoice_id=invoice_id)
    if command.status != "succeeded":
        return [recorded]
    return [recorded, *paid_by(recorded, payer, view, context, _today(payer, context), also=command.also)]


def decide_success(command: SucceedPayment, view: View, context: Context) -> Sequence[Event]:
    """The money is here: it pays what is open now."""
    known, payer = _pending(command, view, context)
    today = _today(payer, context)
    received_on = command.received_on
    if received_on is None:
        expected = known.received_on or today
        received_on = expected if expected <= today + timedelta(days=1) else today
    check_received(received_on, payer, context)
    succeeded = same_fields(PaymentSucceeded, known, currency=payer.currency, received_on=received_on)
    return [succeeded, *paid_by(succeeded, payer, view, context, today)]


def decide_arrival(command: SucceedPayment, view: View, context: Context) -> Sequence[Event]:
    """The money is here, whatever was said of the payment before: that it had failed, or was waited for no longer. Of
    one that is here already nothing follows."""
    known = found_payment(command.payment_id, command.account_id, view, context)
    if known.status in PENDING:
        return decide_success(command, view, context)
    if known.status not in ("failed", "cancelled"):
        return []
    payer = opened_payer(view, command.account_id)
    today = _today(payer, context)
    succeeded = same_fields(PaymentSucceeded, known, currency=payer.currency, received_on=today)
    return [succeeded, *paid_by(succeeded, payer, view, context, today)]


def decide_failure(command: FailPayment, view: View, context: Context) -> Sequence[Event]:
    known, payer = _pending(command, view, context)
    said = {"amount": known.amount, "currency": payer.currency, "method": known.method}
    return [same_fields(PaymentFailed, command, failed_on=_today(payer, context), **said)]


def decide_cancel(command: CancelPayment, view: View, context: Context) -> Sequence[Event]:
    known, payer = _pending(command, view, context)
    said = {"amount": known.amount, "currency": payer.currency, "cancelled_on": _today(payer, context)}
    return [same_fields(PaymentCancelled, command, **said)]


def check_key_is_new(external_key: str | None, view: View) -> None:
    """R52, in this partition; other partitions are asked by claiming it."""
    used = None if external_key is None else view.get(ExternalKey, external_key)
    if used is not None and external_key is not None:
        raise duplicate_external_key(external_key, used.payment_id)


def _pending(
    command: SucceedPayment | FailPayment | CancelPayment, view: View, context: Context
) -> tuple[KnownPayment, Payer]:
    known = found_payment(command.payment_id, command.account_id, view, context)
    if known.status not in PENDING:
        detail = f"payment {known.payment_id} is {known.status}: it is not waited for"
        raise Rejection("payment_not_pending", detail, status=409)
    return known, opened_payer(view, command.account_id)


def _today(payer: Payer, context: Context) -> date:
    return local_date(context.now, payer.time_zone)


def _check_first(command: RecordPayment, view: View) -> None:
    """Neither id nor external key was used before (R52), here: other partitions are asked by claiming them."""
    if view.get(KnownPayment, command.payment_id) is not None:
        raise payment_exists(command.payment_id)
    check_key_is_new(command.external_key, view)


def _named(command: RecordPayment, view: View) -> str | None:
    """The id of the invoice that a payment names by its id or its number."""
    if command.invoice_id is None:
        return None
    numbered = view.get(InvoiceNumber, command.invoice_id.upper())
    ids = {command.invoice_id, *([] if numbered is None else [numbered.invoice_id])}
    invoices = [invoice for invoice_id in sorted(ids) if (invoice := view.get(KnownInvoice, invoice_id)) is not None]
    mine = [invoice.invoice_id for invoice in invoices if invoice.account_id == command.account_id]
    if not mine:
        raise absent("invoice", command.invoice_id, pointer="/invoice_id")
    if len(mine) > 1:
        raise Rejection(
            "invoice_ambiguous",
            f"{command.invoice_id} is the number of one invoice and the id of another; give {' or '.join(mine)}",
            pointer="/invoice_id",
        )
    return mine[0]

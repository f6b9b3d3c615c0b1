"""Money that came in: what is recorded, what it pays at once, and what is refused. Pure.

40.00 is owed, RecordPayment 50.00   ->   PaymentRecorded 50.00, PaymentAllocated 40.00        10.00 is credit
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.payments.amounts import check_received, checked_amount
from services.payments.balance.state import Payer
from services.payments.payment.messages import PaymentRecorded, RecordPayment
from services.payments.payment.refusals import duplicate_external_key, payment_exists
from services.payments.payment.state import ExternalKey, KnownPayment
from services.payments.receivable.state import InvoiceNumber, KnownInvoice
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event


def decide_payment(command: RecordPayment, view: View, context: Context) -> Sequence[Event]:
    """The payment, and what it pays. Raises `Rejection`; see `RecordPayment`."""
    payer = view.get(Payer, command.account_id)
    if payer is None:
        raise absent("account", command.account_id, pointer="/account_id")
    amount = checked_amount(command.amount, payer, "a payment", below=None)
    check_received(command.received_on, payer, context)
    _check_first(command, view)
    recorded = PaymentRecorded(
        payment_id=command.payment_id,
        account_id=command.account_id,
        amount=amount,
        currency=payer.currency,
        method=command.method,
        received_on=command.received_on,
        invoice_id=_named(command, view),
        external_key=command.external_key,
    )
    return [recorded, *payer.spend(recorded)]


def evolve_payment(event: PaymentRecorded, envelope: Envelope, view: View) -> Iterator[State]:
    yield KnownPayment(payment_id=event.payment_id, received_on=event.received_on)
    if event.external_key is not None:
        yield ExternalKey(external_key=event.external_key, payment_id=event.payment_id)


def _check_first(command: RecordPayment, view: View) -> None:
    """Neither id nor external key was used before (R52), here: other partitions are asked by claiming them."""
    if view.get(KnownPayment, command.payment_id) is not None:
        raise payment_exists(command.payment_id)
    if command.external_key is None:
        return
    used = view.get(ExternalKey, command.external_key)
    if used is not None:
        raise duplicate_external_key(command.external_key, used.payment_id)


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

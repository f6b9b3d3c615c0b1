"""An entry of a bank statement becomes a payment of its account, in the account's partition. Pure.

    BookEntry be-1, 36.04, INV-7        PaymentRecorded be-1, PaymentAllocated 36.04, BankEntryBooked
    BookEntry be-1, 36.04 USD           BankEntryRefused currency_mismatch           the entry is open again

The entry's id is the payment's, and its external key (R52): however often an entry is asked to be booked, it is once.
Nobody waits for an answer to this command, so what can't be is an event, and told to the entry.
"""

from __future__ import annotations

from collections.abc import Sequence

from services.payments.amounts import check_received, checked_amount
from services.payments.balance.state import Payer
from services.payments.bank_statement.messages import BankEntryBooked, BankEntryRefused, BookEntry
from services.payments.payment.messages import PaymentRecorded
from services.payments.payment.state import KnownPayment
from services.payments.receivable.state import KnownInvoice
from shared.kernel.decider import Context, View
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event
from shared.kernel.money import Money
from shared.kernel.same_fields import same_fields


def decide_booking(command: BookEntry, view: View, context: Context) -> Sequence[Event]:
    booked = same_fields(BankEntryBooked, command, payment_id=command.entry_id)
    if view.get(KnownPayment, command.entry_id) is not None:
        return [booked]
    try:
        return [*_payment(command, view, context), booked]
    except Rejection as refusal:
        return [same_fields(BankEntryRefused, command, code=refusal.code, detail=refusal.detail)]


def _payment(command: BookEntry, view: View, context: Context) -> Sequence[Event]:
    payer = view.get(Payer, command.account_id)
    if payer is None:
        raise absent("account", command.account_id, pointer="/account_id")
    amount = checked_amount(Money(command.amount, command.currency), payer, "a payment", below=None)
    check_received(command.received_on, payer, context)
    if command.invoice_id is not None:
        invoice = view.get(KnownInvoice, command.invoice_id)
        if invoice is None or invoice.account_id != command.account_id:
            raise absent("invoice", command.invoice_id, pointer="/invoice_id")
    recorded = PaymentRecorded(
        payment_id=command.entry_id,
        account_id=command.account_id,
        amount=amount,
        currency=payer.currency,
        method="bank_transfer",
        received_on=command.received_on,
        invoice_id=command.invoice_id,
        external_key=command.entry_id,
    )
    return [recorded, *payer.spend(recorded)]

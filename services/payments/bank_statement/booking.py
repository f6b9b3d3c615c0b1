"""An entry of a bank statement becomes a payment of its account, in the account's partition. Pure.

    BookEntry be-1, 36.04, INV-7        PaymentRecorded be-1, PaymentAllocated 36.04, BankEntryBooked
    BookEntry be-1, 36.04 USD           BankEntryRefused currency_mismatch           the entry is open again

The entry's id is the payment's, and its external key (R52): however often an entry is asked to be booked, it is once.
Nobody waits for an answer to this command, so what can't be is an event, and told to the entry.
"""

from __future__ import annotations

from collections.abc import Sequence

from services.payments.bank_statement.messages import BankEntryBooked, BankEntryRefused, BookEntry
from services.payments.payment.decide import decide_payment
from services.payments.payment.messages import RecordPayment
from services.payments.payment.state import KnownPayment
from shared.kernel.decider import Context, View
from shared.kernel.errors import Rejection
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
    """As if somebody recorded it by hand. Raises as `decide_payment`."""
    record = RecordPayment(
        payment_id=command.entry_id,
        account_id=command.account_id,
        amount=Money(command.amount, command.currency),
        method="bank_transfer",
        received_on=command.received_on,
        invoice_id=command.invoice_id,
        external_key=command.entry_id,
        also=command.also,
    )
    return decide_payment(record, view, context)

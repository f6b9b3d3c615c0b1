"""What a payment paid is taken back: invoices owe it again, and the payment has it as credit. Pure.

payment 50.00, of which 40.00 pays inv-1 and 5.00 inv-2; 20.00 of it are wanted
-> 5.00 of what is credit; PaymentDeallocated 5.00 of inv-2, PaymentDeallocated 10.00 of inv-1
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from services.payments.balance.messages import PaymentDeallocated
from services.payments.balance.state import Payer
from services.payments.payment.state import KnownPayment
from services.payments.receivable.state import known_invoice
from shared.kernel.decider import View
from shared.kernel.decimals import EXACT


def freed(
    amount: Decimal, known: KnownPayment, payer: Payer, view: View, today: date, *, named: str | None = None
) -> Iterator[PaymentDeallocated]:
    """So much of a payment is credit afterwards, which is no more than is left of it."""
    wanted = EXACT.subtract(amount, payer.left_of(known.payment_id))
    left = payer.left_of(known.payment_id)
    for part in known.newest_first(named):
        if wanted <= 0:
            return
        taken = min(wanted, part.amount)
        wanted, left = EXACT.subtract(wanted, taken), EXACT.add(left, taken)
        yield deallocated(known.payment_id, part.invoice_id, taken, payer, view, today, left=left)


def deallocated(
    payment_id: str, invoice_id: str, amount: Decimal, payer: Payer, view: View, today: date, *, left: Decimal
) -> PaymentDeallocated:
    """So much is taken back of an invoice, after which `left` of the payment is credit."""
    invoice = known_invoice(view, invoice_id)
    return PaymentDeallocated(
        payment_id=payment_id,
        invoice_id=invoice_id,
        account_id=payer.account_id,
        amount=amount,
        currency=payer.currency,
        open=EXACT.add(payer.open_of(invoice_id), amount),
        unallocated=left,
        number=invoice.number,
        due_on=invoice.due_on or today,
        deallocated_on=today,
        series_n=invoice.series_n,
    )

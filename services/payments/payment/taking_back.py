"""What a payment paid is taken back: invoices owe it again, and the payment has it as credit. Pure.

payment 50.00, of which 40.00 pays inv-1 and 5.00 inv-2; 20.00 of it are wanted
-> 5.00 of what is credit; PaymentDeallocated 5.00 of inv-2, PaymentDeallocated 10.00 of inv-1

A bank takes the whole amount, though 20.00 had been refunded: the customer has these twice
-> BalanceAdjusted debit 20.00, "paid_back_twice"
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from services.payments.adjustment.messages import ADJUSTMENT, BalanceAdjusted, Direction, adjustment_number
from services.payments.applying import after
from services.payments.balance.messages import PaymentDeallocated
from services.payments.balance.state import Allocated, Payer
from services.payments.crediting import Correction, correct, credited
from services.payments.granted_credit.messages import CreditGranted
from services.payments.payment.state import KnownPayment
from services.payments.receivable.state import known_invoice
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, View
from shared.kernel.decimals import EXACT

PAID_BACK_TWICE: Final = "paid_back_twice"
"""The reason of a debit for what was refunded and taken back by a bank besides."""


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


def owed_twice(
    debit_id: str, amount: Decimal, payment_id: str, payer: Payer, context: Context
) -> Iterator[BalanceAdjusted | CreditGranted | Allocated]:
    """What the customer has twice is owed at once, and credit that the account has pays it. Below zero it was owed
    before, of a refund that was not paid out after all: it is credited."""
    if amount < 0:
        yield from credited_for(debit_id, EXACT.minus(amount), payment_id, payer, context)
        return
    if not amount:
        return
    debit = _adjusted("debit", debit_id, amount, payment_id, payer, context)
    yield debit
    yield from after(payer, debit).settle_all([debit_id], debit.adjusted_on)


def given_again(
    debit_id: str, amount: Decimal, payment_id: str, payer: Payer, view: View, context: Context
) -> Iterator[BalanceAdjusted | Correction]:
    """It came back after all: the debit is credited, and what was paid of it is credit."""
    if not amount:
        return
    credit = _adjusted("credit", context.new_id(PAID_BACK_TWICE), amount, payment_id, payer, context)
    yield credit
    debit = known_invoice(view, debit_id)
    yield from correct(credit.adjustment_id, debit, amount, ADJUSTMENT, payer, context, note=credit.note)[1]


def credited_for(
    credit_id: str, amount: Decimal, payment_id: str, payer: Payer, context: Context
) -> Iterator[BalanceAdjusted | CreditGranted | Allocated]:
    """Credit of its own for money of a payment that is no more, which pays what is due first."""
    credit = _adjusted("credit", credit_id, amount, payment_id, payer, context)
    yield credit
    yield from credited(credit_id, amount, ADJUSTMENT, payer, context, note=credit.note)


def _adjusted(
    direction: Direction, adjustment_id: str, amount: Decimal, payment_id: str, payer: Payer, context: Context
) -> BalanceAdjusted:
    today = local_date(context.now, payer.time_zone)
    return BalanceAdjusted(
        adjustment_id=adjustment_id,
        account_id=payer.account_id,
        direction=direction,
        amount=amount,
        currency=payer.currency,
        reason_code=PAID_BACK_TWICE,
        adjusted_on=today,
        due_on=today,
        number=adjustment_number(adjustment_id),
        note=f"payment {payment_id}",
    )

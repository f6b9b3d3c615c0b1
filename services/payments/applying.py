"""What an account owes and has after each event: the same for what is folded and for what a decision looks ahead to.

ReceivableOpened 40.00          owed 40.00
PaymentRecorded 50.00           owed 40.00   credit 50.00
PaymentAllocated 40.00                       credit 10.00
PaymentDeallocated 40.00        owed 40.00   credit 50.00
PaymentRefunded 50.00           owed 40.00
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import reduce

from msgspec.structs import replace

from services.payments.adjustment.messages import BalanceAdjusted
from services.payments.balance.messages import CreditAllocated, PaymentAllocated, PaymentDeallocated
from services.payments.balance.state import (
    Credit,
    OpenInvoice,
    Payer,
    credit_granted,
    credit_of,
    credit_of_note,
    open_invoice,
)
from services.payments.chargeback.messages import ChargebackReversed, PaymentChargedBack
from services.payments.credit_note.messages import CreditNoteTaken
from services.payments.granted_credit.messages import CreditExpired, CreditGranted, CreditReversed
from services.payments.payment.messages import PaymentRecorded, PaymentReversed, PaymentSucceeded
from services.payments.receivable.messages import ReceivableOpened, ReceivableWithdrawn
from services.payments.refund.messages import PaymentRefunded, RefundFailed
from services.payments.write_off.messages import ReceivableWrittenOff, WriteOffRecovered

Came = PaymentRecorded | PaymentSucceeded | CreditNoteTaken | CreditGranted
Went = (
    CreditReversed
    | CreditExpired
    | PaymentRefunded
    | RefundFailed
    | PaymentChargedBack
    | ChargebackReversed
    | PaymentReversed
)
Owed = ReceivableOpened | BalanceAdjusted | ReceivableWithdrawn | ReceivableWrittenOff | WriteOffRecovered
Met = PaymentAllocated | CreditAllocated | PaymentDeallocated
Moved = Came | Went | Owed | Met
"""The events that change what an account owes or has."""


def after(payer: Payer, *events: Moved) -> Payer:
    """The payer as it is after these events, in this order."""
    return reduce(_after, events, payer)


def _after(payer: Payer, event: Moved) -> Payer:
    """Each event says what remains; what is used up or paid is dropped."""
    if isinstance(event, Met):
        return replace(payer, owed=_owed_after(event, payer), credits=_credits_after(event, payer))
    if isinstance(event, Owed):
        return replace(payer, owed=_owed_after(event, payer))
    payer = replace(payer, credits=_credits_after(event, payer))
    return replace(payer, owed=_owed_after(event, payer)) if isinstance(event, CreditNoteTaken) else payer


def _owed_after(event: Owed | Met | CreditNoteTaken, payer: Payer) -> tuple[OpenInvoice, ...]:
    match event:
        case ReceivableOpened():
            # An invoice of 0.00 is paid as soon as it is issued.
            return (*payer.owed, open_invoice(event)) if event.amount > 0 else payer.owed
        case BalanceAdjusted(direction="debit"):
            return (*payer.owed, _debit(event))
        case BalanceAdjusted():
            return payer.owed
        case ReceivableWithdrawn():
            return tuple(_with_open(event.invoice_id, Decimal(0), payer.owed))
        case PaymentDeallocated() | WriteOffRecovered():
            return _again(event, payer.owed)
        case _:
            return tuple(_with_open(event.invoice_id, event.open, payer.owed))


def _credits_after(event: Came | Went | Met, payer: Payer) -> tuple[Credit, ...]:
    credits = payer.credits
    match event:
        case PaymentRecorded():
            return (*credits, credit_of(event)) if event.status == "succeeded" else credits
        case PaymentSucceeded():
            return (*credits, credit_of(event))
        case CreditNoteTaken():
            return (*credits, credit_of_note(event)) if event.unallocated > 0 else credits
        case CreditGranted():
            return (*credits, credit_granted(event))
        case CreditReversed() | CreditExpired():
            return _left(Credit(payment_id=event.credit_id, left=Decimal(0), granted=True), credits)
        case CreditAllocated():
            note, granted = not event.granted, event.granted
            spent = Credit(payment_id=event.credit_note_id, left=event.unallocated, credit_note=note, granted=granted)
            return _left(spent, credits)
        case PaymentReversed():
            return _left(Credit(payment_id=event.payment_id, left=Decimal(0)), credits)
        case _:
            return _left(Credit(payment_id=event.payment_id, left=event.unallocated), credits)


def _with_open(invoice_id: str, open_: Decimal, owed: Iterable[OpenInvoice]) -> Iterator[OpenInvoice]:
    for invoice in owed:
        if invoice.invoice_id != invoice_id:
            yield invoice
        elif open_:
            yield replace(invoice, open=open_)


def _again(event: PaymentDeallocated | WriteOffRecovered, owed: tuple[OpenInvoice, ...]) -> tuple[OpenInvoice, ...]:
    """More is open of it, which may have been paid in full."""
    if any(invoice.invoice_id == event.invoice_id for invoice in owed):
        return tuple(_with_open(event.invoice_id, event.open, owed))
    reopened = OpenInvoice(
        invoice_id=event.invoice_id,
        number=event.number,
        due_on=event.due_on,
        open=event.open,
        series_n=event.series_n,
    )
    return (*owed, reopened)


def _debit(event: BalanceAdjusted) -> OpenInvoice:
    return OpenInvoice(invoice_id=event.adjustment_id, number=event.number, due_on=event.due_on, open=event.amount)


def _left(spent: Credit, credits: tuple[Credit, ...]) -> tuple[Credit, ...]:
    """With what is left of one of them: it goes, or comes back, with its amount."""
    if not any(_same(credit, spent) for credit in credits):
        return (*credits, spent) if spent.left else credits
    changed = (replace(credit, left=spent.left) if _same(credit, spent) else credit for credit in credits)
    return tuple(credit for credit in changed if credit.left)


def _same(one: Credit, other: Credit) -> bool:
    return (one.payment_id, one.credit_note, one.granted) == (other.payment_id, other.credit_note, other.granted)

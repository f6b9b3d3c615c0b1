"""Which accounts of the ledger an event moves money between: one pure function of the event alone.

ReceivableOpened 40.00        receivables             <- billed              40.00
PaymentRecorded 50.00         clearing:bank_transfer  <- unapplied           50.00
PaymentAllocated 40.00        unapplied               <- receivables         40.00
PaymentRefunded 10.00         unapplied               <- refunds_payable     10.00
RefundPaid 10.00              refunds_payable         <- clearing:…          10.00
ReceivableWrittenOff 5.00     write_offs              <- receivables          5.00

A posting debits one account and credits another with the same amount, so that no posting can be out of balance, and the
ledger sums to zero by construction.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Literal, assert_never

import msgspec

from services.payments.adjustment.messages import ADJUSTMENT, BalanceAdjusted
from services.payments.balance.messages import CreditAllocated, PaymentAllocated, PaymentDeallocated
from services.payments.chargeback.messages import ChargebackReversed, PaymentChargedBack
from services.payments.credit_note.messages import CreditNoteTaken
from services.payments.deposit.messages import DEPOSIT, DepositReceived, DepositReturned
from services.payments.granted_credit.messages import OF_VOUCHER, CreditExpired, CreditGranted, CreditReversed
from services.payments.ledger.accounts import (
    ADJUSTMENTS,
    BILLED,
    CHARGEBACK_FEES,
    CREDITS_GIVEN,
    DEPOSITS_HELD,
    OF_CUSTOMER,
    RECEIVABLES,
    REFUNDS_PAYABLE,
    ROUNDING,
    UNAPPLIED,
    VOUCHERS_EXPIRED,
    WRITE_OFFS,
    clearing,
)
from services.payments.payment.messages import PaymentRecorded, PaymentReversed, PaymentSucceeded
from services.payments.receivable.messages import ReceivableOpened, ReceivableWithdrawn
from services.payments.refund.messages import PaymentRefunded, RefundFailed, RefundPaid
from services.payments.write_off.messages import ReceivableWrittenOff, WriteOffRecovered

Owed = ReceivableOpened | ReceivableWithdrawn | BalanceAdjusted | ReceivableWrittenOff | WriteOffRecovered
Paid = PaymentRecorded | PaymentSucceeded | PaymentChargedBack | ChargebackReversed | PaymentReversed
Refund = PaymentRefunded | RefundPaid | RefundFailed
Credited = CreditNoteTaken | CreditGranted | CreditReversed | CreditExpired
Held = DepositReceived | DepositReturned
Met = PaymentAllocated | CreditAllocated | PaymentDeallocated
Money = Owed | Paid | Refund | Credited | Held | Met
"""The events that move money."""

# fmt: off
Kind = Literal[
    "invoice", "void", "credit_note", "payment", "refund", "chargeback", "chargeback_reversed", "payment_reversed",
    "credit", "credit_taken_back", "credit_expired", "adjustment", "write_off", "recovery", "allocation",
    "deposit_received", "deposit_returned", "refund_paid", "refund_failed",
]
# fmt: on


class Posting(msgspec.Struct, frozen=True, kw_only=True):
    """`amount` is debited to one account and credited to the other, on the day `booked_on`; `None`: of an allocation,
    which counts from the day on which both the money and the claim were there. `reference` is the id of the document,
    `number` what people call it by."""

    kind: Kind
    debit: str
    credit: str
    amount: Decimal
    booked_on: date | None
    reference: str
    number: str = ""
    invoice_id: str | None = None

    @property
    def effect(self) -> Decimal:
        """By how much the account owes more (R47); 0 where money only changes its place."""
        more = self.amount if self.debit in OF_CUSTOMER else Decimal(0)
        return more - self.amount if self.credit in OF_CUSTOMER else more


def postings(event: Money) -> Iterator[Posting]:
    """What the event moves; nothing where its amounts are zero."""
    for posting in _of(event):
        if posting.amount > 0:
            yield posting
        elif posting.amount < 0:
            turned: dict[str, Any] = {"debit": posting.credit, "credit": posting.debit, "amount": -posting.amount}
            yield msgspec.structs.replace(posting, **turned)


def _of(event: Money) -> Iterator[Posting]:
    match event:
        case PaymentAllocated() | CreditAllocated() | PaymentDeallocated():
            yield _met(event)
        case PaymentRecorded() | PaymentSucceeded():
            yield from _came(event)
        case PaymentRefunded() | RefundPaid() | RefundFailed():
            yield _back(event)
        case PaymentChargedBack() | ChargebackReversed() | PaymentReversed():
            yield from _went(event)
        case CreditNoteTaken():
            yield from _noted(event)
        case CreditGranted() | CreditReversed() | CreditExpired():
            yield _given(event)
        case DepositReceived() | DepositReturned():
            yield _held(event)
        case _:
            yield from _owed(event)


def _met(event: Met) -> Posting:
    source = event.credit_note_id if isinstance(event, CreditAllocated) else event.payment_id
    said: dict[str, Any] = {
        "kind": "allocation",
        "amount": event.amount,
        "reference": source,
        "invoice_id": event.invoice_id,
    }
    if isinstance(event, PaymentDeallocated):
        return Posting(debit=RECEIVABLES, credit=UNAPPLIED, booked_on=event.deallocated_on, **said)
    return Posting(debit=UNAPPLIED, credit=RECEIVABLES, booked_on=None, **said)


def _came(event: PaymentRecorded | PaymentSucceeded) -> Iterator[Posting]:
    """What is made of a deposit was held already; what is pending is not here."""
    if isinstance(event, PaymentRecorded) and event.status != "succeeded":
        return
    source = DEPOSITS_HELD if event.method == DEPOSIT else clearing(event.method)
    yield Posting(
        kind="payment",
        debit=source,
        credit=UNAPPLIED,
        amount=event.amount,
        booked_on=event.received_on,
        reference=event.payment_id,
    )


def _back(event: Refund) -> Posting:
    """It is owed to the customer until it is paid; in older logs it was paid in that moment. What was paid late, or is
    no part of its payment any more, is evened out by the adjustment that follows."""
    said: dict[str, Any] = {"amount": event.amount, "reference": event.refund_id}
    match event:
        case PaymentRefunded():
            account = clearing(event.method) if event.way is None else REFUNDS_PAYABLE
            return Posting(kind="refund", debit=UNAPPLIED, credit=account, booked_on=event.refunded_on, **said)
        case RefundPaid():
            source, account = ADJUSTMENTS if event.late else REFUNDS_PAYABLE, clearing(event.method)
            return Posting(kind="refund_paid", debit=source, credit=account, booked_on=event.paid_on, **said)
        case RefundFailed():
            source = clearing(event.method) if event.returned else REFUNDS_PAYABLE
            account = UNAPPLIED if event.credited_as is None else ADJUSTMENTS
            return Posting(kind="refund_failed", debit=source, credit=account, booked_on=event.failed_on, **said)
        case _:
            assert_never(event)


def _went(event: PaymentChargedBack | ChargebackReversed | PaymentReversed) -> Iterator[Posting]:
    """What a bank took of what had been refunded is no part of the payment: the debit for it follows."""
    account = clearing(event.method)
    said: dict[str, Any] = {"amount": event.amount}
    match event:
        case PaymentChargedBack():
            said |= {"kind": "chargeback", "booked_on": event.received_on, "reference": event.chargeback_id}
        case PaymentReversed():
            said |= {"kind": "payment_reversed", "booked_on": event.reversed_on, "reference": event.payment_id}
        case ChargebackReversed():
            said |= {"kind": "chargeback_reversed", "booked_on": event.reversed_on, "reference": event.chargeback_id}
            yield Posting(debit=account, credit=UNAPPLIED, **said)
            yield Posting(debit=account, credit=ADJUSTMENTS, **{**said, "amount": event.paid_back_before})
            yield Posting(debit=account, credit=CHARGEBACK_FEES, **{**said, "amount": event.fee_returned})
            return
        case _:
            assert_never(event)
    yield Posting(debit=UNAPPLIED, credit=account, **said)
    yield Posting(debit=ADJUSTMENTS, credit=account, **{**said, "amount": event.paid_back_before})
    if isinstance(event, PaymentChargedBack):
        yield Posting(debit=CHARGEBACK_FEES, credit=account, **{**said, "amount": event.fee})


def _noted(event: CreditNoteTaken) -> Iterator[Posting]:
    """What it takes off its own invoice, what is credit, and what was credited before and is a document now."""
    said: dict[str, Any] = {
        "kind": "credit_note",
        "debit": BILLED,
        "booked_on": event.issued_on,
        "reference": event.credit_note_id,
        "number": event.number,
        "invoice_id": event.invoice_id,
    }
    yield Posting(credit=RECEIVABLES, amount=event.applied, **said)
    yield Posting(credit=UNAPPLIED, amount=event.unallocated, **said)
    yield Posting(credit=CREDITS_GIVEN, amount=event.covered, **said)


def _given(event: CreditGranted | CreditReversed | CreditExpired) -> Posting:
    said: dict[str, Any] = {"amount": event.amount, "reference": event.credit_id}
    match event:
        case CreditGranted():
            adjusts = event.reason == ADJUSTMENT
            said |= {"kind": "adjustment" if adjusts else "credit", "booked_on": event.granted_on}
            account = ADJUSTMENTS if adjusts else _source(event.reason)
            return Posting(debit=account, credit=UNAPPLIED, **said)
        case CreditReversed():
            said |= {"kind": "credit_taken_back", "booked_on": event.reversed_on}
            return Posting(debit=UNAPPLIED, credit=_source(event.granted_for), **said)
        case CreditExpired():
            said |= {"kind": "credit_expired", "booked_on": event.expired_on}
            account = VOUCHERS_EXPIRED if event.granted_for == OF_VOUCHER else CREDITS_GIVEN
            return Posting(debit=UNAPPLIED, credit=account, **said)
        case _:
            assert_never(event)


def _source(reason: str) -> str:
    """Where credit comes from: a voucher was paid for, whatever else is a gift."""
    return clearing(OF_VOUCHER) if reason == OF_VOUCHER else CREDITS_GIVEN


def _held(event: DepositReceived | DepositReturned) -> Posting:
    """It is the customer's and no part of the balance."""
    said: dict[str, Any] = {"amount": event.amount, "reference": event.deposit_id}
    if isinstance(event, DepositReceived):
        account, day = clearing(event.method), event.received_on
        return Posting(kind="deposit_received", debit=account, credit=DEPOSITS_HELD, booked_on=day, **said)
    day = event.returned_on
    return Posting(kind="deposit_returned", debit=DEPOSITS_HELD, credit=clearing("other"), booked_on=day, **said)


def _owed(event: Owed) -> Iterator[Posting]:
    said: dict[str, Any] = {"amount": event.amount}
    match event:
        case ReceivableOpened(invoice_id=invoice_id):
            said |= {"booked_on": event.issued_on, "reference": invoice_id, "invoice_id": invoice_id}
            yield Posting(kind="invoice", debit=RECEIVABLES, credit=BILLED, number=event.number, **said)
        case ReceivableWithdrawn(invoice_id=invoice_id):
            said |= {"booked_on": event.withdrawn_on, "reference": invoice_id, "invoice_id": invoice_id}
            yield Posting(kind="void", debit=BILLED, credit=RECEIVABLES, **said)
        case BalanceAdjusted(direction="debit", adjustment_id=id):
            said |= {"booked_on": event.adjusted_on, "reference": id, "number": event.number, "invoice_id": id}
            yield Posting(kind="adjustment", debit=RECEIVABLES, credit=ADJUSTMENTS, **said)
        case BalanceAdjusted():
            return  # its credit is granted by the next event
        case ReceivableWrittenOff(invoice_id=invoice_id):
            said |= {"booked_on": event.written_off_on, "reference": event.write_off_id, "invoice_id": invoice_id}
            account = ROUNDING if event.rounding else WRITE_OFFS
            yield Posting(kind="write_off", debit=account, credit=RECEIVABLES, **said)
        case WriteOffRecovered(invoice_id=invoice_id):
            said |= {"booked_on": event.recovered_on, "reference": event.write_off_id, "invoice_id": invoice_id}
            yield Posting(kind="recovery", debit=RECEIVABLES, credit=WRITE_OFFS, number=event.number, **said)
        case _:
            assert_never(event)

"""What payments book: money that comes and goes, credit, deposits, what is given up. Pure.

PaymentRecorded 50.00         bank              <- customer_credit   50.00   the day it was received
PaymentAllocated 40.00        customer_credit   <- receivables       40.00   once both money and claim are there
ReceivableWrittenOff 5.00     write_offs        <- receivables        5.00

An invoice and a void are booked where their revenue and tax are known (documents.py), a credit note likewise: what is
left here of it is what does not lower its own invoice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple, assert_never

from services.payments.adjustment.messages import ADJUSTMENT, BalanceAdjusted
from services.payments.balance.messages import CreditAllocated, PaymentAllocated, PaymentDeallocated
from services.payments.bookkeeping.messages import LedgerAccount
from services.payments.chargeback.messages import ChargebackReversed, PaymentChargedBack
from services.payments.credit_note.messages import CreditNoteTaken
from services.payments.deposit.messages import DEPOSIT, DepositReceived, DepositReturned
from services.payments.granted_credit.messages import OF_VOUCHER, CreditExpired, CreditGranted, CreditReversed
from services.payments.payment.messages import PaymentRecorded, PaymentReversed, PaymentSucceeded
from services.payments.refund.messages import PaymentRefunded, RefundFailed, RefundPaid
from services.payments.write_off.messages import ReceivableWrittenOff, WriteOffRecovered
from services.reporting.journal.postings import About, Kind, Posting, upright

Owed = BalanceAdjusted | ReceivableWrittenOff | WriteOffRecovered
Came = PaymentRecorded | PaymentSucceeded
Back = PaymentRefunded | RefundPaid | RefundFailed
Went = PaymentChargedBack | ChargebackReversed | PaymentReversed
Credited = CreditGranted | CreditReversed | CreditExpired
Held = DepositReceived | DepositReturned
Met = PaymentAllocated | CreditAllocated
Moves = Owed | Came | Back | Went | CreditNoteTaken | Credited | Held | Met | PaymentDeallocated
"""The events of payments that are booked."""

RETURNED_BY: Final = "other"
"""The way of paying by which deposits go back: nobody says it."""


class Days(NamedTuple):
    """When money was received, by payment or credit, and when what is owed was issued, and by which legal entity
    (empty: the operator)."""

    money: Mapping[str, date]
    claims: Mapping[str, date]
    entities: Mapping[str, str] = {}

    def entity(self, event: Moves, otherwise: str | None) -> str | None:
        """Whose books it is in: those of the invoice that it is about, or else of the account."""
        invoice_id = getattr(event, "invoice_id", None)
        return otherwise if invoice_id is None else self.entities.get(invoice_id, otherwise)

    def effective(self, event: Met, otherwise: date) -> date:
        """The day on which both were there; `otherwise` where neither is known."""
        source = event.payment_id if isinstance(event, PaymentAllocated) else event.credit_note_id
        found = [day for day in (self.money.get(source), self.claims.get(event.invoice_id)) if day is not None]
        return max(found, default=otherwise)


def postings(event: Moves, days: Days, recorded_on: date) -> Iterator[Posting]:
    """What the event books; nothing where its amounts are zero. `recorded_on` is the day it was recorded, in UTC."""
    return upright(_of(event, days, recorded_on))


def _of(event: Moves, days: Days, recorded_on: date) -> Iterator[Posting]:
    match event:
        case PaymentAllocated() | CreditAllocated():
            yield _met(event, days.effective(event, recorded_on))
        case PaymentDeallocated():
            said: dict[str, Any] = {"document_id": event.payment_id, "number": event.number}
            said |= {"invoice_id": event.invoice_id, "booked_on": event.deallocated_on}
            yield _posting("allocation", "receivables", "customer_credit", event.amount, **said)
        case PaymentRecorded() | PaymentSucceeded():
            yield from _came(event)
        case PaymentRefunded() | RefundPaid() | RefundFailed():
            yield _back(event)
        case PaymentChargedBack() | ChargebackReversed() | PaymentReversed():
            yield from _went(event)
        case CreditNoteTaken():
            yield from _noted(event)
        case CreditGranted() | CreditReversed() | CreditExpired():
            yield _credited(event)
        case DepositReceived() | DepositReturned():
            yield _held(event)
        case _:
            yield from _owed(event)


def _posting(kind: Kind, debit: LedgerAccount, credit: LedgerAccount, amount: Decimal, **said: Any) -> Posting:
    return Posting(kind=kind, debit=debit, credit=credit, amount=amount, **said)


def _met(event: Met, on: date) -> Posting:
    source = event.payment_id if isinstance(event, PaymentAllocated) else event.credit_note_id
    said: dict[str, Any] = {"document_id": source, "invoice_id": event.invoice_id, "booked_on": on}
    return _posting("allocation", "customer_credit", "receivables", event.amount, **said)


def _came(event: Came) -> Iterator[Posting]:
    """What is made of a deposit was held already; what is pending is not here."""
    if isinstance(event, PaymentRecorded) and event.status != "succeeded":
        return
    source: LedgerAccount = "deposits_held" if event.method == DEPOSIT else "bank"
    said: dict[str, Any] = {"document_id": event.payment_id, "booked_on": event.received_on}
    yield _posting("payment", source, "customer_credit", event.amount, **said, about=_by(event.method))


def _back(event: Back) -> Posting:
    """A refund is owed to the customer until it is paid; in older logs it was paid in that moment. If it is paid late,
    or comes back of a payment that is no more, an adjustment follows."""
    said: dict[str, Any] = {"document_id": event.refund_id}
    match event:
        case PaymentRefunded():
            said |= {"booked_on": event.refunded_on}
            if event.way is None:
                return _posting("refund", "customer_credit", "bank", event.amount, **said, about=_by(event.method))
            return _posting("refund", "customer_credit", "refunds_payable", event.amount, **said)
        case RefundPaid():
            said |= {"booked_on": event.paid_on, "about": _by(event.method)}
            source: LedgerAccount = "adjustments" if event.late else "refunds_payable"
            return _posting("refund_paid", source, "bank", event.amount, **said)
        case RefundFailed():
            said |= {"booked_on": event.failed_on, **({"about": _by(event.method)} if event.returned else {})}
            source = "bank" if event.returned else "refunds_payable"
            to: LedgerAccount = "customer_credit" if event.credited_as is None else "adjustments"
            return _posting("refund_failed", source, to, event.amount, **said)
        case _:
            assert_never(event)


def _went(event: Went) -> Iterator[Posting]:
    """What the bank takes of money that was paid back before is owed by an adjustment, which follows."""
    said: dict[str, Any] = {"about": _by(event.method)}
    kind: Kind
    match event:
        case ChargebackReversed():
            said |= {"document_id": event.chargeback_id, "booked_on": event.reversed_on}
            yield _posting("chargeback_reversed", "bank", "customer_credit", event.amount, **said)
            yield _posting("chargeback_reversed", "bank", "adjustments", event.paid_back_before, **said)
            yield _posting("chargeback_reversed", "bank", "chargeback_fees", event.fee_returned, **said)
            return
        case PaymentChargedBack():
            kind, said["document_id"], said["booked_on"] = "chargeback", event.chargeback_id, event.received_on
        case PaymentReversed():
            kind, said["document_id"], said["booked_on"] = "payment_reversed", event.payment_id, event.reversed_on
        case _:
            assert_never(event)
    yield _posting(kind, "customer_credit", "bank", event.amount, **said)
    yield _posting(kind, "adjustments", "bank", event.paid_back_before, **said)
    if isinstance(event, PaymentChargedBack):
        yield _posting(kind, "chargeback_fees", "bank", event.fee, **said)


def _noted(event: CreditNoteTaken) -> Iterator[Posting]:
    """What does not lower its own invoice: it is credit, or was credited before and is a document now."""
    said: dict[str, Any] = {"document_id": event.credit_note_id, "number": event.number}
    said |= {"invoice_id": event.invoice_id, "booked_on": event.issued_on}
    yield _posting("credit_note", "receivables", "customer_credit", event.unallocated, **said)
    yield _posting("credit_note", "receivables", "credits_given", event.covered, **said)


def _credited(event: Credited) -> Posting:
    match event:
        case CreditGranted():
            adjusts = event.reason == ADJUSTMENT
            said: dict[str, Any] = {"document_id": event.credit_id, "booked_on": event.granted_on}
            if adjusts:
                return _posting("adjustment", "adjustments", "customer_credit", event.amount, **said)
            source, about = _source(event.reason)
            return _posting("credit", source, "customer_credit", event.amount, **said, **about)
        case CreditReversed():
            said = {"document_id": event.credit_id, "booked_on": event.reversed_on}
            source, about = _source(event.granted_for)
            return _posting("credit_taken_back", "customer_credit", source, event.amount, **said, **about)
        case CreditExpired():
            said = {"document_id": event.credit_id, "booked_on": event.expired_on}
            lost: LedgerAccount = "vouchers_expired" if event.granted_for == OF_VOUCHER else "credits_given"
            return _posting("credit_expired", "customer_credit", lost, event.amount, **said)
        case _:
            assert_never(event)


def _source(reason: str) -> tuple[LedgerAccount, dict[str, About]]:
    """Where credit comes from: a voucher was paid for, whatever else is a gift."""
    return ("bank", {"about": _by(OF_VOUCHER)}) if reason == OF_VOUCHER else ("credits_given", {})


def _held(event: Held) -> Posting:
    """It is the customer's and no part of what is owed."""
    said: dict[str, Any] = {"document_id": event.deposit_id}
    if isinstance(event, DepositReceived):
        said |= {"booked_on": event.received_on, "about": _by(event.method)}
        return _posting("deposit_received", "bank", "deposits_held", event.amount, **said)
    said |= {"booked_on": event.returned_on, "about": _by(RETURNED_BY)}
    return _posting("deposit_returned", "deposits_held", "bank", event.amount, **said)


def _owed(event: Owed) -> Iterator[Posting]:
    match event:
        case BalanceAdjusted(direction="debit", adjustment_id=id):
            said: dict[str, Any] = {"document_id": id, "invoice_id": id, "number": event.number}
            yield _posting(
                "adjustment", "receivables", "adjustments", event.amount, booked_on=event.adjusted_on, **said
            )
        case BalanceAdjusted():
            return  # its credit is granted by the next event
        case ReceivableWrittenOff():
            account: LedgerAccount = "rounding" if event.rounding else "write_offs"
            said = {"document_id": event.write_off_id, "invoice_id": event.invoice_id}
            yield _posting("write_off", account, "receivables", event.amount, booked_on=event.written_off_on, **said)
        case WriteOffRecovered():
            said = {"document_id": event.write_off_id, "invoice_id": event.invoice_id, "number": event.number}
            yield _posting("recovery", "receivables", "write_offs", event.amount, booked_on=event.recovered_on, **said)
        case _:
            assert_never(event)


def _by(method: str) -> About:
    return About(method=method)

"""What is owed and what was paid: receivables with what is still open, payments with what is not yet allocated.

inv-7   acc-1   14.88 EUR   open 4.88   due 2026-10-15
pay-3   acc-1   10.00 EUR   unallocated 0.00   2026-10-07
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Literal

from msgspec.structs import replace

from services.payments.adjustment.messages import BalanceAdjusted
from services.payments.balance.messages import CreditAllocated, PaymentAllocated, PaymentDeallocated
from services.payments.chargeback.messages import ChargebackReversed, PaymentChargedBack
from services.payments.credit_note.messages import CreditNoteTaken
from services.payments.dispute.messages import DisputeOpened, DisputeResolved
from services.payments.granted_credit.messages import CreditExpired, CreditGranted, CreditReversed
from services.payments.payment.messages import (
    PaymentCancelled,
    PaymentFailed,
    PaymentRecorded,
    PaymentReversed,
    PaymentStatus,
    PaymentSucceeded,
)
from services.payments.receivable.messages import ReceivableOpened, ReceivableWithdrawn
from services.payments.refund.messages import PaymentRefunded
from services.payments.write_off.messages import ReceivableWrittenOff, WriteOffRecovered
from shared.engine.postgres import Connection
from shared.engine.rows import Amount, Change, Columns, Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert, update
from shared.kernel.decimals import EXACT

ZERO: Final = Decimal(0)
ReceivableKind = Literal["invoice", "adjustment"]


class ReceivableRow(Row, frozen=True, kw_only=True):
    """An issued invoice, or a debit adjustment, as something owed; `open` is what is not paid yet, `credited` what its
    credit notes (and cents that a payment lacked) took off that, `written_off` what was given up, `disputed` what is on
    hold. One that is void is `withdrawn_on` a day.
    """

    TABLE = "receivable_row"
    KEY = ("invoice_id",)

    invoice_id: str
    account_id: str
    number: str
    amount: Amount
    open: Amount
    currency: str
    issued_on: date
    due_on: date
    credited: Amount = Decimal(0)
    written_off: Amount = Decimal(0)
    disputed: Amount = Decimal(0)
    kind: ReceivableKind = "invoice"
    recorded_at: datetime
    withdrawn_on: date | None = None
    withdrawn_at: datetime | None = None


class CreditRow(Row, frozen=True, kw_only=True):
    """A credit note as credit: `applied` lowered its own invoice, `unallocated` is what is left.

    One that was `granted` has neither number nor invoice, and the id of that.
    """

    TABLE = "credit_row"
    KEY = ("credit_note_id",)

    credit_note_id: str
    number: str
    account_id: str
    invoice_id: str
    amount: Amount
    applied: Amount
    unallocated: Amount
    currency: str
    issued_on: date
    recorded_at: datetime
    granted: bool = False


class CreditAllocationRow(Row, frozen=True, kw_only=True):
    TABLE = "credit_allocation_row"
    KEY = ("seq",)

    seq: int
    credit_note_id: str
    invoice_id: str
    amount: Amount
    currency: str
    recorded_at: datetime


class PaymentRow(Row, frozen=True, kw_only=True):
    TABLE = "payment_row"
    KEY = ("payment_id",)

    payment_id: str
    account_id: str
    amount: Amount
    unallocated: Amount
    currency: str
    status: PaymentStatus
    method: str
    received_on: date


class WriteOffRow(Row, frozen=True, kw_only=True):
    """What was given up of an invoice, or (below zero) is owed again, from that day on."""

    TABLE = "write_off_row"
    KEY = ("seq",)

    seq: int
    invoice_id: str
    amount: Amount
    currency: str
    rounding: bool
    counts_on: date
    recorded_at: datetime


class AllocationRow(Row, frozen=True, kw_only=True):
    """What was taken back is below zero, and counts from the day `taken_back_on`."""

    TABLE = "allocation_row"
    KEY = ("seq",)

    seq: int
    payment_id: str
    invoice_id: str
    amount: Amount
    currency: str
    recorded_at: datetime
    taken_back_on: date | None = None


class StillOpen(Change, frozen=True, kw_only=True):
    TABLE = "receivable_row"
    KEY = ("invoice_id",)

    invoice_id: str
    open: Amount


class Lowered(Change, frozen=True, kw_only=True):
    TABLE = "receivable_row"
    KEY = ("invoice_id",)

    invoice_id: str
    credited: Amount


class GivenUp(Change, frozen=True, kw_only=True):
    TABLE = "receivable_row"
    KEY = ("invoice_id",)

    invoice_id: str
    written_off: Amount


class Disputed(Change, frozen=True, kw_only=True):
    TABLE = "receivable_row"
    KEY = ("invoice_id",)

    invoice_id: str
    disputed: Amount


class Withdrawn(Change, frozen=True, kw_only=True):
    TABLE = "receivable_row"
    KEY = ("invoice_id",)

    invoice_id: str
    withdrawn_on: date
    withdrawn_at: datetime
    open: Amount = Decimal(0)


class CreditLeft(Change, frozen=True, kw_only=True):
    TABLE = "credit_row"
    KEY = ("credit_note_id",)

    credit_note_id: str
    unallocated: Amount


class Unallocated(Change, frozen=True, kw_only=True):
    TABLE = "payment_row"
    KEY = ("payment_id",)

    payment_id: str
    unallocated: Amount


class Became(Change, frozen=True, kw_only=True):
    """What a payment is called from now on."""

    TABLE = "payment_row"
    KEY = ("payment_id",)

    payment_id: str
    status: PaymentStatus


class Arrived(Change, frozen=True, kw_only=True):
    TABLE = "payment_row"
    KEY = ("payment_id",)

    payment_id: str
    received_on: date


def _all(earlier: GivenUp, later: GivenUp) -> GivenUp:
    return replace(later, written_off=EXACT.add(earlier.written_off, later.written_off))


def _both(earlier: Lowered, later: Lowered) -> Lowered:
    return replace(later, credited=EXACT.add(earlier.credited, later.credited))


# An allocation says what is left after it: the last one of the batch counts.
TABLES: Final = Tables(
    *(insert(ReceivableRow), insert(PaymentRow), insert(AllocationRow), insert(CreditRow), insert(CreditAllocationRow)),
    *(insert(WriteOffRow),),
    *(update(StillOpen), update(Unallocated), update(CreditLeft), update(Disputed), update(Became), update(Arrived)),
    update(GivenUp, sets={"written_off": "t.written_off + new.written_off"}, merge=_all),
    update(Lowered, sets={"credited": "t.credited + new.credited"}, merge=_both),
    update(Withdrawn),
)


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    await TABLES.write(connection, partition, _rows(batch))


def _rows(batch: Sequence[Applied]) -> Iterator[Columns]:
    for event, envelope, _ in batch:
        yield from owed_rows(event, envelope.seq, envelope.recorded_at)
        yield from paid_rows(event, envelope.seq, envelope.recorded_at)
        yield from credit_rows(event, envelope.seq, envelope.recorded_at)


def owed_rows(event: object, seq: int, at: datetime) -> Iterator[Columns]:
    """What is owed, but for what payments and credit change of it."""
    match event:
        case ReceivableOpened():
            yield ReceivableRow.of(event, open=event.amount, recorded_at=at)
        case BalanceAdjusted(direction="debit"):
            day, owed = event.adjusted_on, event.amount
            row = ReceivableRow.of(event, invoice_id=event.adjustment_id, issued_on=day, open=owed, recorded_at=at)
            yield replace(row, kind="adjustment")
        case ReceivableWithdrawn():
            yield Withdrawn.of(event, withdrawn_at=at)
        case ReceivableWrittenOff(rounding=rounding):
            yield StillOpen.of(event)
            yield WriteOffRow.of(event, seq=seq, counts_on=event.written_off_on, recorded_at=at)
            taken_off = Lowered(invoice_id=event.invoice_id, credited=event.amount)
            yield taken_off if rounding else GivenUp(invoice_id=event.invoice_id, written_off=event.amount)
        case WriteOffRecovered():
            back = EXACT.minus(event.amount)
            yield StillOpen.of(event)
            said: dict[str, Any] = {"seq": seq, "amount": back, "rounding": False, "counts_on": event.recovered_on}
            yield WriteOffRow.of(event, recorded_at=at, **said)
            yield GivenUp(invoice_id=event.invoice_id, written_off=back)
        case DisputeOpened():
            yield Disputed(invoice_id=event.invoice_id, disputed=event.amount)
        case DisputeResolved():
            yield Disputed(invoice_id=event.invoice_id, disputed=ZERO)


def paid_rows(event: object, seq: int, at: datetime) -> Iterator[Columns]:
    """Payments, what they pay, and what became of them."""
    match event:
        case PaymentRecorded(status="succeeded"):
            yield PaymentRow.of(event, unallocated=event.amount)
        case PaymentRecorded():
            yield PaymentRow.of(event, unallocated=ZERO)
        case PaymentSucceeded():
            yield Arrived.of(event)
            yield Became(payment_id=event.payment_id, status="succeeded")
            yield Unallocated(payment_id=event.payment_id, unallocated=event.amount)
        case PaymentFailed():
            yield Became(payment_id=event.payment_id, status="failed")
        case PaymentCancelled():
            yield Became(payment_id=event.payment_id, status="cancelled")
        case PaymentAllocated():
            yield AllocationRow.of(event, seq=seq, recorded_at=at)
            yield StillOpen.of(event)
            yield Unallocated.of(event)
        case PaymentDeallocated(deallocated_on=day):
            yield AllocationRow.of(event, seq=seq, amount=EXACT.minus(event.amount), recorded_at=at, taken_back_on=day)
            yield StillOpen.of(event)
            yield Unallocated.of(event)
        case PaymentReversed():
            yield Became(payment_id=event.payment_id, status="reversed")
            yield Unallocated(payment_id=event.payment_id, unallocated=ZERO)
        case PaymentRefunded() | PaymentChargedBack() | ChargebackReversed():
            yield Became.of(event)
            yield Unallocated.of(event)


def credit_rows(event: object, seq: int, at: datetime) -> Iterator[Columns]:
    """Credit notes and granted credit, and what they pay."""
    match event:
        case CreditNoteTaken():
            yield CreditRow.of(event, recorded_at=at)
            yield StillOpen.of(event)
            yield Lowered(invoice_id=event.invoice_id, credited=event.applied)
        case CreditAllocated():
            yield CreditAllocationRow.of(event, seq=seq, recorded_at=at)
            yield StillOpen.of(event)
            yield CreditLeft.of(event)
        case CreditGranted():
            yield _granted(event, at)
        case CreditReversed() | CreditExpired():
            yield CreditLeft(credit_note_id=event.credit_id, unallocated=ZERO)


def _granted(event: CreditGranted, at: datetime) -> CreditRow:
    """Credit of no invoice: all of it pays others."""
    return CreditRow.of(
        event,
        credit_note_id=event.credit_id,
        number="",
        invoice_id="",
        applied=Decimal(0),
        unallocated=event.amount,
        issued_on=event.granted_on,
        recorded_at=at,
        granted=True,
    )

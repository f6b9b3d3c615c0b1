"""What is owed and what was paid: receivables with what is still open, payments with what is not yet allocated.

inv-7   acc-1   14.88 EUR   open 4.88   due 2026-10-15
pay-3   acc-1   10.00 EUR   unallocated 0.00   2026-10-07
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from services.payments.balance.messages import CreditAllocated, PaymentAllocated
from services.payments.credit_note.messages import CreditNoteTaken
from services.payments.granted_credit.messages import CreditExpired, CreditGranted, CreditReversed
from services.payments.payment.messages import PaymentRecorded
from services.payments.receivable.messages import ReceivableOpened, ReceivableWithdrawn
from shared.engine.postgres import Connection
from shared.engine.rows import Amount, Change, Columns, Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert, update
from shared.kernel.decimals import EXACT


class ReceivableRow(Row, frozen=True, kw_only=True):
    """An issued invoice as something owed; `open` is what is not paid yet, `credited` what its credit notes took off
    that. One that is void is `withdrawn_on` a day.
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
    method: str
    received_on: date


class AllocationRow(Row, frozen=True, kw_only=True):
    TABLE = "allocation_row"
    KEY = ("seq",)

    seq: int
    payment_id: str
    invoice_id: str
    amount: Amount
    currency: str
    recorded_at: datetime


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


def _both(earlier: Lowered, later: Lowered) -> Lowered:
    return replace(later, credited=EXACT.add(earlier.credited, later.credited))


# An allocation says what is left after it: the last one of the batch counts.
TABLES: Final = Tables(
    *(insert(ReceivableRow), insert(PaymentRow), insert(AllocationRow), insert(CreditRow), insert(CreditAllocationRow)),
    *(update(StillOpen), update(Unallocated), update(CreditLeft)),
    update(Lowered, sets={"credited": "t.credited + new.credited"}, merge=_both),
    update(Withdrawn),
)


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    await TABLES.write(connection, partition, _rows(batch))


def _rows(batch: Sequence[Applied]) -> Iterator[Columns]:
    for event, envelope, _ in batch:
        at = envelope.recorded_at
        match event:
            case ReceivableOpened():
                yield ReceivableRow.of(event, open=event.amount, recorded_at=at)
            case PaymentRecorded():
                yield PaymentRow.of(event, unallocated=event.amount)
            case PaymentAllocated():
                yield AllocationRow.of(event, seq=envelope.seq, recorded_at=at)
                yield StillOpen.of(event)
                yield Unallocated.of(event)
            case CreditNoteTaken():
                yield CreditRow.of(event, recorded_at=at)
                yield StillOpen.of(event)
                yield Lowered(invoice_id=event.invoice_id, credited=event.applied)
            case CreditAllocated():
                yield CreditAllocationRow.of(event, seq=envelope.seq, recorded_at=at)
                yield StillOpen.of(event)
                yield CreditLeft.of(event)
            case CreditGranted():
                yield _granted(event, at)
            case CreditReversed() | CreditExpired():
                yield CreditLeft(credit_note_id=event.credit_id, unallocated=Decimal(0))
            case ReceivableWithdrawn():
                yield Withdrawn.of(event, withdrawn_at=at)


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

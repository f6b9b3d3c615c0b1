"""Credit notes with what is left of them, and what they paid of other invoices.

cn-1   acc-1   CN-000001   25.00 EUR of inv-7   applied 10.00   unallocated 0.00
cn-1   inv-8   15.00
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from services.payments.balance.messages import CreditAllocated
from services.payments.credit_note.messages import CreditNoteTaken
from shared.engine.rows import Amount, Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update


class CreditNoteRow(Row, frozen=True, kw_only=True):
    """`applied` lowered its own invoice, `unallocated` is what is left as credit."""

    TABLE = "credit_note_row"
    KEY = ("credit_note_id",)

    credit_note_id: str
    number: str
    account_id: str
    invoice_id: str
    currency: str
    amount: Amount
    applied: Amount
    unallocated: Amount
    issued_on: date
    recorded_at: datetime


class CreditAllocationRow(Row, frozen=True, kw_only=True):
    """`seq` is the number of the event that says so; the currency is the credit note's. Of credit that was `granted`
    it is the id of that (granted_credit/).
    """

    TABLE = "credit_allocation_row"
    KEY = ("seq",)

    seq: int
    credit_note_id: str
    invoice_id: str
    amount: Amount
    currency: str
    granted: bool
    recorded_at: datetime


class CreditLeft(Change, frozen=True, kw_only=True):
    TABLE = "credit_note_row"
    KEY = ("credit_note_id",)

    credit_note_id: str
    unallocated: Amount


TABLES: Final = Tables(insert(CreditNoteRow), insert(CreditAllocationRow), update(CreditLeft))


def rows(applied: AppliedOf[CreditNoteTaken | CreditAllocated]) -> Iterator[Columns]:
    """A credit note is taken before it pays other invoices, so a batch can be written kind by kind."""
    event = applied.event
    match event:
        case CreditNoteTaken():
            yield CreditNoteRow.of(event, recorded_at=applied.envelope.recorded_at)
        case CreditAllocated():
            yield CreditAllocationRow.of(event, seq=applied.envelope.seq, recorded_at=applied.envelope.recorded_at)
            if not event.granted:
                yield CreditLeft.of(event)

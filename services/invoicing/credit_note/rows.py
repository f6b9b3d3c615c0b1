"""Credit notes as rows, each with its lines.

cn-1   inv-7   acc-1   locked                            service_outage   10.00 + 2.00
cn-1   inv-7   acc-1   issued   CN-000001   2026-10-09   service_outage   10.00 + 2.00
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final, Literal

from services.invoicing.credit_note.messages import CreditNoteIssued, CreditNoteLocked
from services.invoicing.proof.columns import proof_column
from shared.engine.rows import Amount, Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update


class CreditNoteRow(Row, frozen=True, kw_only=True):
    """What is taken back of an invoice. Number, date and customer are null until it is issued; `name` and `details`
    are sealed. `seq` is the number of its last event.
    """

    TABLE = "credit_note_row"
    KEY = ("credit_note_id",)

    credit_note_id: str
    number: str | None = None
    account_id: str
    invoice_id: str
    invoice_number: str
    invoice_issued_on: date
    status: Literal["locked", "issued"] = "locked"
    reason: str
    note: str
    issued_on: date | None = None
    period_start: date
    period_end: date
    currency: str
    net: Amount
    tax: Amount
    total: Amount
    tax_groups: Jsonb
    reissued_as: str | None
    seller: Jsonb | None
    legal_entity: str | None
    proof: Jsonb | None = None
    name: str | None = None
    details: str | None = None
    issued_at: datetime | None = None
    seq: int


class CreditNoteLineRow(Row, frozen=True, kw_only=True):
    """A line in its place; `invoice_line` is the one of the invoice that it credits, `null` where it is none."""

    TABLE = "credit_note_line"
    KEY = ("credit_note_id", "place")

    credit_note_id: str
    place: int
    invoice_line: int | None
    line: Jsonb


class IssuedCreditNote(Change, frozen=True, kw_only=True):
    TABLE = "credit_note_row"
    KEY = ("credit_note_id",)

    credit_note_id: str
    status: Literal["issued"] = "issued"
    number: str
    issued_on: date
    proof: Jsonb | None
    name: str
    details: str | None
    issued_at: datetime
    seq: int


TABLES: Final = Tables(insert(CreditNoteRow), insert(CreditNoteLineRow), update(IssuedCreditNote))


def rows(applied: AppliedOf[CreditNoteLocked | CreditNoteIssued]) -> Iterator[Columns]:
    event, envelope = applied.event, applied.envelope
    match event:
        case CreditNoteLocked():
            yield CreditNoteRow.of(
                event,
                invoice_number=event.corrects.number,
                invoice_issued_on=event.corrects.issued_on,
                period_start=event.period.start,
                period_end=event.period.end,
                tax_groups=jsonb(event.tax_groups),
                seller=None if event.seller is None else jsonb(event.seller),
                seq=envelope.seq,
            )
            for place, line in enumerate(event.lines, 1):
                of = event.invoice_lines[place - 1] if place <= len(event.invoice_lines) else 0
                yield CreditNoteLineRow(
                    credit_note_id=event.credit_note_id, place=place, invoice_line=of or None, line=jsonb(line)
                )
        case CreditNoteIssued():
            proof = proof_column(event.credit_note_id, event)
            yield IssuedCreditNote.of(event, proof=proof, issued_at=envelope.recorded_at, seq=envelope.seq)

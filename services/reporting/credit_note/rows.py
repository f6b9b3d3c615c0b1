"""Credit notes as documents, with their lines. What they settle is payments' side of the view.

cn-1   CN-000001   of inv-7   acc-1   2026-10-09   service_outage   10.00 + 2.00
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from services.invoicing.credit_note.messages import CreditNoteIssued
from services.invoicing.invoice.messages import InvoiceLine
from services.reporting.invoiced.region import region_of
from shared.engine.postgres import Connection
from shared.engine.rows import Amount, Columns, Jsonb, Row, jsonb
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert


class CreditNoteRow(Row, frozen=True, kw_only=True):
    """An issued credit note; `reissued_as` is the draft that bills anew what it credits."""

    TABLE = "credit_note_row"
    KEY = ("credit_note_id",)

    credit_note_id: str
    number: str
    account_id: str
    invoice_id: str
    currency: str
    issued_on: date
    reason: str
    net: Amount
    tax: Amount
    total: Amount
    tax_groups: Jsonb
    region: str
    reissued_as: str | None
    issued_at: datetime


class CreditNoteLineRow(Row, frozen=True, kw_only=True):
    """A line, for what it is about; amounts are the credit note's, above zero."""

    TABLE = "credit_note_line_row"
    KEY = ("credit_note_id", "place")

    credit_note_id: str
    place: int
    kind: str
    charge_id: str | None
    subscription_id: str | None
    plan_id: str | None
    meter: str | None
    net: Amount


_TAXED: Final = ("category", "rate", "base", "tax")
TABLES: Final = Tables(insert(CreditNoteRow), insert(CreditNoteLineRow))


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    await TABLES.write(connection, partition, _rows(batch))


def _rows(batch: Sequence[Applied]) -> Iterator[Columns]:
    for event, envelope, _ in batch:
        if isinstance(event, CreditNoteIssued):
            groups = jsonb([{name: getattr(one, name) for name in _TAXED} for one in event.tax_groups])
            region = region_of(event.tax_groups)
            yield CreditNoteRow.of(event, issued_at=envelope.recorded_at, tax_groups=groups, region=region)
            yield from (_line(event.credit_note_id, place, line) for place, line in enumerate(event.lines, 1))


def _line(credit_note_id: str, place: int, line: InvoiceLine) -> CreditNoteLineRow:
    return CreditNoteLineRow.of(
        line,
        credit_note_id=credit_note_id,
        place=place,
        charge_id=line.charge_id or None,
        subscription_id=line.subscription_id or None,
        plan_id=line.plan_id or None,
    )

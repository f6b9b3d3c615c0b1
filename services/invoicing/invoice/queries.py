"""Invoices and their lines out of the tables."""

from __future__ import annotations

from typing import Final

import asyncpg
import msgspec

from services.invoicing.invoice.messages import InvoiceLine
from shared.http.api import Api
from shared.http.problems import not_found
from shared.http.waiting import until

AMOUNT_DUE_WAIT_S: Final = 2.0
"""Payments says at once what credit paid of a new invoice; while it is away the document asks for the whole total."""


async def read_invoice(api: Api, invoice_id: str) -> asyncpg.Record:
    """The row of an invoice. Raises `not_found`."""
    row: asyncpg.Record | None = await api.db.fetchrow("select * from invoice_row where invoice_id = $1", invoice_id)
    if row is None:
        raise not_found("invoice", invoice_id)
    return row


async def read_invoice_with_amount_due(api: Api, invoice_id: str) -> asyncpg.Record:
    """The invoice; where it is issued, as soon as payments has said what credit paid of it."""
    return await until(
        lambda: read_invoice(api, invoice_id),
        lambda row: row["status"] != "issued" or row["amount_due"] is not None,
        wait_s=AMOUNT_DUE_WAIT_S,
    )


async def read_lines(api: Api, invoice_id: str) -> list[InvoiceLine]:
    """All lines of an invoice, in their order."""
    rows = await api.db.fetch(
        "select line::text as line from invoice_line where invoice_id = $1 order by n", invoice_id
    )
    return [decode_line(row["line"]) for row in rows]


def decode_line(text: str) -> InvoiceLine:
    """A line from the `line` column, as text."""
    return msgspec.json.decode(text, type=InvoiceLine)

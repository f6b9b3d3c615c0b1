"""Credit notes and their lines out of the tables."""

from __future__ import annotations

import asyncpg

from shared.http.api import Api
from shared.http.problems import not_found


async def read_credit_note(api: Api, credit_note_id: str) -> asyncpg.Record:
    """The row of a credit note. Raises `not_found`."""
    row: asyncpg.Record | None = await api.db.fetchrow(
        "select * from credit_note_row where credit_note_id = $1", credit_note_id
    )
    if row is None:
        raise not_found("credit note", credit_note_id)
    return row


async def read_credited_lines(api: Api, note: asyncpg.Record) -> list[asyncpg.Record]:
    """All lines of a credit note, in their order: `place`, `invoice_line` and `line`, as text."""
    rows: list[asyncpg.Record] = await api.db.fetch(
        "select place, invoice_line, line::text as line from credit_note_line"
        " where partition = $1 and credit_note_id = $2 order by place",
        note["partition"],
        note["credit_note_id"],
    )
    return rows

"""The lines of issued invoices, out of the table that the projection writes: their states have dropped them.

They are there before an invoice is locked, and never change, so what is loaded is what was issued.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from services.invoicing.invoice.messages import InvoiceLine
from services.invoicing.invoice.state import IssuedLines
from shared.engine.postgres import Connection

_LINES: Final = """
select invoice_id, line::text as line from invoice_line
 where partition = $1 and invoice_id = any($2::text[]) order by invoice_id, n
"""


async def issued_lines(connection: Connection, partition: int, keys: Sequence[str]) -> Mapping[str, IssuedLines]:
    """The lines of these invoices of the partition."""
    found: dict[str, list[InvoiceLine]] = {}
    for row in await connection.fetch(_LINES, partition, keys):
        found.setdefault(row["invoice_id"], []).append(msgspec.json.decode(row["line"], type=InvoiceLine))
    return {key: IssuedLines(invoice_id=key, lines=lines) for key, lines in found.items()}

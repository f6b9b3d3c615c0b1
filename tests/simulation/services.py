"""The four deciding services as the simulation runs them: all of them but the tables that they write for readers.

Their deciders never read those tables, with three exceptions: the dedupe keys of usage and the lines of invoices, which
their projections write and load themselves, have a stand-in here; keys that were used before they were claimed do not
occur.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from services.invoicing.invoice.messages import DraftLineAdded, DraftReissued, InvoiceLine
from services.invoicing.invoice.state import IssuedLines
from services.invoicing.service import SERVICE as INVOICING
from services.payments.app import SERVICE as PAYMENTS
from services.rating.app import SERVICE as RATING
from services.usage.app import SERVICE as USAGE
from services.usage.record.messages import UsageRecorded
from services.usage.record.state import DedupeKey
from shared.engine.service import Applied, Service
from shared.kernel import wire
from tests.kit.memory_store.connection import MemoryConnection
from tests.kit.memory_store.database import Database

DEDUPE_KEYS: Final = "dedupe_key"
INVOICE_LINES: Final = "invoice_line"


async def _project_nothing(connection: Any, partition: int, batch: Sequence[Applied]) -> None:
    """What readers would be shown."""


async def _project_dedupe_keys(connection: MemoryConnection, partition: int, batch: Sequence[Applied]) -> None:
    rows = {
        (DEDUPE_KEYS, partition, record.dedupe_key.hex()): record.content
        for applied in batch
        if isinstance(applied.event, UsageRecorded)
        for record in applied.event.records
    }

    def write(database: Database) -> None:
        database.extra.update(rows)

    await connection.write(write)


async def _load_dedupe_keys(
    connection: MemoryConnection, partition: int, keys: Sequence[str]
) -> Mapping[str, DedupeKey]:
    def look_up(database: Database) -> Mapping[str, DedupeKey]:
        return {
            key: DedupeKey(name=key, content=database.extra[DEDUPE_KEYS, partition, key])
            for key in keys
            if (DEDUPE_KEYS, partition, key) in database.extra
        }

    return await connection.read(look_up)


async def _project_lines(connection: MemoryConnection, partition: int, batch: Sequence[Applied]) -> None:
    rows = {
        (INVOICE_LINES, partition, f"{event.invoice_id} {line.n}"): wire.write(line)
        for event, _, _ in batch
        if isinstance(event, DraftLineAdded | DraftReissued)
        for line in ([event.line] if isinstance(event, DraftLineAdded) else event.lines)
    }

    def write(database: Database) -> None:
        database.extra.update(rows)

    await connection.write(write)


async def _load_lines(connection: MemoryConnection, partition: int, keys: Sequence[str]) -> Mapping[str, IssuedLines]:
    def look_up(database: Database) -> Mapping[str, IssuedLines]:
        found: dict[str, list[InvoiceLine]] = {}
        for (table, home, key), body in database.extra.items():
            invoice_id = key.partition(" ")[0]
            if (table, home) == (INVOICE_LINES, partition) and invoice_id in keys:
                found.setdefault(invoice_id, []).append(wire.read(InvoiceLine, body))
        return {
            key: IssuedLines(invoice_id=key, lines=sorted(lines, key=lambda line: line.n))
            for key, lines in found.items()
        }

    return await connection.read(look_up)


SERVICES: Final[Mapping[str, Service]] = {
    "usage": replace(
        USAGE,
        project=_project_dedupe_keys,  # type: ignore[arg-type]
        loaders={DedupeKey: _load_dedupe_keys},  # type: ignore[dict-item]
        background=(),
    ),
    "rating": replace(RATING, project=_project_nothing, loaders={}),
    "invoicing": replace(
        INVOICING,
        project=_project_lines,  # type: ignore[arg-type]
        loaders={IssuedLines: _load_lines},  # type: ignore[dict-item]
    ),
    "payments": replace(PAYMENTS, project=_project_nothing, loaders={}),
}
"""In the order in which money flows."""

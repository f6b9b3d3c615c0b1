"""The four deciding services as the simulation runs them: all of them but the tables that they write for readers.

Their deciders never read those tables, with two exceptions: the dedupe keys of usage, whose rows its projection writes
and loads itself, have a stand-in here; keys that were used before they were claimed do not occur.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from services.invoicing.app import SERVICE as INVOICING
from services.payments.service import SERVICE as PAYMENTS
from services.rating.app import SERVICE as RATING
from services.usage.app import SERVICE as USAGE
from services.usage.events import UsageRecorded
from services.usage.state import Seen
from shared.engine.service import Applied, Service
from tests.kit.memory_store.connection import MemoryConnection
from tests.kit.memory_store.database import Database

SEEN: Final = "seen"


async def _project_nothing(connection: Any, partition: int, batch: Sequence[Applied]) -> None:
    """What readers would be shown."""


async def _project_seen(connection: MemoryConnection, partition: int, batch: Sequence[Applied]) -> None:
    rows = {
        (SEEN, partition, record.dedupe_key.hex()): record.content
        for applied in batch
        if isinstance(applied.event, UsageRecorded)
        for record in applied.event.records
    }

    def write(database: Database) -> None:
        database.extra.update(rows)

    await connection.write(write)


async def _load_seen(connection: MemoryConnection, partition: int, keys: Sequence[str]) -> Mapping[str, Seen]:
    def look_up(database: Database) -> Mapping[str, Seen]:
        return {
            key: Seen(name=key, content=database.extra[SEEN, partition, key])
            for key in keys
            if (SEEN, partition, key) in database.extra
        }

    return await connection.read(look_up)


SERVICES: Final[Mapping[str, Service]] = {
    "usage": replace(
        USAGE,
        project=_project_seen,  # type: ignore[arg-type]
        loaders={Seen: _load_seen},  # type: ignore[dict-item]
        background=(),
    ),
    "rating": replace(RATING, project=_project_nothing, loaders={}),
    "invoicing": replace(INVOICING, project=_project_nothing),
    "payments": replace(PAYMENTS, project=_project_nothing, loaders={}),
}
"""In the order in which money flows."""

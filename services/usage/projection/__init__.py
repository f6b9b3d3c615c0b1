"""Own events -> the tables of tables.sql, inside the worker's transaction; and the keys that deciders look up.

recorded.py    UsageRecorded: dedupe keys, quarantine, batches, all in bulk
returned.py    UsageReturned: accepted records that rating gave back
reference.py   meters, resources, assignments
undecodable.py UndecodableReported: where the bytes are
seen.py        loads dedupe keys for a batch of commands
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from services.usage.events import UndecodableReported, UsageRecorded, UsageReturned
from services.usage.projection.recorded import write_recorded
from services.usage.projection.reference import write_reference
from services.usage.projection.returned import write_returned
from services.usage.projection.seen import load_seen
from services.usage.projection.undecodable import write_undecodable

if TYPE_CHECKING:
    from shared.engine.postgres import Connection
    from shared.engine.service import Applied

__all__ = ["load_seen", "project"]


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """All events of a batch. Records first: what is returned may have been recorded in the same batch of a replay."""
    recorded = [(a.event, a.envelope) for a in batch if isinstance(a.event, UsageRecorded)]
    if recorded:
        await write_recorded(connection, partition, recorded)
    for event, envelope, _ in batch:
        if isinstance(event, UsageReturned):
            await write_returned(connection, partition, event, envelope)
        elif isinstance(event, UndecodableReported):
            await write_undecodable(connection, partition, event, envelope)
        else:
            await write_reference(connection, partition, event, envelope)

"""UsageRecorded -> dedupe keys and batches, one statement per table for many events; and the keys looked up again.

An accepted or quarantined record leaves 24 bytes of key. What an HTTP request brought adds up in its batch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from services.usage.record.messages import UsageRecorded
from services.usage.record.state import DedupeKey

if TYPE_CHECKING:
    from shared.engine.postgres import Connection
    from shared.engine.service import Applied


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    recorded = [applied for applied in batch if isinstance(applied.event, UsageRecorded)]
    keys = [(partition, r.dedupe_key, r.content) for applied in recorded for r in applied.event.records]
    if keys:
        # COPY, because an insert of so many rows costs Postgres and the client twice as much.
        await connection.copy_records_to_table("dedupe_key", records=keys)
    await _write_batches(connection, partition, recorded)


async def load_dedupe_keys(connection: Connection, partition: int, keys: Sequence[str]) -> Mapping[str, DedupeKey]:
    """Those of the keys (hex) that were counted before, in one query for a batch of commands."""
    rows = await connection.fetch(
        "select key, content from dedupe_key where partition = $1 and key = any($2::bytea[])",
        partition,
        [bytes.fromhex(key) for key in keys],
    )
    return {(name := row["key"].hex()): DedupeKey(name=name, content=row["content"]) for row in rows}


async def _write_batches(connection: Connection, partition: int, recorded: Sequence[Applied]) -> None:
    """A batch of over 1,000 records comes to a partition in several events, which add up."""
    rows = [
        (
            partition,
            event.batch_id,
            event.batch_received,
            event.batch_rejected,
            *_outcome(event),
            envelope.recorded_at,
        )
        for event, envelope, _ in recorded
        if event.batch_id is not None
    ]
    if rows:
        await connection.executemany(
            """insert into batch as b
                 (partition, id, received, rejected, accepted, quarantined, duplicates, conflicts, recorded_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
               on conflict (partition, id) do update set accepted = b.accepted + excluded.accepted,
                 quarantined = b.quarantined + excluded.quarantined, duplicates = b.duplicates + excluded.duplicates,
                 conflicts = b.conflicts + excluded.conflicts, recorded_at = excluded.recorded_at""",
            rows,
        )


def _outcome(event: UsageRecorded) -> tuple[int, int, int, int]:
    quarantined = sum(record.reason is not None for record in event.records)
    states = Counter(record.state for record in event.set_aside)
    return len(event.records) - quarantined, quarantined, states["duplicate"], states["conflict"]

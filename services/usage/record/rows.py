"""UsageRecorded -> dedupe keys and batches, one statement per table for many events; and the keys looked up again.

An accepted or quarantined record leaves 24 bytes of key. What an HTTP request brought adds up in its batch.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from services.usage.record.columns import CONTENT_BYTES, DEDUPE_KEY_BYTES
from services.usage.record.messages import DedupeKeysDropped, UsageRecorded
from services.usage.record.state import TOO_LATE, DedupeKey
from shared.engine.binary_copy import copy_binary
from shared.engine.newest_keys import OrderedLoader
from shared.engine.postgres import Connection
from shared.engine.rows import Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, upsert


class DedupeKeyRow(Row, frozen=True, kw_only=True):
    """A record that was counted; `content` is the hash of what it said."""

    TABLE = "dedupe_key"
    KEY = ("key",)

    key: bytes
    content: bytes


class BatchRow(Row, frozen=True, kw_only=True):
    """What became of an HTTP request's records in one partition; `received` and `rejected` count its whole body."""

    TABLE = "batch"
    KEY = ("id",)

    id: str
    received: int
    rejected: int
    accepted: int
    quarantined: int
    duplicates: int
    conflicts: int
    recorded_at: datetime


# A key begins with its day, so those of past days lie together at the beginning of the index.
_DROP: Final = "delete from dedupe_key where partition = $1 and key < $2"
_DROP_BATCHES: Final = "delete from batch where partition = $1 and recorded_at < $2"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_KEY_COLUMNS: Final = ("partition", *DedupeKeyRow.__struct_fields__)
_HIGHEST: Final = """
select d.day, k.key from unnest($2::bytea[]) as d (day) cross join lateral (
    select key from dedupe_key
     where partition = $1 and key between d.day and d.day || decode(repeat('ff', 14), 'hex')
     order by partition desc, key desc limit 1
) k
"""
_OUTCOMES: Final = ("accepted", "quarantined", "duplicates", "conflicts")


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    recorded = [applied for applied in batch if isinstance(applied.event, UsageRecorded)]
    keys, contents = _keys([applied.event for applied in recorded if applied.event.reported])
    if keys:
        # Hot: COPY of bytes that are ready, a fifth of the cost of rows that are written one by one.
        await copy_binary(connection, DedupeKeyRow.TABLE, _KEY_COLUMNS, [copied_keys(partition, keys, contents)])
    for applied in batch:
        if type(applied.event) is DedupeKeysDropped:
            before: int = applied.event.before
            await connection.execute(_DROP, partition, before.to_bytes(2, "big"))
            await connection.execute(_DROP_BATCHES, partition, _EPOCH + timedelta(days=before))
    batches = [_batch(applied) for applied in recorded if applied.event.batch_id is not None]
    await _BATCHES.write(connection, partition, batches)


async def load_dedupe_keys(connection: Connection, partition: int, keys: Sequence[str]) -> Mapping[str, DedupeKey]:
    """Those of the keys (hex) that were counted before, in one query for a batch of commands."""
    rows = await connection.fetch(
        "select key, content from dedupe_key where partition = $1 and key = any($2::bytea[])",
        partition,
        [bytes.fromhex(key) for key in keys],
    )
    return {(name := row["key"].hex()): DedupeKey(name=name, content=row["content"]) for row in rows}


async def highest_keys(connection: Connection, partition: int, days: Sequence[str]) -> Mapping[str, str]:
    """The last key of each day that has one: all in hex, a day as the two bytes that its keys begin with."""
    rows = await connection.fetch(_HIGHEST, partition, [bytes.fromhex(day) for day in days])
    return {row["day"].hex(): row["key"].hex() for row in rows}


def _keys(events: Sequence[UsageRecorded]) -> tuple[bytes, bytes]:
    """The keys of all events one behind the other, and the contents likewise."""
    keys, contents = [], []
    for event in events:
        records = event.records
        if any(reason == TOO_LATE for _, _, reason, _ in records.fate.values):
            # What is too late to be deduplicated leaves no key: it would be dropped at once.
            kept = [record for record in records if record.reason != TOO_LATE]
            keys += [record.dedupe_key for record in kept]
            contents += [record.content for record in kept]
        else:
            keys.append(records.dedupe_key)
            contents.append(records.content)
    return b"".join(keys), b"".join(contents)


def copied_keys(partition: int, keys: bytes, contents: bytes) -> bytes:
    """The rows for `copy_binary`: each is alike but for key and content, which are put in byte by byte for all rows at
    once.

    >>> len(copied_keys(3, bytes(32), bytes(16)))
    84
    """
    row = b"".join(
        (
            struct.pack(">hii", 3, 4, partition),
            struct.pack(">i", DEDUPE_KEY_BYTES) + bytes(DEDUPE_KEY_BYTES),
            struct.pack(">i", CONTENT_BYTES) + bytes(CONTENT_BYTES),
        )
    )
    rows = bytearray(row * (len(keys) // DEDUPE_KEY_BYTES))
    key_at, content_at = len(row) - CONTENT_BYTES - 4 - DEDUPE_KEY_BYTES, len(row) - CONTENT_BYTES
    for n in range(DEDUPE_KEY_BYTES):
        rows[key_at + n :: len(row)] = keys[n::DEDUPE_KEY_BYTES]
    for n in range(CONTENT_BYTES):
        rows[content_at + n :: len(row)] = contents[n::CONTENT_BYTES]
    return bytes(rows)


def _batch(applied: Applied) -> BatchRow:
    event: UsageRecorded = applied.event
    assert event.batch_id is not None
    quarantined = event.records.parked
    states = Counter(record.state for record in event.set_aside)
    return BatchRow(
        id=event.batch_id,
        received=event.batch_received,
        rejected=event.batch_rejected,
        accepted=len(event.records) - quarantined + len(event.signals),
        quarantined=quarantined,
        duplicates=states["duplicate"],
        conflicts=states["conflict"],
        recorded_at=applied.envelope.recorded_at,
    )


DEDUPE_KEYS: Final = OrderedLoader(load_dedupe_keys, highest_keys, prefix_length=4)
"""Keys of a day come in the order of their ids, where these are UUIDv7."""


def _together(earlier: BatchRow, later: BatchRow) -> BatchRow:
    """A batch of over 1,000 records comes to a partition in several events, which add up."""
    sums = {name: getattr(earlier, name) + getattr(later, name) for name in _OUTCOMES}
    return BatchRow.of(later, **sums)


_BATCHES: Final = Tables(
    upsert(BatchRow, sets={name: f"t.{name} + excluded.{name}" for name in _OUTCOMES}, merge=_together)
)

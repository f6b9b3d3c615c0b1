"""Before a partition goes on: what other partitions write for it must be as new as anybody has been told.

A plan or an assignment is read from the rows of the partition that owns it. After a crash of Postgres, or its restore
from a backup, those rows are older than what callers were answered, until their owner has applied what the log has. A
partition that is quicker would rate usage without a price that is in force. So takeover ends with a look around:

    rating/0   applied up to 41, the log ends at 42 with a commit marker     up to date
    rating/2   applied up to 17, the log holds event 9 at 17                 wait for its owner

The same holds for keys of payments that were recorded before keys were claimed: they stand in rows of all partitions.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Final

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.engine.owned_partition import OwnedPartition
from shared.engine.store import GenerationMoved
from shared.kernel.claims import EarlierUse
from shared.kernel.decider import Home

log = structlog.get_logger()

# An owner that died is replaced within 12 s. One that can't go on (a poisoned event) must not hold up all others.
GIVE_UP_AFTER_S: Final = 20.0
LOOK_AGAIN_S: Final = 0.1
# The last event of a log stands before the marker of its transaction; behind it there are aborted ones at most.
_TAIL: Final = 50

_Offsets = Mapping[TopicPartition, int]


async def wait_for_other_partitions(owned: OwnedPartition) -> None:
    """Returns once the rows of other partitions hold all that their logs hold now, or logs that they do not.

    A partition that is to be given up waits no longer: the group hands out the others when all have let go, and so the
    one that is waited for may have no owner before.
    """
    service = owned.service
    if EarlierUse not in service.loaders and all(kind.HOME is Home.OWN for kind in service.states):
        return
    topic = owned.kafka.topic(f"{owned.service.name}.events")
    others = [TopicPartition(topic, p) for p in range(owned.partitions) if p != owned.partition]
    ends = await owned.log_offsets.ends(others) if others else {}
    last = await _last_unapplied(owned, {tp: end for tp, end in ends.items() if end > 0})
    deadline = time.monotonic() + GIVE_UP_AFTER_S
    while not owned.stopping and (behind := await _behind(owned, last)):
        if time.monotonic() > deadline:
            log.error("other_partitions_behind", service=owned.service.name, partitions=behind)
            return
        await asyncio.sleep(LOOK_AGAIN_S)


async def _behind(owned: OwnedPartition, last: _Offsets) -> list[int]:
    """The partitions whose last event is not applied yet."""
    if not last:
        return []
    applied = await _applied(owned)
    return [tp.partition for tp, offset in last.items() if applied.get(tp.partition, 0) <= offset]


async def _last_unapplied(owned: OwnedPartition, ends: _Offsets) -> _Offsets:
    """The offset of each log's last event that Postgres has not seen. Markers take offsets: only reading can tell."""
    applied = await _applied(owned)
    starts = {tp: applied.get(tp.partition, 0) for tp, end in ends.items() if applied.get(tp.partition, 0) < end}
    found = await _last_events(owned, {tp: max(start, ends[tp] - _TAIL) for tp, start in starts.items()}, ends)
    long_tails = {tp: start for tp, start in starts.items() if tp not in found and start < ends[tp] - _TAIL}
    return {**found, **await _last_events(owned, long_tails, ends)}


async def _last_events(owned: OwnedPartition, starts: _Offsets, ends: _Offsets) -> _Offsets:
    """The last event in [start, end) of each, if there is one.

    A reader for each call: one that is assigned anew just before it is stopped may wait for ever, as aiokafka loses the
    cancellation while it takes leave of the assignment before.
    """
    if not starts:
        return {}
    reader = await owned.kafka.reader()
    try:
        return await _read_to_end(reader, starts, ends)
    finally:
        await reader.stop()


async def _read_to_end(reader: AIOKafkaConsumer, starts: _Offsets, ends: _Offsets) -> _Offsets:
    reader.assign(list(starts))
    for tp, start in starts.items():
        reader.seek(tp, start)
    last: dict[TopicPartition, int] = {}
    unread = list(starts)
    while unread:
        for tp, records in (await reader.getmany(*unread, timeout_ms=200)).items():
            if below := [record.offset for record in records if record.offset < ends[tp]]:
                last[tp] = below[-1]
        unread = [tp for tp in unread if await reader.position(tp) < ends[tp]]
    return last


async def _applied(owned: OwnedPartition) -> dict[int, int]:
    async with owned.pool.acquire() as connection:
        rows = await connection.fetch(
            "select partition, next_offset from meterlog.checkpoint where gen = $1 and topic = $2",
            owned.checkpoints.gen,
            owned.checkpoints.topic,
        )
    if not rows:
        # Not even our own, which takeover has just read: the tables were exchanged since.
        raise GenerationMoved(f"{owned.checkpoints.topic}: generation {owned.checkpoints.gen} is no longer shown")
    return {row["partition"]: row["next_offset"] for row in rows}

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
from typing import TYPE_CHECKING, Final

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.engine.store import GenerationMoved
from shared.kernel.claims import EarlierUse
from shared.kernel.decider import Home

if TYPE_CHECKING:
    from shared.engine.worker import Worker

log = structlog.get_logger()

# An owner that died is replaced within 12 s. One that can't go on (a poisoned event) must not hold up all others.
PATIENCE_S: Final = 20.0
LOOK_AGAIN_S: Final = 0.1
# The last event of a log stands before the marker of its transaction; behind it there are aborted ones at most.
_TAIL: Final = 50

_Offsets = Mapping[TopicPartition, int]


async def wait_for_other_partitions(worker: Worker) -> None:
    """Returns once the rows of other partitions hold all that their logs hold now, or says so after `PATIENCE_S`."""
    service = worker.service
    if EarlierUse not in service.loaders and all(kind.HOME is Home.OWN for kind in service.states):
        return
    topic = worker.kafka.topic(f"{worker.service.name}.events")
    others = [TopicPartition(topic, p) for p in range(worker.partitions) if p != worker.partition]
    ends = await worker.log_offsets.ends(others) if others else {}
    last = await _last_unapplied(worker, {tp: end for tp, end in ends.items() if end > 0})
    deadline = time.monotonic() + PATIENCE_S
    while behind := await _behind(worker, last):
        if time.monotonic() > deadline:
            log.error("neighbours_behind", service=worker.service.name, partitions=behind)
            return
        await asyncio.sleep(LOOK_AGAIN_S)


async def _behind(worker: Worker, last: _Offsets) -> list[int]:
    """The partitions whose last event is not applied yet."""
    if not last:
        return []
    applied = await _applied(worker)
    return [tp.partition for tp, offset in last.items() if applied.get(tp.partition, 0) <= offset]


async def _last_unapplied(worker: Worker, ends: _Offsets) -> _Offsets:
    """The offset of each log's last event that Postgres has not seen. Markers take offsets: only reading can tell."""
    applied = await _applied(worker)
    starts = {tp: applied.get(tp.partition, 0) for tp, end in ends.items() if applied.get(tp.partition, 0) < end}
    found = await _last_events(worker, {tp: max(start, ends[tp] - _TAIL) for tp, start in starts.items()}, ends)
    long_tails = {tp: start for tp, start in starts.items() if tp not in found and start < ends[tp] - _TAIL}
    return {**found, **await _last_events(worker, long_tails, ends)}


async def _last_events(worker: Worker, starts: _Offsets, ends: _Offsets) -> _Offsets:
    """The last event in [start, end) of each, if there is one.

    A reader for each call: one that is assigned anew just before it is stopped may wait for ever, as aiokafka loses the
    cancellation while it takes leave of the assignment before.
    """
    if not starts:
        return {}
    reader = await worker.kafka.reader()
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


async def _applied(worker: Worker) -> dict[int, int]:
    async with worker.pool.acquire() as connection:
        rows = await connection.fetch(
            "select partition, next_offset from meterlog.checkpoint where gen = $1 and topic = $2",
            worker.checkpoints.gen,
            worker.checkpoints.topic,
        )
    if not rows:
        # Not even our own, which takeover has just read: the tables were exchanged since.
        raise GenerationMoved(f"{worker.checkpoints.topic}: generation {worker.checkpoints.gen} is no longer shown")
    return {row["partition"]: row["next_offset"] for row in rows}

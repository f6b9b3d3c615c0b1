"""Moves one partition of a build forward: reads its part of the log and writes rows and checkpoint in one transaction.

async with building(spec, LogPartition("rating.events", 3), gen=8, kafka=kafka, dsn=dsn) as builder:
    await builder.advance(until=120_442)       # exactly what lies below that offset; killed, it goes on from there
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Final

import asyncpg
from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.engine.generation import Generation
from shared.engine.log import Log
from shared.engine.postgres import Connection
from shared.engine.rebuild.duplicate_events import doubled_in, said
from shared.engine.rebuild.log_partitions import LogPartition
from shared.engine.rebuild.reading import FoldsOwnEvents, Reading, Records, ShowsUpstream
from shared.engine.service import Service, Spec, ViewService
from shared.engine.store import Checkpoint, CheckpointStore
from shared.engine.takeover import LogLost
from shared.kernel.sequence_gap import SequenceGap

# A fetch brings up to 4 MiB; of small events a transaction of so many is large enough.
EVENTS_MAX: Final = 5_000
# Everything asked for is committed: a log that stays silent for so long is not going to speak.
SILENCE_S: Final = 60.0
POLL_MS: Final = 100


class Builder:
    """One partition of one build. Two at the same time exclude each other by the checkpoint (`AppliedElsewhere`)."""

    def __init__(
        self,
        log_partition: LogPartition,
        tp: TopicPartition,
        checkpoint: Checkpoint,
        *,
        checkpoints: CheckpointStore,
        reading: Reading,
        reader: AIOKafkaConsumer,
        connection: Connection,
    ) -> None:
        self.checkpoint = checkpoint
        self._log_partition = log_partition
        self._tp = tp
        self._checkpoints = checkpoints
        self._reading = reading
        self._reader = reader
        self._connection = connection

    async def advance(self, until: int) -> None:
        """Apply every event below that offset and none beyond. The log must be committed up to there."""
        if self.checkpoint.next_offset >= until:
            return
        self._reader.seek(self._tp, self.checkpoint.next_offset)
        fetching: asyncio.Task[Records] | None = asyncio.create_task(self._fetch(until))
        try:
            while fetching is not None:
                records = await fetching
                ended = await self._reader.position(self._tp) >= until
                # The next fetch is under way while these are worked on.
                fetching = None if ended else asyncio.create_task(self._fetch(until))
                if wanted := [record for record in records if record.offset < until]:
                    await self._apply(wanted)
        except SequenceGap as gap:
            await _let_go(fetching)
            await self._name_doubled(gap)
            raise
        finally:
            await _let_go(fetching)

    async def _fetch(self, until: int) -> Records:
        """What comes next; nothing where only a commit's mark stands before `until`."""
        deadline = time.monotonic() + SILENCE_S
        while await self._reader.position(self._tp) < until:
            got = await self._reader.getmany(self._tp, timeout_ms=POLL_MS, max_records=EVENTS_MAX)
            if got:
                records: Records = got[self._tp]
                return records
            if time.monotonic() > deadline:
                at = await self._reader.position(self._tp)
                raise TimeoutError(f"{self._log_partition}: nothing came for {SILENCE_S:g} s at {at}, below {until}")
        return ()

    async def _apply(self, records: Records) -> None:
        before = self.checkpoint
        chunk = await self._reading.read(self._connection, before, records)
        after = replace(
            before,
            next_offset=records[-1].offset + 1,
            next_seq=chunk.last.seq + 1,
            last_event_id=str(chunk.last.seq),
            recorded_at=chunk.last.recorded_at,
        )
        async with self._connection.transaction():
            await self._checkpoints.move(self._connection, before, after, reference=chunk.reference)
            await chunk.write(self._connection)
        self.checkpoint = after

    async def _name_doubled(self, gap: SequenceGap) -> None:
        """Raises a `SequenceGap` that says which events stand twice, if any do."""
        found, count = await doubled_in(self._reader, self._tp)
        if found:
            raise SequenceGap(said(str(self._log_partition), found, count)) from gap


async def _let_go(fetching: asyncio.Task[Records] | None) -> None:
    if fetching is not None:
        fetching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await fetching


@asynccontextmanager
async def building(
    spec: Spec, log_partition: LogPartition, *, gen: int, kafka: Log, dsn: str
) -> AsyncIterator[Builder]:
    """A builder with a connection and a reader of its own, standing where the build's checkpoint says.

    Raises `LogLost` where the log no longer begins at its beginning.
    """
    settings = {
        "search_path": Generation(gen, shown=False).search_path,
        "synchronous_commit": "off",
        "application_name": "meterlog-rebuild",
    }
    connection = await asyncpg.connect(dsn, server_settings=settings, command_timeout=600)
    try:
        checkpoints = CheckpointStore(gen, log_partition.topic, log_partition.partition)
        checkpoint = await checkpoints.read(connection)
        reader = await kafka.reader()
        try:
            tp = TopicPartition(kafka.topic(log_partition.topic), log_partition.partition)
            reader.assign([tp])
            # At once: a position that nobody has set raises.
            reader.seek(tp, checkpoint.next_offset)
            fresh = checkpoint.next_offset == 0
            if fresh and (begins := (await reader.beginning_offsets([tp]))[tp]):
                raise LogLost(
                    f"{log_partition} begins at {begins}: what was before can't be rebuilt; restore the topic"
                )
            yield Builder(
                log_partition,
                tp,
                checkpoint,
                checkpoints=checkpoints,
                reading=_reading(spec, log_partition, kafka, fresh=fresh),
                reader=reader,
                connection=connection,
            )
        finally:
            await reader.stop()
    finally:
        await connection.close()


def _reading(spec: Spec, log_partition: LogPartition, kafka: Log, *, fresh: bool) -> Reading:
    if isinstance(spec, Service):
        return FoldsOwnEvents(spec, log_partition.partition, kafka, from_the_first=fresh)
    assert isinstance(spec, ViewService)
    return ShowsUpstream(spec, log_partition)

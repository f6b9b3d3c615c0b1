"""Records of a log become what a projection writes: own events by folding them, those of others as they are.

    folding = FoldsOwnEvents(rating, 3, kafka, from_the_first=True)
    chunk = await folding.read(connection, before=checkpoint, records=records)
    await chunk.write(connection)          # states, timers, results of commands, the service's own tables

The same pure functions and the same statements as in takeover and in the projector, only in larger pieces.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Protocol

from aiokafka import ConsumerRecord

from shared.engine.log import Log
from shared.engine.postgres import Connection
from shared.engine.rebuild.folding_runs import FoldingRuns, Recorded, runs
from shared.engine.rebuild.log_partitions import LogPartition
from shared.engine.rebuild.memory import Memory
from shared.engine.service import AppliedOf, Service, ViewService
from shared.engine.store import Checkpoint, touches_reference, write_results, write_states
from shared.engine.takeover import PoisonedEvent
from shared.kernel.envelope import Envelope, from_headers
from shared.kernel.message import Catalogue, Event
from shared.kernel.outcome import outcomes
from shared.kernel.sequence_gap import SequenceGap
from shared.kernel.unit_of_work import Missing, PartitionAddress

Records = Sequence[ConsumerRecord[bytes, bytes]]

# What a replay decides does not depend on the time: nothing is decided.
_NO_TIME: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Chunk:
    """Events that are written in one transaction. `reference`: other partitions read what they changed."""

    last: Envelope
    reference: bool
    write: Callable[[Connection], Awaitable[None]]


class Reading(Protocol):
    async def read(self, connection: Connection, before: Checkpoint, records: Records) -> Chunk:
        """Raises `PoisonedEvent` for an event this version cannot read, `SequenceGap` where one is missing."""
        ...


class FoldsOwnEvents:
    """A partition of a deciding service."""

    def __init__(self, service: Service, partition: int, kafka: Log, *, from_the_first: bool) -> None:
        partitions = kafka.settings.partitions
        self._service = service
        self._partition = partition
        self._memory = Memory(service, partition, partitions, from_the_first=from_the_first)
        self._place = PartitionAddress(env=kafka.env, partition=partition, partitions=partitions)
        self._domain = service.domain

    async def read(self, connection: Connection, before: Checkpoint, records: Records) -> Chunk:
        self._memory.begin()
        batch = FoldingRuns(self._domain, self._memory, self._place, next_seq=before.next_seq, now=_NO_TIME)
        events = [_decoded(self._domain.events, record) for record in records]
        pieces: deque[Sequence[Recorded]] = deque(runs(self._domain, events))
        folded = 0
        while pieces:
            piece = pieces.popleft()
            try:
                batch.replay_run(piece)
            except SequenceGap:
                raise
            except Missing as missing:
                pieces.appendleft(piece)
                ahead = events[folded:]
                await self._memory.look_ahead(connection, missing, ahead, evolve=self._service.evolve, view=batch)
            except Exception as error:
                if len(piece) == 1:
                    raise _poisoned(piece[0][1], error) from error
                # One by one, it is the doing of one of them.
                pieces.extendleft([event] for event in reversed(piece))
            else:
                folded += len(piece)

        async def write(connection: Connection) -> None:
            applied = [AppliedOf(event, envelope) for event, envelope in events]
            written = await write_states(connection, self._partition, batch.states)
            await write_results(connection, self._partition, applied, since=before.recorded_at)
            await self._service.project(connection, self._partition, applied)
            self._memory.keep(batch.states, written)

        return Chunk(events[-1][1], touches_reference(batch.states), write)


class ShowsUpstream:
    """A partition of a view service."""

    def __init__(self, service: ViewService, log_partition: LogPartition) -> None:
        (source,) = [source for source in service.inputs if source.topic == log_partition.topic]
        self._service = service
        self._log_partition = log_partition
        self._catalogue = source.catalogue | outcomes(source.catalogue.service)

    async def read(self, connection: Connection, before: Checkpoint, records: Records) -> Chunk:
        batch, next_seq = [], before.next_seq
        for record in records:
            event, envelope = _decoded(self._catalogue, record)
            if envelope.seq != next_seq:
                raise SequenceGap.at(str(self._log_partition), next_seq, envelope)
            next_seq += 1
            batch.append(AppliedOf(event, envelope, record.offset))

        async def write(connection: Connection) -> None:
            await self._service.project(connection, self._log_partition.topic, self._log_partition.partition, batch)

        return Chunk(batch[-1].envelope, False, write)


def _poisoned(envelope: Envelope, error: Exception) -> PoisonedEvent:
    return PoisonedEvent(f"{envelope.citation} ({envelope.type}): {error}")


def _decoded(catalogue: Catalogue[Event], record: ConsumerRecord[bytes, bytes]) -> tuple[Event, Envelope]:
    envelope = from_headers(record.headers)
    try:
        return catalogue.decode(envelope.type, record.value or b""), envelope
    except (KeyError, ValueError) as error:
        raise PoisonedEvent(f"{envelope.citation} ({envelope.type}): {error!r}") from error

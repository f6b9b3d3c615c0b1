"""Taking over a partition, in exactly this order.

    0  ask how the predecessor's last transaction ended, and what is open in the log
    1  start the transactional producer: the predecessor is fenced, its transaction in flight aborted
    1b close what was left open, as it ended, everywhere the predecessor may have written (settlement.py)
    2  read our own events from the checkpoint to the end as it is after 1, and apply what Postgres has not seen; wait
       until the partitions whose states we read have done so too
    3  start every input at the later of what was committed and what the checkpoint has applied
    4  resume

A log that ends before the checkpoint, or whose last applied event is another one, was lost or exchanged: the partition
refuses to start and a person decides (`LogLost`), as it does where a transaction hangs whose end nobody knows
(`TransactionHangs`).
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from shared.engine.failpoints import failpoint
from shared.engine.log import ASSIGNED_ONCE_MS
from shared.engine.other_partitions import wait_for_other_partitions
from shared.engine.owned_partition import OwnedPartition
from shared.engine.postgres import Connection
from shared.engine.sequence import UNNUMBERED, is_event_log
from shared.engine.settlement import settle
from shared.engine.store import Checkpoint, started_at
from shared.engine.telemetry import TAKEOVERS
from shared.kernel.envelope import Envelope, from_headers
from shared.kernel.message import Catalogue, Event
from shared.kernel.outcome import outcomes
from shared.kernel.unit_of_work import Missing, UnitOfWork

log = structlog.get_logger()


class LogLost(Exception):
    """The log no longer holds what has been applied from it."""


class PoisonedEvent(Exception):
    """An event of our own log can't be folded by this version: the partition waits for a new one."""


async def take_over(owned: OwnedPartition) -> None:
    """Leaves `owned` ready to run, or raises."""
    service, partition = owned.service, owned.partition
    events = TopicPartition(owned.kafka.topic(f"{service.name}.events"), partition)
    failpoint("takeover_begun")
    async with owned.pool.acquire() as connection:
        owned.tables_since = await started_at(connection)
        owned.checkpoint = await owned.checkpoints.read(connection)
        owned.producer = await settle(owned, connection)
        owned.reader = await owned.kafka.reader(waits_ms=ASSIGNED_ONCE_MS)
        # Until it was fenced, the predecessor may have gone on.
        owned.checkpoint = await owned.checkpoints.read(connection)
        replayed = await _catch_up(owned, connection, events)
    failpoint("takeover_caught_up")
    await wait_for_other_partitions(owned)
    await _seek_inputs(owned)
    failpoint("takeover_positioned")
    TAKEOVERS.labels(service.name).inc()
    log.info("partition_taken_over", service=service.name, partition=partition, replayed=replayed)


async def _catch_up(owned: OwnedPartition, connection: Connection, events: TopicPartition) -> int:
    """Step 2: apply what the log has and Postgres has not. Returns how many events that were.

    With a reader of its own: its last poll, waiting at the end of the log, would hold up the first of the inputs.
    """
    end = await owned.log_offsets.end_reaching(events, owned.checkpoint.next_offset)
    if end < owned.checkpoint.next_offset:
        raise LogLost(
            f"{events.topic}/{events.partition} ends at {end}, applied is up to {owned.checkpoint.next_offset}: the "
            "log was shortened; restore it, or rebuild from what is left"
        )
    if end == 0:
        return 0
    reader = await owned.kafka.reader()
    try:
        reader.assign([events])
        await _check_last_event(reader, events, owned.checkpoint)
        return await _replay(owned, connection, reader, events, end)
    finally:
        await reader.stop()


async def _replay(
    owned: OwnedPartition, connection: Connection, reader: AIOKafkaConsumer, events: TopicPartition, end: int
) -> int:
    reader.seek(events, owned.checkpoint.next_offset)
    replayed = 0
    while await reader.position(events) < end:
        for records in (await reader.getmany(events, timeout_ms=200, max_records=1000)).values():
            async with owned.room(sum(len(record.value or b"") for record in records)):
                await _apply(owned, connection, records)
            failpoint("takeover_replaying")
            replayed += len(records)
            owned.beat = time.monotonic()
    return replayed


async def _check_last_event(reader: AIOKafkaConsumer, events: TopicPartition, checkpoint: Checkpoint) -> None:
    """The event before the checkpoint must be the one that was applied last."""
    if checkpoint.last_event_id is None:
        return
    reader.seek(events, checkpoint.next_offset - 1)
    record = await reader.getone(events)
    found = str(from_headers(record.headers).seq)
    if record.offset != checkpoint.next_offset - 1 or found != checkpoint.last_event_id:
        raise LogLost(
            f"{events.topic}/{events.partition} holds event {found} at {record.offset}, applied was event "
            f"{checkpoint.last_event_id} at {checkpoint.next_offset - 1}: this is another log"
        )


async def _apply(owned: OwnedPartition, connection: Connection, records: list[ConsumerRecord[bytes, bytes]]) -> None:
    catalogue = owned.service.events | outcomes(owned.service.name)
    await owned.state.begin_batch(connection, owned.checkpoints.gen, owned.checkpoints.topic)
    batch = owned.replaying()
    for record in records:
        await _fold(owned, connection, batch, catalogue, record)
    last = batch.events[-1][1]
    after = replace(
        owned.checkpoint,
        next_offset=records[-1].offset + 1,
        next_seq=last.seq + 1,
        last_event_id=str(last.seq),
        recorded_at=last.recorded_at,
        inputs=_inputs_behind(batch, owned.checkpoint.inputs),
    )
    owned.state.decided(batch.states)
    await owned.apply(connection, after, batch)


def _inputs_behind(batch: UnitOfWork, known: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """How far inputs were read when these events were written: the events say so, should commits have expired."""
    inputs = dict(known)
    for _, envelope in batch.events:
        if envelope.input is not None:
            topic, _partition, offset = envelope.input.rsplit("/", 2)
            if int(offset) >= inputs.get(topic, (0, 0))[0]:
                inputs[topic] = (int(offset) + 1, _number_of_cause(envelope, topic))
    return inputs


def _number_of_cause(envelope: Envelope, topic: str) -> int:
    """The number of the upstream event that caused this one at first hand: `rating/3/1842` on `rating.events`."""
    service, _, number = (envelope.causation_id or "").partition("/")
    if is_event_log(topic) and service == topic.removesuffix(".events"):
        return int(number.rpartition("/")[2])
    return UNNUMBERED


async def _fold(
    owned: OwnedPartition,
    connection: Connection,
    batch: UnitOfWork,
    catalogue: Catalogue[Event],
    record: ConsumerRecord[bytes, bytes],
) -> None:
    """Raises `PoisonedEvent` where the event is at fault; a database that goes away meanwhile is none of its doing."""
    envelope = from_headers(record.headers)
    while True:
        try:
            batch.replay(catalogue.decode(envelope.type, record.value or b""), envelope)
            return
        except Missing as missing:
            await owned.state.load(connection, missing.wanted, owned.checkpoints.gen, owned.checkpoints.topic)
        except Exception as error:
            raise PoisonedEvent(f"{envelope.citation} ({envelope.type}): {error}") from error


async def _seek_inputs(owned: OwnedPartition) -> None:
    """Step 3. Committed may be ahead of the checkpoint (a batch without own events) or gone (expired): both are
    normal.
    """
    inputs = [TopicPartition(owned.kafka.topic(i.topic), owned.partition) for i in owned.service.inputs]
    owned.reader.assign(inputs)
    for tp in inputs:
        owned.reader.seek(tp, await _start(owned, tp))
    owned.commands.seek(owned.commands_tp, await _start(owned, owned.commands_tp))


async def _start(owned: OwnedPartition, tp: TopicPartition) -> int:
    """Where to read an input on. Raises `LogLost` where the log does not reach from there."""
    topic = tp.topic.removeprefix(f"{owned.kafka.env}.")
    applied = owned.checkpoint.inputs.get(topic, (0, 0))[0]
    committed = await owned.commands.committed(tp) or 0
    start = max(applied, committed)
    begins, end = await owned.log_offsets.beginning(tp), await owned.log_offsets.end_reaching(tp, start)
    if end < start:
        raise LogLost(f"{tp.topic}/{tp.partition} ends at {end}, read to {start}: the log was shortened; restore it")
    if start < begins and is_event_log(topic):
        raise LogLost(f"{tp.topic}/{tp.partition} begins at {begins}, read to {start}: events between are gone")
    if committed > applied:
        # The number of the last event went with the batch that Postgres did not see.
        owned.checkpoint.inputs[topic] = (committed, UNNUMBERED)
    return max(start, begins)

"""One partition of a deciding service: exactly-once effects of commands and upstream events.

The loop, and what a crash leaves behind at each step:

    1-4  takeover     see takeover.py
    5    fetch        nothing written; read again
    6-7  decide       nothing written; read again. Were the tables put back meanwhile, it was decided upon what is past:
                      the process ends (store.py, `check`)
    8    one Kafka transaction: events, messages, input offsets; outcome unknown -> exit, takeover reads the truth
    9    one Postgres transaction: checkpoint, states, tables, results; log ahead of Postgres -> takeover applies it

While Postgres takes a batch (9) the next one is fetched, decided upon what that changed, and logged (writing.py): the
log is up to two batches ahead.

Every exception here ends the process uncommitted; the supervisor starts it again. Only two things do not: a refusal,
which is an event, and a bug in a decider, which is isolated to the input that met it.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime
from itertools import chain

import structlog
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition

from shared.engine.changes import nobody_waits
from shared.engine.clock import Clock
from shared.engine.failpoints import failpoint
from shared.engine.incoming import Incoming
from shared.engine.input_handler import InputHandler, asked_by_runtime
from shared.engine.log import Log
from shared.engine.log_offsets import LogOffsets
from shared.engine.loop_yield import LoopYield
from shared.engine.outbox import Outbox
from shared.engine.owned_partition import OwnedPartition
from shared.engine.postgres import Connection, Pool
from shared.engine.process_memory import ProcessMemory
from shared.engine.sequence import UNNUMBERED, check_next
from shared.engine.service import Service
from shared.engine.store import Checkpoint
from shared.engine.takeover import take_over
from shared.engine.telemetry import BATCH_SECONDS, OWN_EVENTS, TRANSACTIONS
from shared.engine.work_loop import WorkLoop
from shared.engine.writing import Logged, Writing
from shared.kernel.decider import Asked, State
from shared.kernel.envelope import BadEnvelope, from_headers
from shared.kernel.message import Event, Message
from shared.kernel.unit_of_work import Missing, UnitOfWork

log = structlog.get_logger()

# A transaction that is not through after 8 s will be aborted by the broker after 10; we leave before that.
COMMIT_DEADLINE_S = 8.0
APPLY_DEADLINE_S = 15.0
# Messages per batch. A hot message holds up to 4,000 records in some 500 KiB, a batch 17,000 records.
BATCH_MESSAGES = 500
BATCH_BYTES = 2 * 1024 * 1024
POLL_S = 0.25
# Once nothing is on its way and a round has found nothing either. What comes without a message ends that wait: a timer
# of the clock, a test clock that is set, a question whether all is settled, the end.
IDLE_POLL_S = 2.0
# A request of the API waits for so much of a batch, and not for all that its messages take.
YIELD_AFTER_S = 0.01
# So many messages are worth a transaction of their own.
FULL_ENOUGH = 50
# A transaction costs its two ends, the broker and Postgres much the same whatever is in it. Where usage flows, a
# partition begins a batch of it at most so often: left alone each arrival makes one of its own, until these take all
# processors there are.
FLOW_PACE_S = 0.1
# A process of P partitions that commits each of them as often as usage arrives writes P markers P times as often, and
# messages of a few records: there a batch begins at most every so often for each partition beyond a few.
PACE_S = 0.01
PARTITIONS_WITHOUT_PACE = 4
GATHERED_MAX = BATCH_MESSAGES // 2
GATHER_STEP_S = 0.05
# Usage flows where a batch held this: some twenty records, and more than the watermarks of a step of the clock.
FLOW_BYTES = 2048
# Brokers forget a producer that has written nothing for `transactional.id.expiration.ms` (7 days), and its next
# transaction would end the process. Taken over anew each idle day it is never forgotten.
RENEW_AFTER_S = 86_400.0


class Worker(OwnedPartition):
    """The owner of one partition, from takeover to revocation. `applied` is called for each batch in the tables."""

    def __init__(
        self,
        *,
        service: Service,
        partition: int,
        gen: int,
        kafka: Log,
        pool: Pool,
        clock: Clock,
        commands: AIOKafkaConsumer,
        timer_producer: AIOKafkaProducer,
        log_offsets: LogOffsets,
        memory: ProcessMemory,
        applied: Callable[[], None] = nobody_waits,
    ) -> None:
        super().__init__(
            service=service,
            partition=partition,
            gen=gen,
            kafka=kafka,
            pool=pool,
            commands=commands,
            timer_producer=timer_producer,
            log_offsets=log_offsets,
            memory=memory,
        )
        self.clock = clock
        self.activity = 0
        self.trouble: str | None = None
        self._inputs = {TopicPartition(kafka.topic(i.topic), partition): i for i in service.inputs}
        self._outbox = Outbox(service, kafka, partition)
        self._handler = InputHandler(
            service, partition, env=kafka.env, state=self.state, checkpoints=self.checkpoints, outbox=self._outbox
        )
        # As bytes: a message takes three times as much once it is read.
        self._held: deque[tuple[TopicPartition, ConsumerRecord[bytes, bytes]]] = deque()
        self.ready = self._busy = self._flowing = False
        self._work_loop = WorkLoop()
        self._wrote_at = time.monotonic()
        self._writing = Writing(self._apply, written=applied)

    # -- life --------------------------------------------------------------------------------------------------------

    @property
    def stopping(self) -> bool:
        return self._work_loop.stopping

    async def take_over(self) -> None:
        """Steps 1 to 4."""
        await take_over(self)

    async def run(self) -> None:
        """From the end of takeover until `stop`, or until its producer is to be renewed; any exception is the end of
        the process."""
        self.ready = True
        self._decided = self.checkpoint
        self._calm, self._fired_at = False, self.clock.now()
        self._wrote_at = time.monotonic()
        async with self.pool.acquire() as connection:
            await self.timers.refresh(connection)
        try:
            while not self._work_loop.stopping and time.monotonic() - self._wrote_at < RENEW_AFTER_S:
                await self._round()
        except BaseException as error:
            await self._writing.end(error)
            raise
        await self._writing.end()

    async def _round(self) -> None:
        """Fetch, decide and log one batch, and begin to write it."""
        self._work_loop.begin()
        self.beat = time.monotonic()
        self._writing.check()
        calm = self._writing.idle
        batch = await self._fetch()
        self._fired_at = self.clock.now()
        await self.timers.fire(self.pool, now=self._fired_at, watermark=self.watermark())
        self._calm = calm and not batch
        if not batch:
            return
        failpoint("fetched")
        self._busy = True
        async with AsyncExitStack() as room:
            await room.enter_async_context(self.room(sum(len(incoming.record.value or b"") for incoming in batch)))
            with self._work_loop.batch():
                await self._process(batch, room)
        self._busy = False

    async def all_written(self) -> None:
        """Wait until the tables hold all that was decided here."""
        await self._writing.all_written()

    def next_due(self) -> datetime | None:
        return self.timers.next_due()

    def stop(self) -> None:
        """Finish the batch in flight, then leave `run`."""
        self._work_loop.stop()

    def nudge(self) -> None:
        """Look around now."""
        self._work_loop.nudge()

    def watermark(self) -> datetime | None:
        """The instant through which every usage source has delivered; `None` while one has not spoken yet."""
        marks = self.checkpoint.watermarks
        return min(marks.values()) if len(marks) == self.partitions else None

    async def settled(self) -> bool:
        """Whether everything that is in the log has been handled and no timer is due."""
        return self.ready and await self._work_loop.confirm(self._idle)

    async def _idle(self) -> bool:
        if (
            self._busy
            or self._held
            or not self._writing.idle
            or self.timers.pending(now=self.clock.now(), watermark=self.watermark())
        ):
            return False
        return await self.lag() == 0

    async def lag(self) -> int:
        """Messages not yet read, commit markers included."""
        unread = await self.log_offsets.behind(self.commands, [self.commands_tp])
        return unread + await self.log_offsets.behind(self.reader, list(self._inputs))

    # -- step 5 ------------------------------------------------------------------------------------------------------

    async def _fetch(self) -> list[Incoming]:
        """Whatever has arrived, at most one batch; waits for something if need be. Upstream events come first, so
        that a command finds the account whose opening arrived with it."""
        if not self._held:
            await self._poll(self._wait_s())
            if self._inputs:
                self.kafka.messages_come(self.reader, come=bool(self._held))
            await self._gather()
        batch: list[Incoming] = []
        size = 0
        while self._held and len(batch) < BATCH_MESSAGES and size < BATCH_BYTES:
            tp, record = self._held.popleft()
            size += len(record.value or b"")
            batch.append(self._read(tp, record))
        self._flowing = size >= FLOW_BYTES
        return batch

    def _wait_s(self) -> float:
        """How long to wait for messages: at most until the next timer of the clock is due."""
        if not self._calm:
            return POLL_S
        due = self.timers.next_due(gate="clock")
        if due is None or due <= self._fired_at:
            # One that is sent and not closed yet is sent again by the rounds that come anyway.
            return IDLE_POLL_S
        return min(IDLE_POLL_S, max(0.0, (due - self.clock.now()).total_seconds()) + 0.001)

    async def _gather(self) -> None:
        """Let a little wait for more; see `WorkLoop.gather_s`. Somebody waits for what has a key; where all is usage,
        the more partitions share this process the less often each commits."""
        pace_s = self._pace_s() if self._only_usage() else 0.0
        until = time.monotonic() + self._work_loop.gather_s(pace_s)
        while self._held and (left_s := until - time.monotonic()) > 0:
            if len(self._held) >= (GATHERED_MAX if pace_s else FULL_ENOUGH) or self._held_bytes() >= BATCH_BYTES:
                return
            await asyncio.sleep(min(left_s, GATHER_STEP_S))
            await self._poll(0)
            if not self._only_usage():
                return

    def _pace_s(self) -> float:
        """How long after a batch of usage the next one begins at the earliest."""
        of_many = PACE_S * max(0, self._memory.owned() - PARTITIONS_WITHOUT_PACE)
        return max(of_many, FLOW_PACE_S) if self._flowing else of_many

    def _held_bytes(self) -> int:
        return sum([len(record.value or b"") for _, record in self._held])

    def _only_usage(self) -> bool:
        """Whether nothing of what is held has a key: hot messages have none."""
        return all(record.key is None for _, record in self._held)

    async def _poll(self, wait_s: float) -> None:
        wait_ms = int(wait_s * 1000)
        fetches = [self.commands.getmany(self.commands_tp, timeout_ms=wait_ms)]
        if self._inputs:
            fetches.insert(0, self.reader.getmany(*self._inputs, timeout_ms=wait_ms))
        for fetched in await self._work_loop.first_of(*fetches):
            for tp, records in fetched.items():
                self._held.extend((tp, record) for record in records)

    def _read(self, tp: TopicPartition, record: ConsumerRecord[bytes, bytes]) -> Incoming:
        topic = tp.topic.removeprefix(f"{self.kafka.env}.")
        try:
            envelope = from_headers(record.headers)
        except BadEnvelope:
            return Incoming(topic, record, None, None)
        if envelope.type in self.service.passed_by:
            return Incoming(topic, record, envelope, None, passed_by=True)
        catalogue = self._inputs[tp].readable if tp in self._inputs else self.service.commands
        try:
            message: Message | None = catalogue.decode(envelope.type, record.value or b"")
        except (KeyError, ValueError):
            message = None
        return Incoming(topic, record, envelope, message)

    # -- steps 6 and 7 -----------------------------------------------------------------------------------------------

    async def _process(self, batch: list[Incoming], room: AsyncExitStack) -> None:
        """Decide a batch and log it; what it takes of `room` goes with it into the tables."""
        begun_at = time.perf_counter()
        async with self.pool.acquire() as connection:
            await self.state.begin_batch(connection, self.checkpoints.gen, self.checkpoints.topic)
            await self._prefetch(connection, batch)
            unit = self.unit(self.clock.now(), behind=self._decided)
            others = LoopYield(after_s=YIELD_AFTER_S)
            for incoming in batch:
                await self._handler.take(connection, unit, incoming)
                await others.due()
            await self.check_tables(connection)
        failpoint("decided")
        self.state.decided(unit.states)
        await self._writing.has_room()
        self._decided = await self._commit(_behind(unit, self._advanced(batch)), unit)
        self.timers.decided(unit.states)
        self._writing.begin(Logged(unit, self._decided, begun_at, room.pop_all()))

    async def _prefetch(self, connection: Connection, batch: Sequence[Incoming]) -> None:
        """A round trip for all that the batch is known to ask for, and one for what it asks for because of that: none
        for each input."""
        messages = [incoming.message for incoming in batch if incoming.message is not None]
        first = [self.service.preload(message) for message in messages]
        await self._load(connection, chain(*first, *(asked_by_runtime(self.service.name, one) for one in batch)))
        await self._load(connection, chain(*map(self._asked_next, messages)))

    def _asked_next(self, message: Message) -> Sequence[Asked]:
        """A hint: where what it goes by has left the cache meanwhile, its decision will tell what it misses."""
        try:
            return self.service.preload_next(message, self.state)
        except Missing:
            return ()

    async def _load(self, connection: Connection, asked: Iterable[Asked]) -> None:
        wanted: dict[type[State], dict[str, None]] = {}
        for kind, keys in asked:
            held = wanted.get(kind)
            if held is None:
                held = wanted[kind] = {}
            held |= dict.fromkeys((keys,) if type(keys) is str else keys)
        missing = {kind: keys for kind, held in wanted.items() if (keys := self.state.unknown(kind, held))}
        if missing:
            await self.state.load(connection, missing, self.checkpoints.gen, self.checkpoints.topic)

    def _advanced(self, batch: Sequence[Incoming]) -> Checkpoint:
        """How far this batch has read its inputs."""
        inputs = dict(self._decided.inputs)
        for incoming in batch:
            seq = UNNUMBERED
            if incoming.envelope is not None:
                seq = incoming.envelope.seq
                check_next(incoming.topic, incoming.envelope, last=inputs.get(incoming.topic, (0, 0))[1])
            inputs[incoming.topic] = (incoming.record.offset + 1, seq)
            if incoming.message is None or not incoming.message.QUIET:
                self.activity += 1
        return replace(self._decided, inputs=inputs, watermarks=self._marks(batch))

    def _marks(self, batch: Sequence[Incoming]) -> dict[int, datetime]:
        """How far each usage source has delivered, with what the batch says of it. It never goes back."""
        marks = dict(self._decided.watermarks)
        for incoming in batch:
            mark = self.service.watermark(incoming.message) if isinstance(incoming.message, Event) else None
            if mark is not None:
                source, through = mark
                marks[source] = max(through, marks.get(source, through))
        return marks

    # -- step 8 ------------------------------------------------------------------------------------------------------

    async def _commit(self, after: Checkpoint, unit: UnitOfWork) -> Checkpoint:
        """The checkpoint with its place in the log. Nothing is sent for a batch that only read on."""
        end, dead = 0, self._outbox.take_dead()
        if unit.events or unit.sends or dead:
            offsets = {TopicPartition(self.kafka.topic(t), self.partition): at[0] for t, at in after.inputs.items()}
            async with self.transaction(), asyncio.timeout(COMMIT_DEADLINE_S):
                end = await self._outbox.commit(self.producer, unit, dead, offsets, self.group)
            self._wrote_at = time.monotonic()
            TRANSACTIONS.labels(self.service.name).inc()
            failpoint("committed")
        OWN_EVENTS.labels(self.service.name).inc(len(unit.events))
        return replace(after, next_offset=end or after.next_offset)

    # -- step 9 ------------------------------------------------------------------------------------------------------

    async def _apply(self, batch: Logged) -> None:
        async with asyncio.timeout(APPLY_DEADLINE_S), self.pool.acquire() as connection:
            await self.apply(connection, batch.after, batch.unit)
        failpoint("applied")
        self.beat = max(self.beat, time.monotonic())
        BATCH_SECONDS.labels(self.service.name).observe(time.perf_counter() - batch.begun_at)


def _behind(unit: UnitOfWork, after: Checkpoint) -> Checkpoint:
    """The checkpoint after what a batch has decided, but for the offset, which the log gives."""
    if not unit.events:
        return after
    last = unit.events[-1][1]
    return replace(after, next_seq=last.seq + 1, last_event_id=str(last.seq), recorded_at=last.recorded_at)

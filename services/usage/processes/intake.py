"""Intake: what equipment published on `usage.reported` becomes commands to the owners of usage.

At least once, and yet nothing is counted twice: every record carries its position, commands to one partition are sent
in the order of positions and acknowledged before the offset goes on, and the owner drops what it has recorded before.

    reported 2/4711: [{...}, {...}]  ->  RecordUsage(positions 77185024.., reported_partition=2) to each usage partition
    12:00:07, all before it sent     ->  IntakeProgressed(through=12:00:07, partitions=[2]) to every usage partition

Bytes that no format can read go to `usage.dead` with the reason, and the owner is told where they are. So does whatever
meets a bug of ours between its bytes and its records: nothing that a stranger can put into a message stops intake. A
failure to read from the log or to send ends the process: the offset has not moved, so the next one begins where it
stood.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextvars import copy_context
from functools import partial
from itertools import chain
from typing import Any, Final, TypeAlias

import structlog
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.coordinator.assignors.range import RangePartitionAssignor
from aiokafka.errors import CommitFailedError, ConsumerStoppedError, IllegalStateError
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from faststream.kafka.message import FAKE_CONSUMER, KafkaMessage

from services.usage.commands import COMMANDS
from services.usage.formats.contract import LINES, Undecodable
from services.usage.processes.connection import security_of
from services.usage.processes.intake_feed import GROUP, IntakeFeed
from services.usage.processes.intake_pace import IntakePace
from services.usage.processes.progress_report import ProgressReport
from services.usage.processes.reported_message import MESSAGE_BYTES_MAX, ReportedMessage
from services.usage.processes.reported_run import read_messages
from services.usage.record.batching import RECORDS_MAX, CommandBatcher, commands_of
from services.usage.record.messages import RecordUsage
from services.usage.record.sealing import Sealing, patiently
from services.usage.topics import DEAD, REPORTED
from services.usage.undecodable.dead_letter import ADDED_HEADERS, INPUT, REASON, TRUNCATED
from services.usage.undecodable.messages import ReportUndecodable, UndecodableBytes
from shared.engine.background import Host
from shared.engine.by_bytes import by_bytes
from shared.engine.failpoints import failpoint
from shared.engine.groups import Groups
from shared.engine.log import FETCH_WAIT_MS, NEVER_MS, Log
from shared.engine.log_offsets import LogOffsets
from shared.engine.loop_yield import LoopYield
from shared.engine.settings import Settings
from shared.engine.telemetry import UNDECODABLE
from shared.http.vault import Vault
from shared.kernel.envelope import Envelope, to_headers
from shared.kernel.message import Command, encode

log = structlog.get_logger()

# Equipment that publishes each record by itself fills a command of each of four partitions with so many.
_MESSAGES_PER_BATCH: Final = 8000
# Of messages that are read, sent and waited for together, for each twelve partitions: they share what is read, and what
# a command costs each later step is the same for ten records as for a thousand.
_BYTES_AT_ONCE: Final = 8 * 1024 * 1024
_PARTITIONS_AT_ONCE: Final = 12
# How long the first message of a batch is waited for. FastStream would wait as long again where there is none: its wait
# would have to be short, and idle it would look 30 times a second.
_BATCH_WAIT_MS: Final = 2_000
_YIELD_AFTER_S: Final = 0.05
# Records of reported partitions that are held to share commands, for each twelve partitions: some 30 MB.
_TOGETHER_MAX: Final = 50_000
# A dead letter carries its headers too, and must not be refused for its size in turn.
_DEAD_BYTES_MAX: Final = 900_000
_HEADER_BYTES_MAX: Final = 1000
_HEADER_NAME_LENGTH_MAX: Final = 200
_HEADERS_MAX: Final = 30
_DETAIL_LENGTH_MAX: Final = 200

# Position, bytes, and what becomes of sending them to the dead letters.
_DeadLetter: TypeAlias = "tuple[int, Undecodable, asyncio.Future[Any]]"


async def run_intake(host: Host) -> None:
    """Run until cancelled. Any exception is the end of the process."""
    producer = await host.kafka.idempotent_producer()
    vault = Vault(host.settings)
    sealing = Sealing(host.pool, vault.usage)
    intake = _Intake(host.kafka, host.clock, producer, host.log_offsets, host.groups, sealing)
    host.feeds["intake"] = intake.feed
    try:
        await intake.run()
    finally:
        await producer.stop()
        await vault.close()


class _Intake:
    """One member of the intake group, with all reported partitions assigned to it."""

    def __init__(
        self,
        kafka: Log,
        clock: Any,
        producer: AIOKafkaProducer,
        log_offsets: LogOffsets,
        groups: Groups,
        sealing: Sealing,
    ) -> None:
        self._kafka = kafka
        self._sealing = sealing
        self._clock = clock
        self._producer = producer
        self._partitions = kafka.settings.partitions
        self._shares = max(1, self._partitions // _PARTITIONS_AT_ONCE)
        self._commands = kafka.topic("usage.commands")
        self._dead_letters = kafka.topic(DEAD)
        lines = kafka.settings.usage_lines
        self._defaults = {} if lines is None else {LINES: lines}
        self._busy = False
        self._batches = 0
        self._pace = IntakePace()
        self._subscriber: Any = None
        self._context: Final = copy_context()
        self.feed = IntakeFeed(kafka, log_offsets, groups, consumer=self._consumer, is_busy=lambda: self._busy)
        self._failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def run(self) -> None:
        broker = _broker(self._kafka.settings, self.feed.client_id)
        self._subscriber = self._subscribed(broker)
        self._subscriber(self._handle)
        self._subscriber.get_msg = self._fetched(_arrived)
        await broker.start()
        try:
            await self._until_failed()
        finally:
            await broker.stop()

    def _subscribed(self, broker: KafkaBroker) -> Any:
        session_timeout_ms = self._kafka.settings.session_timeout_ms
        return broker.subscriber(
            self._kafka.topic(REPORTED),
            batch=True,
            group_id=self._kafka.topic(GROUP),
            group_instance_id=self._kafka.settings.instance,
            auto_offset_reset="earliest",
            isolation_level="read_committed",
            ack_policy=AckPolicy.MANUAL,
            max_partition_fetch_bytes=2 * MESSAGE_BYTES_MAX,
            partition_assignment_strategy=(RangePartitionAssignor,),
            session_timeout_ms=session_timeout_ms,
            heartbeat_interval_ms=session_timeout_ms // 4,
            rebalance_timeout_ms=10_000,
            max_poll_interval_ms=NEVER_MS,
            # One message over the raw records, and no decoding of ours to be undone: 2 microseconds a message.
            parser=_as_one_message,
            decoder=_its_records,
        )

    async def _until_failed(self) -> None:
        """Tell how far intake has come, until a batch or the telling fails."""
        report = ProgressReport(
            clock=self._clock,
            consumer=self._subscriber.consumer,
            is_busy=lambda: self._busy,
            batches=lambda: self._batches,
            send=self._send_to_all,
            partitions=self._partitions,
        )
        beside = [
            asyncio.create_task(report.run(), name="intake-progress"),
            asyncio.create_task(self.feed.attend(), name="intake-membership"),
        ]
        try:
            await asyncio.wait([*beside, self._failed], return_when=asyncio.FIRST_COMPLETED)
            for ended in (self._failed, *beside):
                if ended.done():
                    ended.result()
        finally:
            for task in beside:
                task.cancel()

    def _consumer(self) -> AIOKafkaConsumer | None:
        """`None` until there is one."""
        return None if self._subscriber is None else self._subscriber.consumer

    async def _handle(self, messages: Sequence[ReportedMessage]) -> None:
        """One batch. FastStream keeps its message in a context variable, and a timer keeps the context that it was made
        in (asyncpg has one for each statement, of five minutes): batches would stay in memory for as long."""
        loop = asyncio.get_running_loop()
        await loop.create_task(self._take(messages), context=self._context.copy())

    async def _take(self, messages: Sequence[ReportedMessage]) -> None:
        """FastStream logs and swallows what a handler raises, so it is handed to `run` instead."""
        self._busy = True
        try:
            failpoint("intake_fetched")
            with self._pace.loop.batch():
                for run, _ in by_bytes(messages, limit=self._shares * _BYTES_AT_ONCE):
                    await self._send_on(run)
                failpoint("intake_sent")
                await self._commit()
            failpoint("intake_committed")
        except Exception as error:
            # Nothing more is read: the consumer stands behind records that were not sent.
            await self._end(error)
        finally:
            self._busy = False
            self._batches += 1

    def _fetched(self, fetch: Callable[[Any], Awaitable[Any]]) -> Callable[[Any], Awaitable[Any]]:
        """FastStream would ask again every 5 s, for ever and without a word, when the consumer can't read on.

        Busy from the very step in which the consumer's position moves: nothing may say that what is read is sent.
        """

        async def fetched(consumer: Any) -> Any:
            try:
                await self._pace.turn()
                messages = await fetch(consumer)
                self._busy = bool(messages)
                return await self._pace.with_rest(messages, partial(_at_hand, consumer)) if messages else messages
            except ConsumerStoppedError:
                raise
            except Exception as error:
                return await self._end(error)

        return fetched

    async def _end(self, error: Exception) -> Any:
        if not self._failed.done():
            self._failed.set_exception(error)
        await asyncio.Event().wait()

    async def _commit(self) -> None:
        try:
            await self._subscriber.consumer.commit()
        except (CommitFailedError, IllegalStateError) as error:
            # The partitions went to another member meanwhile; it reads again what we sent, and its owner drops it.
            log.info("intake_commit_refused", error=str(error))

    async def _send_on(self, messages: Sequence[ReportedMessage]) -> None:
        """Send everything in order, then wait until all of it is in the log."""
        pending: list[asyncio.Future[Any]] = []
        undecodable: list[tuple[int, list[_DeadLetter]]] = []
        # Strange messages take long, and who sends no heartbeat is put out of the group.
        others = LoopYield(after_s=_YIELD_AFTER_S)
        marks = await patiently(self._sealing.marks)
        batchers: list[CommandBatcher] = []
        for partition, of_partition in _by_partition(messages).items():
            batcher = CommandBatcher(
                partitions=self._partitions,
                reported_partition=partition,
                session_silence_s=self._kafka.settings.session_silence_s,
                known_sources_only=self._kafka.settings.known_sources_only,
                marks=marks,
            )
            letters: list[_DeadLetter] = []
            for read in read_messages(of_partition, batcher, self._defaults):
                for message, position, found in read:
                    letters.append((position, found, await self._dead_letter(message, found)))
                await others.due()
            if letters:
                UNDECODABLE.inc(len(letters))
                undecodable.append((partition, letters))
            if batcher.personal:
                await patiently(partial(self._sealing.seal, batcher))
            batchers.append(batcher)
            if sum(held.count for held in batchers) >= self._shares * _TOGETHER_MAX:
                pending += await self._send_commands(batchers, others)
                batchers = []
        pending += await self._send_commands(batchers, others)
        await asyncio.gather(*pending, *(sent for _, letters in undecodable for _, _, sent in letters))
        for partition, letters in undecodable:
            await self._report(partition, letters)

    async def _send_commands(self, batchers: Sequence[CommandBatcher], others: LoopYield) -> list[asyncio.Future[Any]]:
        sent = []
        for target, command in commands_of(batchers):
            sent.append(await self._send(command, target))
            await others.due()
        return sent

    async def _report(self, partition: int, letters: Sequence[_DeadLetter]) -> None:
        """Tell usage where in the dead letters they are. Delivered again they are there twice, and reported once."""
        items = [
            UndecodableBytes(position, sent.result().offset, len(found.data), found.detail[:_DETAIL_LENGTH_MAX])
            for position, found, sent in letters
        ]
        for first in range(0, len(items), RECORDS_MAX):
            command = ReportUndecodable(reported_partition=partition, items=items[first : first + RECORDS_MAX])
            await (await self._send(command, partition % self._partitions))

    async def _send_to_all(self, command: Command) -> None:
        await asyncio.gather(*[await self._send(command, target) for target in range(self._partitions)])

    async def _send(self, command: Command, target: int) -> asyncio.Future[Any]:
        envelope = Envelope(
            env=self._kafka.env,
            service="usage",
            partition=target,
            type=COMMANDS.name_of(command),
            recorded_at=self._clock.now(),
            subject="",
            actor="intake",
            command_id=_command_id(command, target),
        )
        sent: asyncio.Future[Any] = await self._producer.send(
            self._commands, encode(command), partition=target, headers=to_headers(envelope)
        )
        return sent

    async def _dead_letter(self, message: ReportedMessage, found: Undecodable) -> asyncio.Future[Any]:
        """To the dead letters, cut to a size that the log takes, with where it came from and why."""
        added = [
            (REASON, found.detail.encode(errors="backslashreplace")[:_HEADER_BYTES_MAX]),
            (INPUT, f"{message.topic}/{message.partition}/{message.offset}".encode()),
        ]
        if len(found.data) > _DEAD_BYTES_MAX:
            added.append((TRUNCATED, str(len(found.data)).encode()))
        sent: asyncio.Future[Any] = await self._producer.send(
            self._dead_letters,
            bytes(found.data[:_DEAD_BYTES_MAX]),
            partition=message.partition % self._partitions,
            headers=[*_kept_headers(message), *added],
        )
        return sent


def _kept_headers(message: ReportedMessage) -> list[tuple[str, bytes | None]]:
    """The first of those received, without any that has a name of ours."""
    return [
        (name[:_HEADER_NAME_LENGTH_MAX], value and value[:_HEADER_BYTES_MAX])
        for name, value in message.headers[:_HEADERS_MAX]
        if name not in ADDED_HEADERS
    ]


def _broker(settings: Settings, client_id: str) -> KafkaBroker:
    options = settings.kafka_options()
    # `apply_types=False`: the handler takes the message as it is, nothing is to be validated or injected.
    return KafkaBroker(
        options["bootstrap_servers"].split(","),
        client_id=client_id,
        **settings.kafka_idling(),
        security=security_of(settings),
        apply_types=False,
        allow_auto_create_topics=False,
        graceful_timeout=5.0,
        logger=None,
    )


async def _arrived(consumer: AIOKafkaConsumer) -> tuple[ReportedMessage, ...]:
    """A batch, as soon as there is any; nothing after a while."""
    found = await consumer.getmany(timeout_ms=_BATCH_WAIT_MS, max_records=_MESSAGES_PER_BATCH)
    Log.messages_come(consumer, come=bool(found), waits_ms=FETCH_WAIT_MS)
    return tuple(chain(*found.values()))


async def _at_hand(consumer: AIOKafkaConsumer) -> tuple[ReportedMessage, ...]:
    """What has arrived meanwhile."""
    found = await consumer.getmany(timeout_ms=0, max_records=_MESSAGES_PER_BATCH)
    return tuple(chain(*found.values()))


async def _as_one_message(records: tuple[ReportedMessage, ...]) -> KafkaMessage:
    """A whole batch of raw records in one message, without touching any of them."""
    return KafkaMessage(body=b"", raw_message=records, consumer=FAKE_CONSUMER)


async def _its_records(message: Any) -> Sequence[ReportedMessage]:
    """FastStream keeps them in the message. The message itself it would keep there as well, in a circle."""
    records: Sequence[ReportedMessage] = message.raw_message
    return records


def _by_partition(messages: Iterable[ReportedMessage]) -> dict[int, list[ReportedMessage]]:
    found: dict[int, list[ReportedMessage]] = {}
    for message in messages:
        found.setdefault(message.partition, []).append(message)
    return found


def _command_id(command: Command, target: int) -> str:
    """The same for the same records, delivered again: it names what caused an event, and is not looked up."""
    if isinstance(command, RecordUsage):
        first = command.reported_counts[0][0] if command.reported_counts else command.reported_partition
        return f"intake-{first}-{_first_position(command)}-{target}"
    if isinstance(command, ReportUndecodable):
        return f"intake-dead-{command.reported_partition}-{command.items[0].position}"
    return f"intake-progress-{target}"


def _first_position(command: RecordUsage) -> int:
    """Of a record, else of one that was refused; what a NAS says of itself comes without either."""
    if command.records:
        return command.records.position[0]
    return command.refused[0][0] if command.refused else command.signals[0].position

"""Intake: what equipment published on `usage.reported` becomes commands to the owners of usage.

At least once, and yet nothing is counted twice: every record carries its position, commands to one partition are sent
in the order of positions and acknowledged before the offset goes on, and the owner drops what it has taken before.

    reported 2/4711: [{...}, {...}]  ->  RecordUsage(positions 77185024.., reported_partition=2) to each usage partition
    12:00:07, all before it sent     ->  IntakeProgressed(through=12:00:07, partitions=[2]) to every usage partition

Bytes that are no JSON go to `usage.dead` with the reason. A failure to send ends the process: the offset has not moved,
so the next one begins where this one stood.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

import structlog
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord
from aiokafka.coordinator.assignors.range import RangePartitionAssignor
from aiokafka.errors import CommitFailedError, IllegalStateError
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from faststream.kafka.message import FAKE_CONSUMER, KafkaMessage

from services.usage.commands import COMMANDS, RecordUsage
from services.usage.connection import security_of
from services.usage.cutting import POSITIONS_PER_MESSAGE, Cutter
from services.usage.formats import parse
from services.usage.progress_report import ProgressReport
from services.usage.records import Problem, Undecodable, WireRecord
from shared.kernel.envelope import Envelope, to_headers
from shared.kernel.message import Command, encode
from shared.runtime.log import Log
from shared.runtime.run import Runtime
from shared.runtime.settings import MissingSetting, Settings

log = structlog.get_logger()

MESSAGE_BYTES_MAX: Final = 1_048_576
RECORDS_PER_MESSAGE_MAX: Final = 10_000

# Up to 2,000 messages a turn. A turn waits 15 ms for more, and FastStream as long again when there is nothing.
_MESSAGES_PER_TURN: Final = 2000
_TURN_MS: Final = 15
# A dead letter carries its headers too, and must not be refused for its size in turn.
_DEAD_BYTES_MAX: Final = 900_000
_HEADER_BYTES_MAX: Final = 1000
_HEADERS_MAX: Final = 30

Reported: TypeAlias = "ConsumerRecord[bytes, bytes]"


async def run_intake(runtime: Runtime) -> None:
    """Run until cancelled. Any exception is the end of the process."""
    if runtime.settings.known_sources_only:
        # Taking everything would be the opposite of what was asked for.
        raise MissingSetting("METERLOG_KNOWN_SOURCES_ONLY is not supported by this version; unset it")
    producer = await runtime.kafka.idempotent_producer()
    try:
        await _Intake(runtime.kafka, runtime.clock, producer).run()
    finally:
        await producer.stop()


class _Intake:
    """One member of the intake group, with all reported partitions assigned to it."""

    def __init__(self, kafka: Log, clock: Any, producer: AIOKafkaProducer) -> None:
        self._kafka = kafka
        self._clock = clock
        self._producer = producer
        self._partitions = kafka.settings.partitions
        self._commands = kafka.topic("usage.commands")
        self._dead = kafka.topic("usage.dead")
        self._busy = False
        self._subscriber: Any = None
        self._failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def run(self) -> None:
        broker = _broker(self._kafka.settings)
        self._subscriber = broker.subscriber(
            self._kafka.topic("usage.reported"),
            batch=True,
            group_id=self._kafka.topic("usage.intake"),
            group_instance_id=self._kafka.settings.instance,
            auto_offset_reset="earliest",
            isolation_level="read_committed",
            ack_policy=AckPolicy.MANUAL,
            batch_timeout_ms=_TURN_MS,
            max_records=_MESSAGES_PER_TURN,
            max_partition_fetch_bytes=4 * MESSAGE_BYTES_MAX,
            partition_assignment_strategy=(RangePartitionAssignor,),
            session_timeout_ms=self._kafka.settings.session_timeout_ms,
            heartbeat_interval_ms=self._kafka.settings.session_timeout_ms // 4,
            rebalance_timeout_ms=10_000,
            # One message over the raw records, and no decoding of ours to be undone: 2 microseconds a message.
            parser=_as_one_message,
            decoder=_as_it_is,
        )
        self._subscriber(self._turn)
        await broker.start()
        try:
            report = ProgressReport(
                clock=self._clock,
                consumer=self._consumer(),
                is_busy=lambda: self._busy,
                send=self._send_to_all,
                partitions=self._partitions,
            )
            reporting = asyncio.create_task(report.run(), name="intake-progress")
            try:
                await asyncio.wait([reporting, self._failed], return_when=asyncio.FIRST_COMPLETED)
                if self._failed.done():
                    self._failed.result()
                reporting.result()
            finally:
                reporting.cancel()
        finally:
            await broker.stop()

    def _consumer(self) -> AIOKafkaConsumer:
        consumer: AIOKafkaConsumer = self._subscriber.consumer
        return consumer

    async def _turn(self, message: Any) -> None:
        """One batch. FastStream logs and swallows what a handler raises, so it is handed to `run` instead."""
        self._busy = True
        try:
            await self._take(message.raw_message)
            await self._go_on()
        except Exception as error:
            if not self._failed.done():
                self._failed.set_exception(error)
            # Nothing more is read: the consumer stands behind records that were not sent.
            await asyncio.Event().wait()
        finally:
            self._busy = False

    async def _go_on(self) -> None:
        try:
            await self._consumer().commit()
        except (CommitFailedError, IllegalStateError) as error:
            # The partitions went to another member meanwhile; it reads again what we sent, and its owner drops it.
            log.info("intake_commit_refused", error=str(error))

    async def _take(self, records: Sequence[Reported]) -> None:
        """Send everything in order, then wait until all of it is in the log."""
        pending: list[asyncio.Future[Any]] = []
        for partition, part in _by_partition(records).items():
            cutter = Cutter(partitions=self._partitions, reported_partition=partition)
            for record in part:
                for dead in _cut(record, cutter):
                    pending.append(await self._bury(record, dead))
            for target, command in cutter.commands():
                pending.append(await self._send(command, target))
        await asyncio.gather(*pending)

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

    async def _bury(self, record: Reported, dead: Undecodable) -> asyncio.Future[Any]:
        """To the dead letters, cut to a size that the log takes, with where it came from and why."""
        kept = [(name, value[:_HEADER_BYTES_MAX]) for name, value in record.headers[:_HEADERS_MAX]]
        why = [
            ("reason", dead.detail.encode()[:_HEADER_BYTES_MAX]),
            ("input", f"{record.topic}/{record.partition}/{record.offset}".encode()),
        ]
        if len(dead.data) > _DEAD_BYTES_MAX:
            why.append(("truncated-from-bytes", str(len(dead.data)).encode()))
        sent: asyncio.Future[Any] = await self._producer.send(
            self._dead,
            dead.data[:_DEAD_BYTES_MAX],
            partition=record.partition % self._partitions,
            headers=[*kept, *why],
        )
        return sent


def _broker(settings: Settings) -> KafkaBroker:
    options = settings.kafka_options()
    # `apply_types=False`: the handler takes the message as it is, nothing is to be validated or injected.
    return KafkaBroker(
        options["bootstrap_servers"].split(","),
        security=security_of(settings),
        apply_types=False,
        allow_auto_create_topics=False,
        graceful_timeout=5.0,
        logger=None,
    )


async def _as_one_message(records: tuple[Reported, ...]) -> KafkaMessage:
    """A whole batch of raw records in one message, without touching any of them."""
    return KafkaMessage(body=b"", raw_message=records, consumer=FAKE_CONSUMER)


async def _as_it_is(message: Any) -> Any:
    return message


def _by_partition(records: Iterable[Reported]) -> dict[int, list[Reported]]:
    parts: dict[int, list[Reported]] = {}
    for record in records:
        parts.setdefault(record.partition, []).append(record)
    return parts


def _cut(record: Reported, cutter: Cutter) -> list[Undecodable]:
    """Hand the pieces of a message to the cutter, and give back what is none."""
    value = record.value or b""
    if len(value) > MESSAGE_BYTES_MAX:
        return [Undecodable(value, f"a message has at most {MESSAGE_BYTES_MAX} bytes, not {len(value)}")]
    items = parse(value, _text_headers(record))
    if len(items) > RECORDS_PER_MESSAGE_MAX:
        return [Undecodable(value, f"a message has at most {RECORDS_PER_MESSAGE_MAX} records, not {len(items)}")]
    dead: list[Undecodable] = []
    first, here, add = record.offset * POSITIONS_PER_MESSAGE, f"reported/{record.partition}/{record.offset}", cutter.add
    for index, item in enumerate(items):
        # Without an id of its own, a record is called after its place: never a duplicate of another.
        if type(item) is WireRecord:
            problem = add(item, first + index, f"{here}#{index}" if item.id is None else "")
            if problem is not None:
                cutter.refuse(problem, item, first + index, f"{here}#{index}")
        elif type(item) is Problem:
            cutter.refuse(item, None, first + index, f"{here}#{index}")
        else:
            dead.append(item)
    return dead


def _text_headers(record: Reported) -> dict[str, str]:
    if not record.headers:
        return {}
    return {name.lower(): value.decode(errors="replace") for name, value in record.headers}


def _command_id(command: Command, target: int) -> str:
    """The same for the same slice, delivered again: it names what caused an event, and is not looked up."""
    if isinstance(command, RecordUsage):
        first = command.records[0].position if command.records else command.refused[0][0]
        return f"intake-{command.reported_partition}-{first}-{target}"
    return f"intake-progress-{target}"

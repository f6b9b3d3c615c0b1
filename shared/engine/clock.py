"""What time it is: the machine's clock, or the test clock that all services follow.

The test clock is a one-partition topic. Until somebody sets it, it has not started: it shows real time, and intake does
not report progress, so that a first `PUT /v1/clock` may go anywhere. Set, it stands still until it is set again;
released, it runs with real time, or as fast as it and ahead of it where it stood ahead.

    clock = Clock(log, test=settings.test_clock)
    await clock.start()
    clock.now()
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from shared.engine.log import Log
from shared.engine.process_exit import die
from shared.kernel.envelope import Envelope, to_headers
from shared.kernel.ids import derive
from shared.kernel.message import Event, catalogue, encode

log = structlog.get_logger()
TOPIC = "clock"


class ClockSet(Event, frozen=True, kw_only=True):
    """From here on it is `now`, until the clock is set again."""

    now: datetime

    @property
    def key(self) -> str:
        return TOPIC


class ClockReleased(Event, frozen=True, kw_only=True):
    """From here on the clock runs with real time, `ahead_us` microseconds ahead of it where it stood ahead: time does
    not go backwards.
    """

    ahead_us: int = 0

    @property
    def key(self) -> str:
        return TOPIC


CLOCK_EVENTS = catalogue("clock", ClockSet, ClockReleased)


class Clock:
    """Follows the clock topic when `test`; `changed` callbacks run after each change.

    Where it can follow no longer it calls `fatal`: a clock that stands for ever is worse than a process that ends.
    """

    def __init__(self, kafka: Log, *, test: bool, fatal: Callable[[BaseException], None] = die) -> None:
        self.test = test
        self.offset = 0
        self._kafka = kafka
        self._fatal = fatal
        self._standing_at: datetime | None = None
        self._ahead = timedelta()
        self._events = 0
        self._listeners: list[Callable[[], None]] = []
        self._task: asyncio.Task[None] | None = None
        self._stopping = False

    def now(self) -> datetime:
        """Aware UTC."""
        return self._standing_at or datetime.now(UTC) + self._ahead

    @property
    def started(self) -> bool:
        """False only for a test clock that was never set."""
        return not self.test or self._events > 0

    @property
    def frozen(self) -> bool:
        """Whether the clock stands still between settings."""
        return self._standing_at is not None

    def on_change(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    async def start(self) -> None:
        """Read the topic to its end, then follow it. Does nothing for a real clock."""
        if not self.test:
            return
        reader = await self._kafka.reader()
        try:
            await self._read_to_end(reader)
        except BaseException:
            await reader.stop()
            raise

        async def follow() -> None:
            try:
                while True:
                    await self._read(reader, timeout_ms=1000)
            except BaseException as error:
                if not self._stopping:
                    self._fatal(error)
                raise
            finally:
                await reader.stop()

        self._task = asyncio.create_task(follow(), name="clock")

    async def stop(self) -> None:
        self._stopping = True
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def wait_for(self, offset: int, *, timeout_s: float = 5.0) -> None:
        """Until the clock event at `offset` has been followed here. Raises `TimeoutError`."""
        async with asyncio.timeout(timeout_s):
            while self.offset <= offset:
                await asyncio.sleep(0.005)

    async def _read_to_end(self, reader: AIOKafkaConsumer) -> None:
        partition = TopicPartition(self._kafka.topic(TOPIC), 0)
        reader.assign([partition])
        reader.seek(partition, 0)
        end = (await reader.end_offsets([partition]))[partition]
        while await reader.position(partition) < end:
            await self._read(reader, timeout_ms=100)

    async def _read(self, reader: object, *, timeout_ms: int) -> None:
        for records in (await reader.getmany(timeout_ms=timeout_ms)).values():  # type: ignore[attr-defined]
            for record in records:
                headers = dict(record.headers)
                self._apply(CLOCK_EVENTS.decode(headers["ce_type"].decode(), record.value))
                self.offset = record.offset + 1

    def _apply(self, event: Event) -> None:
        self._standing_at = event.now if isinstance(event, ClockSet) else None
        self._ahead = timedelta(microseconds=event.ahead_us) if isinstance(event, ClockReleased) else timedelta()
        self._events += 1
        log.info("clock_changed", now=self.now().isoformat(), standing=self.frozen)
        for listener in self._listeners:
            listener()


async def send_clock(producer: AIOKafkaProducer, kafka: Log, event: Event, *, actor: str) -> int:
    """Write a clock event and return its offset; only the entry does this."""
    envelope = Envelope(
        env=kafka.env,
        service="clock",
        partition=0,
        type=CLOCK_EVENTS.name_of(event),
        recorded_at=datetime.now(UTC),
        subject=event.key,
        actor=actor,
        command_id=derive(os.urandom(16).hex()),  # `ce_id` is the only one of its kind
    )
    sent = await producer.send_and_wait(kafka.topic(TOPIC), encode(event), partition=0, headers=to_headers(envelope))
    return int(sent.offset)

"""The months of a small provider, told so patiently that only a wrong answer ends them.

    async with Feed(world, settings, kafka, pause_s=0.1) as feed:
        months = Months(world, feed, PatientClient(base_url, key), say=print)
        await months.open_shop()
        await months.live_through(date(2026, 1, 1))

Everything a fault swallows is sent again: requests under their Idempotency-Key, usage where the topic does not hold it
yet. What is published is therefore the same for the same seed, message by message, and so must be what comes of it.
"""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from types import TracebackType
from typing import Any, Final, Self

import httpx
import structlog
from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError

from meterlog.chaos.back_office import BackOffice
from meterlog.chaos.corrections import Corrections
from meterlog.demo.client import Client
from meterlog.demo.equipment import Equipment
from meterlog.demo.story import Story
from meterlog.demo.traffic import Record, month_of
from meterlog.demo.world import TIME_ZONE, World, month_after
from meterlog.installation import reported
from shared.engine.log import Log
from shared.engine.settings import Settings
from shared.kernel.calendar import zone
from shared.kernel.errors import RETRYABLE_CODES

log = structlog.get_logger()

FIRST_MONTH: Final = date(2026, 1, 1)
MONTHS_MAX: Final = 1200
GIVE_UP_AFTER_S: Final = 240.0
RECORDS_A_MESSAGE: Final = 20
SLICES: Final = 12
SEND_DEADLINE_S: Final = 60.0
# How far the clock may jump after a month was closed: usage of that month still to come is no older than 35 days then.
JUMP_MAX: Final = timedelta(hours=6)
# Before the close, the story stands ten minutes before midnight.
BEFORE_MIDNIGHT: Final = timedelta(minutes=9)

Message = tuple[int, bytes]
"""The partition of `usage.reported` and the bytes."""


def world_of(seed: int, customers: int) -> World:
    """Months without end; a run lives through as many of them as it has time for."""
    months = [FIRST_MONTH]
    while len(months) < MONTHS_MAX:
        months.append(month_after(months[-1]))
    return World.drawn(seed=seed, customers=customers, months=months)


class PatientClient(Client):
    """Asks again whatever may be different in a moment: a service that is away, an aggregate still on its way here, a
    clock that is still being moved for a caller who was cut off.
    """

    def __init__(self, base_url: str, key: str) -> None:
        super().__init__(base_url, key, give_up_after_s=GIVE_UP_AFTER_S)

    def passes(self, answer: httpx.Response) -> bool:
        if super().passes(answer):
            return True
        codes = _codes(answer)
        return bool(codes & (RETRYABLE_CODES - {"account_parked"})) or "clock_moving" in codes


class Months(Story):
    """The demo's story, in which reporting has all the time it needs, and which says when the clock may jump."""

    jump_until: datetime | None = None
    """How far the clock may be moved at this moment without changing what comes of the months; `None`: not at all."""
    corrections: Corrections

    def __init__(
        self, world: World, feed: Feed, client: Client, say: Callable[[str], None], office: BackOffice | None = None
    ) -> None:
        super().__init__(world, feed, client, say)
        self._going = feed.going
        self.corrections = Corrections(client)
        self._office = office
        self._month = world.months[0]
        if office is not None:
            feed.besides = office.records_of

    async def open_shop(self) -> None:
        await super().open_shop()
        if self._office is not None:
            await self._office.open()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Within the block no usage is published and the clock stands, once what has begun is over."""
        self._going.clear()
        try:
            yield
        finally:
            self._going.set()

    async def live_through(self, month: date) -> None:
        self._month = month
        if self._office is not None:
            await self._office.sign_up(month)
        await super().live_through(month)
        self.jump_until = None

    async def _advance(self, to: datetime) -> None:
        self.jump_until = None
        await self._going.wait()
        await super()._advance(to)
        closed = to.astimezone(zone(TIME_ZONE)).hour < 12
        self.jump_until = to + (JUMP_MAX if closed else BEFORE_MIDNIGHT)

    async def _bill(self, target: date) -> dict[str, Any]:
        run = await super()._bill(target)
        day = target.isoformat()
        async with asyncio.timeout(GIVE_UP_AFTER_S):
            while True:
                page = await self._client.get("/v1/invoices", status="issued", limit=1, **{"from": day, "to": day})
                if page["total"] >= len(self.world.customers):
                    return run
                await asyncio.sleep(0.2)

    async def _invoices(self, issued_on: date) -> list[dict[str, Any]]:
        """Those that customers pay: some of the month are taken back before, and the others go out."""
        invoices = await super()._invoices(issued_on)
        left = await self.corrections.make(invoices, month=issued_on.month)
        if self._office is not None:
            await self._office.look_back(self._month, left)
        return left


class Feed(Equipment):
    """Equipment that publishes each record exactly once, whatever becomes of the broker meanwhile."""

    def __init__(self, world: World, settings: Settings, kafka: Log, *, pause_s: float) -> None:
        """`pause_s` lies between the slices of a month, so that faults meet usage on its way."""
        super().__init__(world, settings)
        self.records: list[Record] = []
        """All that was published so far."""
        self.going = asyncio.Event()
        """Cleared while nothing is to be published."""
        self.going.set()
        self.besides: Callable[[date], list[Record]] = lambda month: []
        """What others report of a month, beside the world's customers."""
        self._kafka = kafka
        self._pause_s = pause_s
        self._hurried = asyncio.Event()
        self._topic = reported(settings.env)
        self._partitions = settings.partitions
        self._producer: AIOKafkaProducer | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._drop_producer()

    def hurry(self) -> None:
        """Publish without a pause from now on: nobody waits for usage on its way any more."""
        self._hurried.set()

    async def publish(self, month: date, *, late: bool = False) -> int:
        drawn = month_of(self._world, month)
        records = drawn.late if late else [*drawn.regular, *self.besides(month)]
        messages = _messages(records, self._partitions)
        for start in range(0, len(messages), max(1, len(messages) // SLICES)):
            await self.going.wait()
            await self._deliver(messages[start : start + max(1, len(messages) // SLICES)])
            await self._pause()
        self.records += records
        return len(records)

    async def _pause(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._hurried.wait(), self._pause_s)

    async def _deliver(self, messages: list[Message]) -> None:
        """Send until the topic holds all of them, none of them twice."""
        before = await self._ends()
        missing = messages
        while missing:
            try:
                async with asyncio.timeout(SEND_DEADLINE_S):
                    await self._send(missing)
                return
            except (KafkaError, TimeoutError) as error:
                log.info("publishing_again", error=str(error) or type(error).__name__)
                await self._drop_producer()
                held = await self._held(before)
                missing = [message for message in messages if message not in held]

    async def _send(self, messages: list[Message]) -> None:
        if self._producer is None:
            self._producer = await self._kafka.idempotent_producer()
        sent = [await self._producer.send(self._topic, value, partition=p) for p, value in messages]
        await asyncio.gather(*sent)

    async def _drop_producer(self) -> None:
        if self._producer is None:
            return
        producer, self._producer = self._producer, None
        try:
            async with asyncio.timeout(5):
                await producer.stop()
        except (KafkaError, TimeoutError) as error:
            log.info("producer_dropped", error=str(error) or type(error).__name__)

    async def _ends(self) -> dict[TopicPartition, int]:
        parts = [TopicPartition(self._topic, p) for p in range(self._partitions)]
        while True:
            try:
                reader = await self._kafka.reader()
                try:
                    async with asyncio.timeout(10):
                        return dict(await reader.end_offsets(parts))
                finally:
                    await reader.stop()
            except (KafkaError, TimeoutError):
                await asyncio.sleep(0.5)

    async def _held(self, since: dict[TopicPartition, int]) -> set[Message]:
        """What was published since these offsets."""
        ends = await self._ends()
        held: set[Message] = set()
        reader = await self._kafka.reader()
        try:
            reader.assign(list(since))
            for tp, offset in since.items():
                reader.seek(tp, offset)
                while await reader.position(tp) < ends[tp]:
                    for records in (await reader.getmany(tp, timeout_ms=500)).values():
                        held.update((record.partition, record.value) for record in records)
        finally:
            await reader.stop()
        return held


def _messages(records: list[Record], partitions: int) -> list[Message]:
    """By record id, so that a record and what differs from it under the same id arrive in the order they were sent."""
    parts: list[list[Record]] = [[] for _ in range(partitions)]
    for record in records:
        parts[zlib.crc32(record["id"].encode()) % partitions].append(record)
    cut = [
        (start, partition, part[start : start + RECORDS_A_MESSAGE])
        for partition, part in enumerate(parts)
        for start in range(0, len(part), RECORDS_A_MESSAGE)
    ]
    cut.sort(key=lambda piece: piece[:2])
    return [(partition, json.dumps(part, separators=(",", ":")).encode()) for _, partition, part in cut]


def _codes(answer: httpx.Response) -> set[str]:
    try:
        body = answer.json()
    except ValueError:
        return set()
    errors = body.get("errors", []) if isinstance(body, dict) else []
    return {str(error.get("code")) for error in errors}

"""A log of rating as the pipeline leaves it behind, written without running the pipeline.

    written = await write_log(settings, records=2_000_000)     # 8,000 events of some 250 records in four partitions

Rating's own decider makes every event from guided usage, the guided usage is what a thousand lines report every five
minutes in turn, and each partition's events go out in transactions: a reader can't tell it from a log that grew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

import msgspec
from aiokafka import AIOKafkaProducer

from bench.load import INTERVAL, INTERVALS_MAX, LINES, METER
from bench.product_run import account_of, reference_data, subscription_of
from services.rating.app import SERVICE as RATING
from services.usage.record.columns import GuidedColumns
from services.usage.record.messages import GuidedRecord, GuidedUsage
from shared.engine.log import Log
from shared.engine.settings import Settings
from shared.kernel.decider import Home, State
from shared.kernel.envelope import Envelope, to_headers
from shared.kernel.message import Command, encode
from shared.kernel.outcome import CommandResult, outcomes
from shared.kernel.partition import partition_of
from shared.kernel.unit_of_work import PartitionAddress, States, UnitOfWork

# As in a loaded pipeline: some 12,000 records a transaction.
MESSAGES_PER_TRANSACTION: Final = 48
REPORT: Final = 1000
"""Records of one usage event."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Everything:
    """All states of a partition in memory, and the reference data that it reads in the tables of the first one."""

    def __init__(self, reference: Everything | None = None) -> None:
        self._states: States = {}
        self._reference = reference or self

    def get(self, kind: type[State], key: str) -> object:
        home = self._reference if kind.HOME is Home.REFERENCE else self
        return home._states.get(kind, {}).get(key)

    def get_many(self, kind: type[State], keys: Collection[str]) -> dict[str, Any]:
        return {key: state for key in keys if (state := self.get(kind, key)) is not None}

    def keep(self, changed: States) -> None:
        for kind, states in changed.items():
            if kind is not CommandResult:
                self._states.setdefault(kind, {}).update(states)


class Partition:
    """One partition of rating, deciding without servers and writing its events."""

    def __init__(self, settings: Settings, number: int, view: Everything) -> None:
        self._env = settings.env
        self._number = number
        self._view = view
        self._seq = 1
        self._now = datetime.now(UTC)
        self._place = PartitionAddress(env=settings.env, partition=number, partitions=settings.partitions)
        self._catalogue = RATING.events | outcomes("rating")
        self._domain = RATING.domain
        self.producer: AIOKafkaProducer

    async def command(self, *commands: Command) -> None:
        batch = self._batch()
        for command in commands:
            name = f"{type(command).__name__}-{command.key}"
            held = tuple(claim.digest("rating") for claim in command.claims(name))
            batch.take_command(
                command, msgspec.structs.replace(self._envelope("rating", command.key, name), claims=held)
            )
        await self._write(batch)

    async def guided(self, *messages: GuidedUsage) -> None:
        batch = self._batch()
        for message in messages:
            batch.take_event(message, self._envelope("usage", "", None))
        await self._write(batch)

    def _batch(self) -> UnitOfWork:
        return UnitOfWork(self._domain, self._view, self._place, next_seq=self._seq, now=self._now)  # type: ignore[arg-type]

    def _envelope(self, origin: str, subject: str, command_id: str | None) -> Envelope:
        return Envelope(
            env=self._env,
            service=origin,
            partition=self._number,
            type="",
            recorded_at=self._now,
            subject=subject,
            command_id=command_id,
        )

    async def _write(self, batch: UnitOfWork) -> None:
        self._view.keep(batch.states)
        self._seq += len(batch.events)
        async with self.producer.transaction():
            sent = [
                await self.producer.send(
                    f"{self._env}.rating.events",
                    encode(event),
                    partition=self._number,
                    headers=to_headers(envelope),
                )
                for event, envelope in batch.events
            ]
            await asyncio.gather(*sent)


async def write_log(settings: Settings, *, records: int, lines: int = LINES) -> int:
    """Accounts, subscriptions, and usage of at least so many records; returns how many."""
    kafka = Log(settings)
    first = Everything()
    partitions = [Partition(settings, n, Everything(first) if n else first) for n in range(settings.partitions)]
    for number, partition in enumerate(partitions):
        partition.producer = await kafka.transactional_producer(f"{settings.env}.rating.{number}")
    try:
        began = datetime.now(UTC).replace(second=0, microsecond=0) - min(records // lines, INTERVALS_MAX) * INTERVAL
        start = began.date() - timedelta(days=1)
        start = start.replace(day=min(start.day, 28))
        for command in reference_data(start):
            await partitions[0].command(command)
        for line in range(lines):
            own = partitions[partition_of(f"acc-{line:04d}", settings.partitions)]
            await own.command(account_of(line), subscription_of(line, start))
        return await _usage(partitions, records, lines, datetime.combine(began.date(), time(), UTC))
    finally:
        for partition in partitions:
            await partition.producer.stop()


async def _usage(partitions: list[Partition], records: int, lines: int, first: datetime) -> int:
    waiting: list[list[GuidedUsage]] = [[] for _ in partitions]
    written = 0
    reports = [range(start, min(start + REPORT, lines)) for start in range(0, lines, REPORT)]
    for event in range(-(-records // REPORT)):
        source, seq = event % len(partitions), event // len(partitions) + 1
        interval, report = divmod(event, len(reports))
        started_us = (first + interval % INTERVALS_MAX * INTERVAL - _EPOCH) // timedelta(microseconds=1)
        for target, guided in enumerate(_guided(len(partitions), started_us, reports[report])):
            waiting[target].append(GuidedUsage(source=source, n=seq, seq=seq, records=GuidedColumns.of(guided)))
            written += len(guided)
        if len(waiting[0]) == MESSAGES_PER_TRANSACTION:
            await _flush(partitions, waiting)
    await _flush(partitions, waiting)
    return written


async def _flush(partitions: list[Partition], waiting: list[list[GuidedUsage]]) -> None:
    for partition, messages in zip(partitions, waiting, strict=True):
        await partition.guided(*messages)
        messages.clear()


def _guided(partitions: int, started_us: int, lines: range) -> Iterator[list[GuidedRecord]]:
    """One report of each line, as the messages to each partition that guide it."""
    ended_us = started_us + INTERVAL // timedelta(microseconds=1)
    by_target: list[list[GuidedRecord]] = [[] for _ in range(partitions)]
    for index, line in enumerate(lines):
        account = f"acc-{line:04d}"
        quantity = (1_000_000 + (started_us // 1_000_000 * 7919 + line * 104_729) % 899_000_000) * 1_000_000
        by_target[partition_of(account, partitions)].append(
            GuidedRecord(index, account, f"sub-{line:04d}", METER, quantity, started_us, ended_us)
        )
    return iter(by_target)

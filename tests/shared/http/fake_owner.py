"""The owner of all partitions, on real Kafka and real Postgres, whose answers the test decides.

It reads `<service>.commands` and projects the results a test asks for, in the table and with the rules of the worker.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from typing import Any, NamedTuple

from aiokafka import ConsumerRecord, TopicPartition

from shared.kernel.envelope import Envelope, from_headers
from tests.kit.driven_worker import DrivenWorker


class Verdict(NamedTuple):
    """What a command comes to."""

    status: str = "done"
    code: str | None = None
    detail: str | None = None
    pointer: str | None = None
    http_status: int | None = None
    final: bool = True


DONE = Verdict()
FAULTED = Verdict("faulted", "fault", "ZeroDivisionError", None, 500, final=False)
NOT_FOUND = Verdict("refused", "account_not_found", "there is no account 'a'", "/account_id", 422, final=False)
UNKNOWN = Verdict("refused", "unknown_aggregate", "account 'a' is not known", "/account_id", 422, final=False)

Decide = Callable[[Envelope, int], Verdict | None]


class FakeOwner:
    """Asks `decide(envelope, attempt)` for each command; `None` leaves it without a result."""

    def __init__(self, shop: DrivenWorker, decide: Decide = lambda envelope, attempt: DONE) -> None:
        self._shop = shop
        self.decide = decide
        self.seen: list[tuple[Envelope, ConsumerRecord[bytes, bytes]]] = []
        self.seq = 0
        self.asked_for: list[set[int]] = []
        self.told = False
        self.is_behind = False
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        reader = await self._shop.kafka.reader()
        topic = self._shop.kafka.topic(f"{self._shop.service.name}.commands")
        partitions = [TopicPartition(topic, n) for n in range(self._shop.settings.partitions)]
        reader.assign(partitions)
        for partition in partitions:
            reader.seek(partition, 0)
        self._task = asyncio.create_task(self._run(reader))

    async def stop(self) -> None:
        assert self._task is not None
        self._task.cancel()
        await asyncio.wait([self._task])

    async def wait_for_upstream(self, partitions: Collection[int]) -> bool:
        """Whether there was anything to hear of a service above."""
        self.asked_for.append(set(partitions))
        if self.is_behind:
            raise TimeoutError
        return self.told

    async def project(self, envelope: Envelope, verdict: Verdict) -> None:
        self.seq += 1
        await self._shop.pool.execute(
            """insert into command_result (command_id, partition, status, final, seq, subject, code, detail, pointer,
                                           http_status, recorded_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
               on conflict (command_id, partition) do update set status = excluded.status, final = excluded.final,
                 seq = excluded.seq, code = excluded.code, detail = excluded.detail, pointer = excluded.pointer,
                 http_status = excluded.http_status""",
            envelope.command_id,
            envelope.partition,
            verdict.status,
            verdict.final,
            self.seq,
            envelope.subject,
            verdict.code,
            verdict.detail,
            verdict.pointer,
            verdict.http_status,
            envelope.recorded_at,
        )

    async def _run(self, reader: Any) -> None:
        try:
            while True:
                for records in (await reader.getmany(timeout_ms=200)).values():
                    for record in records:
                        envelope = from_headers(record.headers)
                        self.seen.append((envelope, record))
                        attempt = sum(1 for seen, _ in self.seen if seen.command_id == envelope.command_id)
                        verdict = self.decide(envelope, attempt)
                        if verdict is not None:
                            await self.project(envelope, verdict)
        finally:
            await reader.stop()

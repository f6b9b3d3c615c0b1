"""What one batch of a view holds: behind a batch all that has come since, else what is there."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from aiokafka import TopicPartition

from services.reporting.app import SERVICE
from shared.engine.process_memory import ProcessMemory
from shared.engine.projector import BATCH_BYTES, FULL_BYTES, POLL_MS, Projector

USAGE, RATING = TopicPartition("t.usage.events", 2), TopicPartition("t.rating.events", 2)


class Message(str):
    """One that says little, unless it has much of the letter m."""

    @property
    def value(self) -> bytes:
        return self.encode() * (FULL_BYTES if "m" in self else 1)


class Client:
    """Gives one answer after the other, as the broker's client does."""

    def __init__(self, *answers: dict[TopicPartition, list[str]]) -> None:
        self.answers = [*answers]
        self.waited_ms: list[int] = []

    async def getmany(self, *, timeout_ms: int, max_records: int) -> dict[TopicPartition, list[Message]]:
        self.waited_ms.append(timeout_ms)
        answer = self.answers.pop(0) if self.answers else {}
        return {tp: [Message(text) for text in texts] for tp, texts in answer.items()}


def projector(client: Client) -> Projector:
    kafka = cast(Any, SimpleNamespace(topic=lambda name: f"t.{name}", messages_come=lambda _reader, come: None))
    view = Projector(
        service=SERVICE,
        partition=2,
        gen=1,
        kafka=kafka,
        pool=cast(Any, None),
        log_offsets=cast(Any, None),
        memory=ProcessMemory(cache_bytes=0, owned=lambda: 1),
    )
    view.reader = cast(Any, client)
    return view


async def fetched(monkeypatch: pytest.MonkeyPatch, client: Client, *, behind_a_batch: bool) -> dict[Any, list[Any]]:
    def gather_s(*, hot: bool) -> float:
        return 0.001 if behind_a_batch else -1.0

    view = projector(client)
    monkeypatch.setattr(view._work_loop, "gather_s", gather_s)
    return await view._fetch()


async def test_an_old_answer_and_what_has_come_since_are_one_batch_in_the_order_of_the_log(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = Client({USAGE: ["1"]}, {USAGE: ["2", "3"], RATING: ["1"]}, {USAGE: ["4"]})
    found = await fetched(monkeypatch, client, behind_a_batch=True)
    assert found == {USAGE: ["1", "2", "3"], RATING: ["1"]} and client.waited_ms == [POLL_MS, 0]


async def test_an_answer_of_thousands_of_rows_is_worth_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client({USAGE: ["much"]}, {USAGE: ["2"]})
    assert await fetched(monkeypatch, client, behind_a_batch=True) == {USAGE: ["much"]}
    assert client.waited_ms == [POLL_MS]


async def test_what_comes_after_a_pause_is_taken_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client({USAGE: ["1"]}, {USAGE: ["2"]})
    assert await fetched(monkeypatch, client, behind_a_batch=False) == {USAGE: ["1"]}
    assert client.waited_ms == [POLL_MS]


async def test_nothing_is_waited_for_where_nothing_came(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client({}, {USAGE: ["1"]})
    assert await fetched(monkeypatch, client, behind_a_batch=True) == {} and client.waited_ms == [POLL_MS]


async def test_however_much_has_come_a_transaction_has_its_limit_and_the_process_its_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    view = projector(Client())
    applied: list[list[int]] = []

    async def apply(source: Any, records: list[Any]) -> None:
        assert view._memory._in_work == sum(len(record.value) for record in records)
        applied.append([len(record.value) for record in records])

    monkeypatch.setattr(view, "_apply", apply)
    half = [SimpleNamespace(value=bytes(BATCH_BYTES // 2)) for _ in range(5)]
    await view._apply_all(cast(Any, {USAGE: half, RATING: half[:1]}))
    assert [len(run) for run in applied] == [2, 2, 1, 1] and view._memory._in_work == 0

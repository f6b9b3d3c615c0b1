"""A partition gathers usage at a pace while it flows, and waits for nobody who asks for something."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka import TopicPartition

from services.usage.service import SERVICE
from shared.engine.worker import BATCH_BYTES, FLOW_BYTES, FLOW_PACE_S, Worker

COMMANDS = TopicPartition("t.usage.commands", 2)


def record(size: int, key: bytes | None = None) -> Any:
    return SimpleNamespace(value=bytes(size), key=key, headers=[], offset=1, partition=2)


class Gathering:
    """A partition with one message at hand behind a batch of so many bytes; it notes the pace that it asks for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, last_bytes: int) -> None:
        kafka = SimpleNamespace(
            topic=lambda name: f"t.{name}", env="t", settings=SimpleNamespace(partitions=4, usage_lines=None)
        )
        others: Any = SimpleNamespace()
        memory: Any = SimpleNamespace(owned=lambda: 4, cache_bytes=lambda: 0)
        self.worker = Worker(
            service=SERVICE,
            partition=2,
            gen=1,
            kafka=kafka,  # type: ignore[arg-type]
            pool=others,
            clock=others,
            commands=others,
            timer_producer=others,
            log_offsets=others,
            memory=memory,
        )
        self.paces: list[float] = []
        self.polls = 0
        monkeypatch.setattr(self.worker._work_loop, "gather_s", self._gather_s)
        monkeypatch.setattr(self.worker, "_poll", self._poll)
        self.worker._flowing = last_bytes >= FLOW_BYTES

    def _gather_s(self, pace_s: float) -> float:
        self.paces.append(pace_s)
        return min(pace_s, 0.001)

    async def _poll(self, _wait_s: float) -> None:
        self.polls += 1

    async def behind(self, held: Any) -> Gathering:
        self.worker._held.append((COMMANDS, held))
        await self.worker._gather()
        return self


async def test_usage_behind_a_batch_of_usage_waits_for_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    found = await Gathering(monkeypatch, last_bytes=FLOW_BYTES).behind(record(100))
    assert found.paces == [FLOW_PACE_S] and found.polls == 1


async def test_where_little_came_nothing_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    found = await Gathering(monkeypatch, last_bytes=FLOW_BYTES - 1).behind(record(100))
    assert found.paces == [0.0] and found.polls == 0


async def test_a_command_that_somebody_waits_for_keeps_no_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    found = await Gathering(monkeypatch, last_bytes=FLOW_BYTES).behind(record(100, key=b"acc-1"))
    assert found.paces == [0.0]


async def test_what_fills_a_batch_does_not_wait_for_more(monkeypatch: pytest.MonkeyPatch) -> None:
    found = await Gathering(monkeypatch, last_bytes=FLOW_BYTES).behind(record(BATCH_BYTES))
    assert found.polls == 0

"""How often intake tells how far it is: by the second while there is usage, seldom while there is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiokafka import TopicPartition

from services.usage.processes.progress_report import QUIET_EVERY_S, ProgressReport
from services.usage.watermark.messages import IntakeProgressed

PLACE = TopicPartition("local.usage.reported", 0)
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


class Consumer:
    """Reads one partition, to its end."""

    def __init__(self) -> None:
        self.end = 0

    def assignment(self) -> set[TopicPartition]:
        return {PLACE}

    async def end_offsets(self, places: list[TopicPartition]) -> dict[TopicPartition, int]:
        return dict.fromkeys(places, self.end)

    async def position(self, _place: TopicPartition) -> int:
        return self.end

    async def commit(self, _offsets: dict[TopicPartition, int]) -> None:
        """Nobody compares."""


class Clock:
    started, frozen = True, False

    def __init__(self) -> None:
        self.passed_s = 0.0

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.passed_s)

    def on_change(self, _listener: Any) -> None:
        """It runs."""


class Scene:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.consumer, self.clock = Consumer(), Clock()
        self.told: list[float] = []
        consumer: Any = self.consumer
        clock: Any = self.clock
        self._report = ProgressReport(
            clock=clock, consumer=consumer, is_busy=lambda: False, batches=lambda: 0, send=self._send, partitions=1
        )
        monkeypatch.setattr(ProgressReport, "_monotonic", lambda _self: 1000 + self.clock.passed_s)

    async def _send(self, command: IntakeProgressed) -> None:
        self.told.append((command.through - NOON).total_seconds())

    async def seconds(self, count: int) -> None:
        for _ in range(count):
            await self._report._report()
            self.clock.passed_s += 1


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Scene:
    return Scene(monkeypatch)


async def test_while_nothing_is_reported_time_is_told_seldom(scene: Scene) -> None:
    await scene.seconds(25)
    assert scene.told == [0, QUIET_EVERY_S, 2 * QUIET_EVERY_S]


async def test_usage_is_covered_a_second_after_it(scene: Scene) -> None:
    await scene.seconds(3)
    scene.consumer.end = 40
    await scene.seconds(3)
    scene.consumer.end = 41
    await scene.seconds(1)
    assert scene.told == [0, 3, 6]


async def test_a_clock_that_stands_tells_each_of_its_moves(scene: Scene) -> None:
    scene.clock.frozen = True
    await scene.seconds(3)
    assert scene.told == [0, 1, 2]

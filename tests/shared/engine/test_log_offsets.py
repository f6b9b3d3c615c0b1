"""Where a log ends, when that is told late: waited for, and not for long."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, cast

import pytest
from aiokafka import TopicPartition

from shared.engine import log_offsets
from shared.engine.log import Log
from shared.engine.log_offsets import LogOffsets, ends_reaching


def telling(*answers: int) -> tuple[Callable[[], Awaitable[Mapping[str, int]]], list[int]]:
    """One who answers this, then that, and the last for ever; and what was answered so far."""
    told: list[int] = []

    async def ask() -> Mapping[str, int]:
        told.append(answers[min(len(told), len(answers) - 1)])
        return {"rating.events/1": told[-1]}

    return ask, told


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ((10,),       1),
        ((12,),       1),
        ((8, 9, 10),  3),
    ],
)  # fmt: skip
async def test_an_end_is_asked_for_until_it_lies_where_was_read(answers: tuple[int, ...], asked: int) -> None:
    ask, told = telling(*answers)
    assert await ends_reaching(ask, {"rating.events/1": 10}) == {"rating.events/1": answers[-1]}
    assert len(told) == asked


async def test_the_end_of_a_log_that_lost_some_is_told_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_offsets, "LATE_LOOKS_MAX", 3)
    ask, told = telling(9)
    assert await ends_reaching(ask, {"rating.events/1": 10}) == {"rating.events/1": 9}
    assert len(told) == 4


class Silent:
    """A log with a reader of no answers, and the order in which its ends came."""

    def __init__(self) -> None:
        self.ended: list[str] = []

    async def reader(self) -> Silent:
        return self

    async def end_offsets(self, partitions: Any) -> dict[TopicPartition, int]:
        try:
            await asyncio.Event().wait()
        finally:
            self.ended.append("question")
        return {}

    async def stop(self) -> None:
        self.ended.append("reader")


async def test_a_question_under_way_ends_before_its_reader_does() -> None:
    silent = Silent()
    offsets = LogOffsets(cast(Log, silent))
    await offsets.start()
    asking = asyncio.create_task(offsets.ends([TopicPartition("local.rating.events", 1)]))
    for _ in range(10):
        await asyncio.sleep(0)
    await offsets.stop()
    assert silent.ended == ["question", "reader"]
    with pytest.raises(asyncio.CancelledError):
        await asking

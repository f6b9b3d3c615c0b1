"""While usage flows, what arrives comes together; what comes alone or after a pause is sent on at once."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from services.usage.processes.intake_pace import FLOW_BYTES, FULL_MESSAGES, PACE_S, IntakePace, Messages
from shared.engine import work_loop


def messages(count: int, size: int) -> Messages:
    message: Any = SimpleNamespace(value=bytes(size))
    return (message,) * count


async def nothing_more() -> Messages:
    return ()


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What was slept, which takes no time."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("services.usage.processes.intake_pace.asyncio", SimpleNamespace(sleep=sleep))
    monkeypatch.setattr(work_loop, "time", SimpleNamespace(monotonic=lambda: 1000.0))
    return slept


async def turns(pace: IntakePace, read: Messages) -> None:
    """A batch, and the wait before the next one."""
    with pace.loop.batch():
        await pace.with_rest(read, nothing_more)
    await pace.turn()


async def test_behind_a_batch_of_usage_the_next_one_waits(waited: list[float]) -> None:
    await turns(IntakePace(), messages(1, FLOW_BYTES))
    assert waited == [pytest.approx(PACE_S)]


async def test_behind_a_few_records_nothing_waits(waited: list[float]) -> None:
    await turns(IntakePace(), messages(1, FLOW_BYTES - 1))
    assert waited == []


async def test_where_as_much_is_there_as_a_batch_takes_nothing_waits(waited: list[float]) -> None:
    await turns(IntakePace(), messages(FULL_MESSAGES, FLOW_BYTES))
    assert waited == []


async def test_what_came_while_a_batch_was_waited_for_goes_with_it(waited: list[float]) -> None:
    pace = IntakePace()
    await turns(pace, messages(1, FLOW_BYTES))
    waited.clear()

    async def rest() -> Messages:
        return messages(3, 10)

    assert len(await pace.with_rest(messages(2, FLOW_BYTES), rest)) == 5 and len(waited) == 1

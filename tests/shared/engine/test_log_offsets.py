"""Where a log ends, when that is told late: waited for, and not for long."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

import pytest

from shared.engine import log_offsets
from shared.engine.log_offsets import ends_reaching


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

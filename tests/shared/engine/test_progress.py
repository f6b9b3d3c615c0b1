"""What a process says of its progress, by which the clock's `advance` decides that nothing happens any more."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from shared.engine.process import Runtime
from shared.engine.settings import Settings


@dataclass
class Quiet:
    """A partition with nothing to do."""

    partition: int
    ready: bool = True
    activity: int = 3
    trouble: str = ""

    def standing(self) -> tuple[bool, str]:
        return True, ""

    async def lag(self) -> int:
        return 0

    async def settled(self) -> bool:
        return True

    def next_due(self) -> datetime | None:
        return None


class Behind:
    """Intake with something that it has not handed on."""

    def standing(self) -> tuple[bool, str]:
        return True, ""

    async def lag(self) -> int:
        return 7

    async def settled(self) -> bool:
        return False


def process_owning(*partitions: int, feeds: tuple[str, ...] = ()) -> Runtime:
    """A process of an installation with four partitions."""
    parts: dict[str, Any] = {field.name: None for field in fields(Runtime) if field.init}
    parts |= {
        "service": SimpleNamespace(name="rating", feeds=feeds),
        "settings": Settings.model_validate({"partitions": 4}),
        "clock": SimpleNamespace(now=lambda: datetime(2026, 9, 1, tzinfo=UTC), offset=1),
        "background": [],
        "feeds": {},
    }
    process = Runtime(**parts)
    process.membership = SimpleNamespace(standing=lambda: (True, ""))  # type: ignore[assignment]
    process.ownership = SimpleNamespace(joined=True, workers={p: Quiet(p) for p in partitions})  # type: ignore[assignment]
    return process


async def test_the_owner_of_all_partitions_is_idle_when_they_are() -> None:
    assert (await process_owning(0, 1, 2, 3).progress())["idle"] is True


async def test_what_is_reported_and_not_handed_on_yet_is_something_to_do() -> None:
    process = process_owning(0, 1, 2, 3, feeds=("intake",))
    process.feeds["intake"] = Behind()
    progress = await process.progress()
    assert (progress["idle"], progress["lag"]) == (False, 7)


async def test_a_process_is_neither_ready_nor_idle_before_all_that_it_takes_is_read() -> None:
    """Between the first partition and the first look at its intake it would be ready with nobody to take usage."""
    process = process_owning(0, 1, 2, 3, feeds=("intake", "RADIUS"))
    process.feeds["RADIUS"] = None
    assert process.ready() == (False, "starting intake")
    assert (await process.progress())["idle"] is False
    process.feeds["intake"] = Quiet(0)
    assert process.ready() == (True, "")
    assert (await process.progress())["idle"] is True


@pytest.mark.parametrize("owned", [(), (0, 1)], ids=["none, during a rebalance", "half, beside another replica"])
async def test_partitions_that_are_not_here_are_not_vouched_for(owned: tuple[int, ...]) -> None:
    progress = await process_owning(*owned).progress()
    assert progress["idle"] is False and progress["partitions"] == list(owned)

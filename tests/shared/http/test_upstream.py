"""A service has heard all that was said above it once it has taken what stood in those logs when it was asked."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from pydantic import SecretStr

from shared.engine.settings import Settings
from shared.http import upstream as module
from shared.http.upstream import wait_for_upstream
from tests.kit.fixed_logs import TAKES, FixedLogs


class Checkpoints:
    """The pool of a process whose partitions have taken so much of each log above."""

    def __init__(self, taken: dict[str, list[int]]) -> None:
        self.taken = taken
        self.reads = 0

    async def fetch(self, _: str) -> list[dict[str, Any]]:
        self.reads += 1
        return [
            {
                "topic": "payments.events",
                "partition": p,
                "next_offset": 0,
                "recorded_at": None,
                "inputs": json.dumps({topic: [offsets[p], 0] for topic, offsets in self.taken.items()}),
            }
            for p in range(4)
        ]


class Process:
    def __init__(self, service: str, taken: dict[str, list[int]], written: dict[tuple[str, int], int]) -> None:
        self.settings = Settings(token_key=SecretStr("a key for tests"), partitions=4)
        self.service: Any = type("Facts", (), {"name": service, "takes": TAKES[service]})()
        self.logs: Any = FixedLogs(written=written)
        self.pool: Any = Checkpoints(taken)


async def test_there_is_nothing_to_wait_for_where_no_log_is_above() -> None:
    assert not await wait_for_upstream(Process("rating", {}, {("usage.guided", 1): 7}), [1])


async def test_what_is_taken_is_heard_and_other_partitions_do_not_matter() -> None:
    taken = {"rating.events": [5, 5, 0, 5], "invoicing.events": [5, 5, 5, 5]}
    process = Process("payments", taken, {("rating.events", p): 5 for p in range(4)})
    assert await wait_for_upstream(process, {0, 1})
    assert process.pool.reads == 1


async def test_it_waits_for_what_stood_there_and_not_for_what_came_since() -> None:
    process = Process("payments", {"rating.events": [5, 3, 5, 5]}, {("rating.events", 1): 5})
    waiting = asyncio.create_task(wait_for_upstream(process, {1}))
    while process.pool.reads < 3:
        await asyncio.sleep(0)
    process.logs.written["rating.events", 1] = 1000
    process.pool.taken["rating.events"][1] = 6
    assert await waiting


async def test_one_that_stands_still_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WAIT_S", 0.05)
    with pytest.raises(TimeoutError):
        await wait_for_upstream(Process("payments", {"rating.events": [5, 3, 5, 5]}, {("rating.events", 1): 5}), {1})

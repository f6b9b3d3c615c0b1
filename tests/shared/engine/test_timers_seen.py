"""Timers that are written while their owner looks at them: a batch goes into the tables beside its loop."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from shared.engine.log import Log
from shared.engine.postgres import Connection
from shared.engine.timers import Timers
from shared.kernel.decider import Due
from tests.kit.toy import toy_service

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


class Table:
    """Answers what it holds as a question comes, once it is let."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.let = asyncio.Event()

    async def fetch(self, sql: str, *args: Any) -> list[dict[str, Any]]:
        rows = [*self.rows]
        await self.let.wait()
        return rows


async def test_a_timer_that_is_written_during_a_look_is_seen_by_the_next_one() -> None:
    table, timers = Table(), Timers(toy_service(), 1, cast(Log, None), cast(Any, None))
    looking = asyncio.create_task(timers.refresh(cast(Connection, table)))
    await asyncio.sleep(0)
    table.rows = [{"gate": "clock", "next": NOON}]
    timers.changed({Due: {"empty/a": None}})
    table.let.set()
    await looking
    assert timers.pending(now=NOON - timedelta(days=1), watermark=None), "it is to be looked at again"
    await timers.refresh(cast(Connection, table))
    assert timers.next_due() == NOON
    assert not timers.pending(now=NOON - timedelta(days=1), watermark=None)

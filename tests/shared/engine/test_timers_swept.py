"""Very many timers of one midnight: each sweep goes on behind the last, and none that is set in between is left."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import msgspec
import pytest

from shared.engine import timers
from shared.engine.log import Log
from shared.engine.postgres import Pool
from shared.engine.sent_together import Record
from shared.engine.timers import Timers
from shared.kernel.decider import Due
from shared.kernel.outcome import Parking
from tests.kit.toy import toy_service

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Table:
    """The rows of `due` of one partition; `meanwhile` happens while a question is answered."""

    def __init__(self) -> None:
        self.rows: dict[str, datetime] = {}
        self.asked: list[tuple[datetime, str]] = []
        self.meanwhile: Callable[[], None] = lambda: None

    async def fetch(self, sql: str, *args: Any) -> list[dict[str, Any]]:
        if "recursive" in sql:
            return [{"gate": "clock", "next": min(self.rows.values())}] if self.rows else []
        _, _, limit, at, name, most = args
        self.asked.append((at, name))
        found = sorted((due, one) for one, due in self.rows.items() if due <= limit and (due, one) > (at, name))[:most]
        self.meanwhile()
        return [{"name": one, "due_at": due, "command_type": "toy.X.v1", "command": b"{}"} for due, one in found]


class Shop:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.table, self.sent, self.seconds = Table(), cast(list[str], []), 0.0
        kafka = SimpleNamespace(env="test", topic=lambda name: name)
        self.timers = Timers(toy_service(), 1, cast(Log, kafka), cast(Any, None))
        monkeypatch.setattr(timers, "send_together", self._send)
        monkeypatch.setattr(timers, "time", SimpleNamespace(monotonic=lambda: self.seconds))

    async def _send(self, producer: Any, place: Any, records: list[Record]) -> Any:
        self.sent += [(record.key or b"").decode() for record in records]
        return SimpleNamespace(futures=[])

    def set(self, name: str, at: datetime) -> None:
        """A batch has written a timer."""
        self.table.rows[name] = at
        timer = Due(name=name, due_at=at, command_type="toy.X.v1", command=msgspec.Raw(b"{}"))
        self.timers.changed({Due: {name: timer}})

    def close(self, name: str) -> None:
        del self.table.rows[name]
        self.timers.changed({Due: {name: None}})

    async def fire(self) -> list[str]:
        self.sent.clear()

        @asynccontextmanager
        async def acquire() -> AsyncIterator[Table]:
            yield self.table

        await self.timers.fire(cast(Pool, SimpleNamespace(acquire=acquire)), now=NOON, watermark=None)
        return [*self.sent]


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setattr(timers, "SWEEP", 3)
    shop = Shop(monkeypatch)
    for n in range(8):
        shop.set(f"t{n}", NOON)
    return shop


async def test_each_sweep_goes_on_behind_the_last(shop: Shop) -> None:
    assert [await shop.fire() for _ in range(4)] == [["t0", "t1", "t2"], ["t3", "t4", "t5"], ["t6", "t7"], []]
    assert shop.table.asked[1:] == [(NOON, "t2"), (NOON, "t5"), (NOON, "t7")]


async def test_one_that_is_set_before_is_found_at_once(shop: Shop) -> None:
    await shop.fire()
    shop.set("t00", NOON - HOUR)
    assert await shop.fire() == ["t00", "t3", "t4"]


async def test_one_that_is_set_before_while_a_sweep_is_on_its_way_is_found_by_the_next(shop: Shop) -> None:
    await shop.fire()
    shop.table.meanwhile = lambda: shop.set("t00", NOON - HOUR)
    assert await shop.fire() == ["t3", "t4", "t5"]
    shop.table.meanwhile = lambda: None
    assert await shop.fire() == ["t00", "t6", "t7"]


async def test_what_nobody_has_closed_is_sent_again_after_five_seconds(shop: Shop) -> None:
    for _ in range(3):
        await shop.fire()
    for n in range(7):
        shop.close(f"t{n}")
    shop.seconds = 4.9
    assert await shop.fire() == []
    shop.seconds = 5.0
    assert await shop.fire() == ["t7"]


async def test_once_a_queue_is_empty_all_are_looked_at_again(shop: Shop) -> None:
    for _ in range(3):
        await shop.fire()
    shop.timers.changed({Parking: {"acc-1": None}})
    assert await shop.fire() == ["t0", "t1", "t2"]


async def test_what_is_decided_makes_room_before_the_tables_have_it(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timers, "ON_THE_WAY_MAX", 3)
    assert await shop.fire() == ["t0", "t1", "t2"]
    assert await shop.fire() == []
    shop.timers.decided({Due: {"t0": None, "t1": None}})
    assert await shop.fire() == ["t3", "t4"]

"""What a batch sees of those that were decided before it and are not in the tables yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from shared.engine.postgres import Connection
from shared.engine.state_cache import StateCache
from shared.kernel.decider import State
from tests.kit.toy import toy_service

NOWHERE = cast(Connection, None)


class Counted(State, frozen=True, kw_only=True):
    FOLDED = True

    account_id: str
    n: int


class Page(State, frozen=True, kw_only=True):
    """Read of rows that no event gives as a state."""

    account_id: str
    n: int


class Tables:
    """Loads what it holds, and is told when somebody waits for all to be written."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self.waits = 0
        service = replace(toy_service(), loaders={Counted: self._counted, Page: self._pages})
        self.cache = StateCache(service, 1, 4, all_written=self._all_written)

    async def load(self, kind: type[State], *keys: str) -> dict[str, Any]:
        self.cache._batch.clear()
        await self.cache.load(NOWHERE, {kind: keys}, 1, "payments.events")
        return {key: state.n for key, state in self.cache.get_many(kind, keys).items()}  # type: ignore[attr-defined]

    async def _counted(self, connection: Connection, partition: int, keys: Sequence[str]) -> Mapping[str, State]:
        return {key: Counted(account_id=key, n=self.rows[key]) for key in keys if key in self.rows}

    async def _pages(self, connection: Connection, partition: int, keys: Sequence[str]) -> Mapping[str, State]:
        return {key: Page(account_id=key, n=self.rows[key]) for key in keys if key in self.rows}

    async def _all_written(self) -> None:
        self.waits += 1
        self.rows["a"] = 3


def counted(key: str, n: int) -> Counted:
    return Counted(account_id=key, n=n)


async def test_the_latest_of_what_was_decided_is_seen_until_the_tables_have_it() -> None:
    tables = Tables()
    tables.rows = {"a": 1, "b": 1, "c": 1}
    tables.cache.decided({Counted: {"a": counted("a", 2), "b": None}})
    tables.cache.decided({Counted: {"a": counted("a", 3)}})
    assert await tables.load(Counted, "a", "b", "c", "d") == {"a": 3, "c": 1}
    tables.rows = {"a": 2, "c": 1}
    tables.cache.written({})
    assert await tables.load(Counted, "a", "b", "c", "d") == {"a": 3, "c": 1}
    tables.rows = {"a": 3, "c": 9}
    tables.cache.written({})
    assert await tables.load(Counted, "a", "b", "c") == {"a": 3, "c": 9}
    assert not tables.waits


async def test_rows_that_no_state_stands_for_are_read_once_all_is_written() -> None:
    tables = Tables()
    tables.rows = {"a": 1}
    assert await tables.load(Page, "a") == {"a": 3}
    assert tables.waits == 1

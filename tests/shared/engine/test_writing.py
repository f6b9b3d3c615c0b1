"""Batches on their way into the tables: in order, behind the log, and ended by the first fault."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, cast

import pytest

from shared.engine.store import Checkpoint, GenerationMoved
from shared.engine.writing import Logged, Writing
from shared.kernel.unit_of_work import UnitOfWork

MOVED, GONE, BUG = GenerationMoved("other tables are shown"), ConnectionError("gone"), ZeroDivisionError("a bug")


class Tables:
    """They take as many batches as they are told to, and note what has come."""

    def __init__(self, fails: dict[int, Exception] | None = None) -> None:
        self.written: list[int] = []
        self.left: list[int] = []
        self._fails = fails or {}
        self._open = asyncio.Semaphore(0)
        self.writing = Writing(self._write)

    async def begin(self, *batches: int) -> None:
        for n in batches:
            await self.writing.has_room()
            room = AsyncExitStack()
            await room.enter_async_context(self._room(n))
            self.writing.begin(Logged(cast(UnitOfWork, None), Checkpoint(next_seq=n), 0.0, room))
        await self._settle()

    async def take(self, count: int = 1) -> None:
        for _ in range(count):
            self._open.release()
        await self._settle()

    async def _write(self, batch: Logged) -> None:
        await self._open.acquire()
        if (n := batch.after.next_seq) in self._fails:
            raise self._fails[n]
        self.written.append(n)

    @asynccontextmanager
    async def _room(self, n: int) -> AsyncIterator[None]:
        try:
            yield
        finally:
            self.left.append(n)

    @staticmethod
    async def _settle() -> None:
        for _ in range(10):
            await asyncio.sleep(0)


async def test_batches_are_written_one_after_the_other() -> None:
    tables = Tables()
    await tables.begin(1, 2)
    assert (tables.written, tables.left, tables.writing.idle) == ([], [], False)
    await tables.take()
    assert (tables.written, tables.left) == ([1], [1])
    await tables.take()
    assert (tables.written, tables.left, tables.writing.idle) == ([1, 2], [1, 2], True)
    await tables.writing.end()


async def test_a_third_batch_waits_until_the_first_is_written() -> None:
    tables = Tables()
    await tables.begin(1, 2)
    third = asyncio.create_task(tables.begin(3))
    await asyncio.sleep(0.01)
    assert not third.done()
    await tables.take()
    await third
    await tables.take(2)
    await tables.writing.all_written()
    assert tables.written == [1, 2, 3]


async def test_what_is_behind_a_batch_that_is_not_written_is_not_written_either() -> None:
    tables = Tables({1: GONE})
    await tables.begin(1, 2)
    await tables.take(2)
    assert (tables.written, tables.left) == ([], [1, 2])
    for ask in (tables.writing.has_room, tables.writing.all_written, tables.writing.end):
        with pytest.raises(ConnectionError):
            await ask()


@pytest.mark.parametrize(
    ("met", "error", "raised"),
    [
        pytest.param(MOVED, None, MOVED, id="the next owner of the partition applies what is logged"),
        pytest.param(GONE, MOVED, GONE, id="a fault is worse than what ended the loop"),
        pytest.param(MOVED, GONE, None, id="or it is the loop's own, which is raised there"),
        pytest.param(None, BUG, None, id="nothing else has failed"),
    ],
)
async def test_the_worst_of_what_was_met_ends_the_owner(
    met: Exception | None, error: Exception | None, raised: Exception | None
) -> None:
    tables = Tables({1: met} if met else {})
    await tables.begin(1, 2)
    await tables.take(2)
    assert await _raised_by(tables.writing.end(error)) == [e for e in (raised,) if e]
    assert sorted(tables.left) == [1, 2]


async def test_an_owner_that_is_cancelled_waits_for_no_server() -> None:
    tables = Tables()
    await tables.begin(1, 2)
    assert await _raised_by(tables.writing.end(asyncio.CancelledError())) == []
    assert (tables.written, sorted(tables.left)) == ([], [1, 2])


async def _raised_by(ending: Any) -> Sequence[BaseException]:
    try:
        await ending
    except Exception as error:
        return [error]
    return []

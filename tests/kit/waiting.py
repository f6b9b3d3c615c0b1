"""The one way of tests to wait for something that happens by itself.

await until(lambda: runtime.ready()[0])
rows = await until(lambda: pool.fetchval("select count(*) from account_row"))
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, overload

T = TypeVar("T")

# Generous: other tests share the machine, and nobody waits for what has come.
WITHIN_S = 120.0
# Soon, and less often the longer it takes: a look costs several processes some milliseconds, which is what the awaited
# thing waits for on a busy machine.
LOOK_FIRST_S = 0.02
LOOK_LAST_S = 0.2
LOOK_LESS_OFTEN = 1.25


@overload
async def until(
    ask: Callable[[], Awaitable[T]],
    holds: Callable[[T], object] = ...,
    *,
    within_s: float = ...,
    every_s: float | None = ...,
) -> T: ...
@overload
async def until(
    ask: Callable[[], T], holds: Callable[[T], object] = ..., *, within_s: float = ..., every_s: float | None = ...
) -> T: ...
async def until(
    ask: Callable[[], Any],
    holds: Callable[[Any], object] = bool,
    *,
    within_s: float = WITHIN_S,
    every_s: float | None = None,
) -> Any:
    """The first answer that holds. An `AssertionError` shows the last one where none does in time.

    `every_s` is for what lasts a moment only: looks come no less often the longer it takes.
    """
    deadline = asyncio.get_running_loop().time() + within_s
    pause_s = every_s or LOOK_FIRST_S
    while True:
        answer = ask()
        if inspect.isawaitable(answer):
            answer = await answer
        if holds(answer):
            return answer
        assert asyncio.get_running_loop().time() < deadline, f"after {within_s:g} s: {answer!r}"
        await asyncio.sleep(pause_s)
        if every_s is None:
            pause_s = min(pause_s * LOOK_LESS_OFTEN, LOOK_LAST_S)

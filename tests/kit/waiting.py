"""The one way of tests to wait for something that happens by itself.

await until(lambda: runtime.ready()[0])
rows = await until(lambda: pool.fetchval("select count(*) from account_row"), within_s=10)
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, overload

T = TypeVar("T")

# Generous: other tests share the machine.
WITHIN_S = 30.0
LOOK_EVERY_S = 0.02


@overload
async def until(
    ask: Callable[[], Awaitable[T]], holds: Callable[[T], object] = ..., *, within_s: float = ..., every_s: float = ...
) -> T: ...
@overload
async def until(
    ask: Callable[[], T], holds: Callable[[T], object] = ..., *, within_s: float = ..., every_s: float = ...
) -> T: ...
async def until(
    ask: Callable[[], Any],
    holds: Callable[[Any], object] = bool,
    *,
    within_s: float = WITHIN_S,
    every_s: float = LOOK_EVERY_S,
) -> Any:
    """The first answer that holds. An `AssertionError` shows the last one where none does in time."""
    deadline = asyncio.get_running_loop().time() + within_s
    while True:
        answer = ask()
        if inspect.isawaitable(answer):
            answer = await answer
        if holds(answer):
            return answer
        assert asyncio.get_running_loop().time() < deadline, f"after {within_s:g} s: {answer!r}"
        await asyncio.sleep(every_s)

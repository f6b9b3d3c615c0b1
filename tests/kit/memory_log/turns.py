"""When what a client asks of the log happens: at once, or when somebody who decides the order of things says so.

    log = MemoryLog(settings, broker)                       # every request is answered as it is made
    log = MemoryLog(settings, broker, turns=scheduler)      # a simulation picks the next one, or lets a process die

A request is one effect on the broker. It happens as a whole when its turn comes, or never.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")


class Turns(Protocol):
    """Decides the order of requests, and how much of what is there one of them brings."""

    def take(self, what: str, effect: Callable[[], T]) -> asyncio.Future[T]:
        """Do `effect` when its turn comes; the future has its result or its exception. Cancelled, it never happens."""
        ...

    def portion(self, available: int) -> int:
        """How many of `available` (≥ 1) records arrive with one fetch: 1 to all of them."""
        ...

    def order(self, names: Sequence[T]) -> Sequence[T]:
        """The order in which partitions answer a fetch."""
        ...


class AtOnce:
    """No waiting, no surprises."""

    def take(self, what: str, effect: Callable[[], T]) -> asyncio.Future[T]:
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        settle(future, effect)
        return future

    def portion(self, available: int) -> int:
        return available

    def order(self, names: Sequence[T]) -> Sequence[T]:
        return names


def settle(future: asyncio.Future[T], effect: Callable[[], T]) -> None:
    """Do it now; whatever comes of it is the future's."""
    try:
        future.set_result(effect())
    except Exception as error:
        future.set_exception(error)

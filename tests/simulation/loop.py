"""An event loop whose time is made up, and which asks what is to happen next whenever nothing is ready to run.

    loop = VirtualLoop(idle)
    loop.run_until_complete(main())

`idle` makes something ready (answers one request, says) and returns `True`. If it returns `False` time jumps to the
next timer, so that 250 ms of waiting cost nothing. Two runs that are answered alike are alike, to the last step.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch


class Standstill(Exception):
    """Nothing is ready, nothing is to be decided, no timer is set: the programme would wait for ever."""


class VirtualLoop(asyncio.SelectorEventLoop):
    """`now_s` starts at 0 and moves only by jumps."""

    def __init__(self, idle: Callable[[], bool]) -> None:
        self.now_s = 0.0
        self.idle = idle
        super().__init__(_NoSelector(self._wait))

    def time(self) -> float:
        return self.now_s

    def _wait(self, timeout_s: float | None) -> None:
        """What the loop calls instead of waiting for sockets; a timeout of 0 means that something is ready."""
        if timeout_s == 0 or self.idle():
            return
        if timeout_s is None:
            raise Standstill("nothing can happen any more")
        self.now_s += timeout_s


@contextmanager
def running(loop: VirtualLoop) -> Iterator[VirtualLoop]:
    """The loop as the current one, and as the clock of whatever asks `time.monotonic`; closed at the end."""
    asyncio.set_event_loop(loop)
    try:
        with patch("time.monotonic", loop.time):
            yield loop
    finally:
        asyncio.set_event_loop(None)
        loop.close()


class _NoSelector(selectors.BaseSelector):
    """Sockets are registered (the loop has one to wake itself) and never ready."""

    def __init__(self, wait: Callable[[float | None], None]) -> None:
        self._wait = wait
        self._keys: dict[Any, selectors.SelectorKey] = {}

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        key = selectors.SelectorKey(fileobj, fileobj if isinstance(fileobj, int) else fileobj.fileno(), events, data)
        self._keys[fileobj] = key
        return key

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return self._keys.pop(fileobj)

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self._wait(timeout)
        return []

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return self._keys

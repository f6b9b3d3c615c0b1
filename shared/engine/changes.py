"""Tells background tasks that the tables have changed, so that they look when there is something to see.

    while True:
        seen = host.changes.count
        await look()
        await host.changes.after(seen, at_least_s=0.5)

Only batches of this process's partitions count: a task works for these. What becomes due by the clock alone, and what a
request wrote without an event, is found by the look after `at_most_s`.
"""

from __future__ import annotations

import asyncio
from typing import Final

IDLE_LOOK_S: Final = 2.0


def nobody_waits() -> None:
    """For a partition that runs by itself."""


class Changes:
    """One per process."""

    def __init__(self) -> None:
        self.count = 0
        """Batches that are in the tables."""
        self._waiting: set[asyncio.Future[None]] = set()

    def note(self) -> None:
        """A batch is in the tables."""
        self.count += 1
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def after(self, seen: int, *, at_least_s: float, at_most_s: float = IDLE_LOOK_S) -> None:
        """Wait for `at_least_s`, then until there is a batch after those that were `seen`, for `at_most_s` in all."""
        await asyncio.sleep(at_least_s)
        if self.count != seen or at_most_s <= at_least_s:
            return
        changed = asyncio.get_running_loop().create_future()
        self._waiting.add(changed)
        try:
            await asyncio.wait([changed], timeout=at_most_s - at_least_s)
        finally:
            self._waiting.discard(changed)

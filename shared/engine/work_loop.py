"""Knowing that a loop is idle: it has been round once more after everything was read, and found nothing.

A consumer's position moves before the loop has seen the messages, so "position at the end" alone would call a batch in
flight settled. The question therefore nudges the loop out of its wait and looks again after the next round.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

# A round takes as long as its batch; whoever asks during one asks again later.
ROUND_S_MAX = 0.5
# The longest that one batch is waited for.
GATHER_S_MAX = 0.05
HOT_GATHER_S_MAX = 0.25


class WorkLoop:
    """Counts the rounds of one loop; `stop` and a nudge end its wait. Times its batches."""

    def __init__(self) -> None:
        self._count = 0
        self._worked_s = 0.0
        self._began_at = self._ended_at = -math.inf
        self._nudge = asyncio.Event()
        self._stop = asyncio.Event()

    @property
    def stopping(self) -> bool:
        return self._stop.is_set()

    def stop(self) -> None:
        self._stop.set()
        self._nudge.set()

    def nudge(self) -> None:
        """End its wait: there may be something to do that no message tells of."""
        self._nudge.set()

    def resume(self) -> None:
        self._stop.clear()

    def begin(self) -> None:
        """The loop is at its top: whatever was fetched before has been dealt with."""
        self._count += 1

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Around the work on one batch."""
        self._began_at = time.monotonic()
        yield
        self._ended_at = time.monotonic()
        self._worked_s = self._ended_at - self._began_at

    def gather_s(self, pace_s: float = 0.0, *, hot: bool = False) -> float:
        """How long what arrived may wait for company: a quarter of the last batch's time, or until `pace_s` after that
        batch began. `hot`: as long as that took, for who can wait, with so much on its way that a batch adds to the
        same few rows.

        A transaction costs much the same for one message as for fifty, so under load the wait is well spent. What comes
        after a pause does not wait: an idle service answers at once.
        """
        now = time.monotonic()
        company_s = min(HOT_GATHER_S_MAX, self._worked_s) if hot else min(GATHER_S_MAX, self._worked_s / 4)
        return max(company_s if now - self._ended_at < self._worked_s else 0.0, self._began_at + pace_s - now)

    async def first_of(self, *fetches: Awaitable[Any]) -> list[Any]:
        """Wait for one of the fetches or a nudge; returns the results of those that were through, in order."""
        tasks = [asyncio.ensure_future(fetch) for fetch in fetches]
        nudged = asyncio.create_task(self._nudge.wait())
        await asyncio.wait([*tasks, nudged], return_when=asyncio.FIRST_COMPLETED)
        self._nudge.clear()
        for task in (*tasks, nudged):
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        for result in results:
            if isinstance(result, BaseException) and not isinstance(result, asyncio.CancelledError):
                raise result
        return [result for result in results if not isinstance(result, BaseException)]

    async def confirm(self, idle: Callable[[], Awaitable[bool]]) -> bool:
        """Whether `idle` holds now and still does after one more round."""
        if not await idle():
            return False
        before = self._count
        self._nudge.set()
        try:
            async with asyncio.timeout(ROUND_S_MAX):
                while self._count == before:
                    await asyncio.sleep(0.002)
        except TimeoutError:
            return False
        return await idle()

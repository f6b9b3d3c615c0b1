"""The same question of several pages at once, or of one that asks and asks, is answered once: it is worked out anew
after two seconds, and never twice at the same moment. For what is dear, and asked by whoever has a link.

    answers = SharedAnswers(work_out)
    await answers.of("acc-1")
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any, Final

KEPT_S: Final = 2.0
"""A page reads twice a minute; whoever asks faster sees what was so a moment ago."""
KEPT_MAX: Final = 1_000


class SharedAnswers:
    """Of one process; what was asked for least recently makes room."""

    def __init__(self, work_out: Callable[[str], Awaitable[Any]]) -> None:
        self._work_out = work_out
        self._kept: OrderedDict[str, tuple[float, Any]] = OrderedDict()
        self._working: dict[str, asyncio.Task[Any]] = {}

    async def of(self, key: str) -> Any:
        """Raises what working it out raises; that is not kept."""
        known = self._kept.get(key)
        if known is not None and known[0] > asyncio.get_running_loop().time():
            return known[1]
        task = self._working.get(key)
        if task is None:
            task = self._working[key] = asyncio.create_task(self._work(key))
            task.add_done_callback(lambda _: self._working.pop(key, None))
        # Shielded: a reader who goes away must not take the answer from the others.
        return await asyncio.shield(task)

    async def _work(self, key: str) -> Any:
        answer = await self._work_out(key)
        self._kept[key] = (asyncio.get_running_loop().time() + KEPT_S, answer)
        self._kept.move_to_end(key)
        if len(self._kept) > KEPT_MAX:
            self._kept.popitem(last=False)
        return answer

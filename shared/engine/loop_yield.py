"""The loop's turn within long work: who answers a request or sends a heartbeat waits for one piece of it, not for all.

others = LoopYield(after_s=0.01)
for incoming in batch:
    await handler.take(incoming)
    await others.due()
"""

from __future__ import annotations

import asyncio


class LoopYield:
    """Gives the loop its turn once so much time has gone by since the last one."""

    def __init__(self, *, after_s: float) -> None:
        self._loop = asyncio.get_running_loop()
        self._after_s = after_s
        self._since = self._loop.time()

    async def due(self) -> None:
        if self._loop.time() - self._since > self._after_s:
            await asyncio.sleep(0)
            self._since = self._loop.time()

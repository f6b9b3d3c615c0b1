"""A background task looks when there is something to see, and once in a while."""

from __future__ import annotations

import asyncio
import time

from shared.engine.changes import Changes


async def test_a_batch_wakes_all_who_wait() -> None:
    changes = Changes()
    waiting = [asyncio.create_task(changes.after(changes.count, at_least_s=0, at_most_s=3600)) for _ in range(2)]
    await asyncio.sleep(0.05)
    assert not any(task.done() for task in waiting)
    changes.note()
    await asyncio.gather(*waiting)


async def test_a_batch_during_the_look_is_looked_for_at_once() -> None:
    changes = Changes()
    seen = changes.count
    changes.note()
    await changes.after(seen, at_least_s=0, at_most_s=3600)


async def test_it_never_looks_before_its_time() -> None:
    changes = Changes()
    began = time.monotonic()
    changes.note()
    await changes.after(0, at_least_s=0.1, at_most_s=3600)
    assert time.monotonic() - began >= 0.1


async def test_without_a_batch_it_looks_once_in_a_while() -> None:
    changes = Changes()
    await changes.after(changes.count, at_least_s=0.01, at_most_s=0.02)
    waiting = asyncio.create_task(changes.after(changes.count, at_least_s=0, at_most_s=3600))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    changes.note()

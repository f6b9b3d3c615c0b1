"""One watcher's stream: frames as they come, a heartbeat when none does, and an end for who does not keep up.

    retry: 2000
    id: 9f3a01c2-16

    event: rating.AccountOpened.v1
    id: 9f3a01c2-17
    data: {"id":"rating/3/1842","type":"rating.AccountOpened.v1","subject":"acc-1","version":1,"service":"rating"}

    : still here

No watcher has a queue: each reads on in the one memory. Who has fallen out of it is cut off, and told to read anew
when he comes again.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from typing import Final

from fastapi.sse import format_sse_event

from services.reporting.stream.feed import Feed
from shared.http.problems import Unavailable

RETRY_MS: Final = 2000
HEARTBEAT_S: Final = 15.0
STREAMS_MAX: Final = 100
STREAMS_PER_CALLER_MAX: Final = 6
# So that no more than some 25 kB of frames are on their way to one watcher.
_FRAMES_AT_ONCE: Final = 100


class Watchers:
    """Who watches, and how many there may be."""

    def __init__(self, *, most: int = STREAMS_MAX, most_per_caller: int = STREAMS_PER_CALLER_MAX) -> None:
        self._most = most
        self._most_per_caller = most_per_caller
        self._by_caller: Counter[str] = Counter()

    def enter(self, actor: str) -> None:
        """Count one more. Raises `Unavailable`: 429 for a caller who has enough, 503 where the process has."""
        if self._by_caller[actor] >= self._most_per_caller:
            detail = f"{actor} has {self._most_per_caller} streams open; close one"
            raise Unavailable("too_many_streams", detail, retry_after_s=30, status=429)
        if self._by_caller.total() >= self._most:
            raise Unavailable("too_many_streams", "too many streams are open; try again in a moment", retry_after_s=30)
        self._by_caller[actor] += 1

    def leave(self, actor: str) -> None:
        self._by_caller[actor] -= 1
        if not self._by_caller[actor]:
            del self._by_caller[actor]


async def frames(
    feed: Feed, last_event_id: str | None, stopping: asyncio.Event, *, heartbeat_s: float = HEARTBEAT_S
) -> AsyncIterator[bytes]:
    """The bytes of a stream, until the process stops, the feed does, or the watcher has fallen too far behind."""
    memory = feed.memory
    place = memory.last if last_event_id is None else memory.place_of(last_event_id)
    run = memory.run
    # The id alone is told nobody, but whoever loses the connection before the first frame goes on from here.
    yield format_sse_event(retry=RETRY_MS, id=memory.id_of(memory.last if place is None else place))
    if place is None:
        place = memory.last
        yield memory.reset_frame()
    while feed.is_alive and not stopping.is_set():
        if run != memory.run:
            run, place = memory.run, memory.last
            yield memory.reset_frame()
            continue
        changed = feed.changed
        new = memory.after(place, _FRAMES_AT_ONCE)
        if new is None:
            return
        if new:
            place += len(new)
            yield b"".join(new)
        elif not await _happens(changed, stopping, within_s=heartbeat_s):
            yield format_sse_event(comment="still here")


async def _happens(*events: asyncio.Event, within_s: float) -> bool:
    """Whether one of them is set within that time."""
    waiting = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        done, _ = await asyncio.wait(waiting, timeout=within_s, return_when=asyncio.FIRST_COMPLETED)
        return bool(done)
    finally:
        for task in waiting:
            task.cancel()

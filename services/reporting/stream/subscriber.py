"""One watcher's stream: frames as they come, a heartbeat when none does, and an end for who does not keep up.

    retry: 2000
    id: 9f3a01c2-16

    event: rating.AccountOpened.v1
    id: 9f3a01c2-17
    data: {"id":"rating/3/1842","type":"rating.AccountOpened.v1","subject":"acc-1","version":1,"service":"rating"}

    : still here
    id: 9f3a01c2-23

No watcher has a queue: each reads on in the one memory. Who has fallen out of it is cut off, and told to read anew
when he comes again. A heartbeat says how far the stream is, so that who is told little need not begin anew either.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Final

from fastapi.sse import format_sse_event

from services.reporting.stream.admitted import Guest
from services.reporting.stream.feed import Feed
from services.reporting.stream.wanted import EVERYTHING, Wanted

RETRY_MS: Final = 2000
HEARTBEAT_S: Final = 15.0
# So that no more than some 25 kB of frames are on their way to one watcher.
_FRAMES_AT_ONCE: Final = 100


async def frames(
    feed: Feed,
    last_event_id: str | None,
    stopping: asyncio.Event,
    *,
    wanted: Wanted = EVERYTHING,
    guest: Guest | None = None,
    heartbeat_s: float = HEARTBEAT_S,
) -> AsyncIterator[bytes]:
    """The bytes of a stream, until the process stops, the feed does, the watcher has fallen too far behind, or he may
    not stay."""
    memory, clock = feed.memory, asyncio.get_running_loop().time
    place = memory.last if last_event_id is None else memory.place_of(last_event_id)
    run, said_at = memory.run, clock()
    # The id alone is told nobody, but whoever loses the connection before the first frame goes on from here.
    yield format_sse_event(retry=RETRY_MS, id=memory.id_of(memory.last if place is None else place))
    if place is None:
        place = memory.last
        yield memory.reset_frame()
    while feed.is_alive and not stopping.is_set() and (guest is None or guest.may_stay):
        if run != memory.run:
            run, place, said_at = memory.run, memory.last, clock()
            yield memory.reset_frame()
            continue
        changed = feed.changed
        new = memory.after(place, _FRAMES_AT_ONCE)
        if new is None:
            return
        place += len(new)
        told = b"".join([frame.content for frame in new if wanted.admits(frame)])
        if told:
            said_at = clock()
            yield told
        elif clock() - said_at >= heartbeat_s:
            said_at = clock()
            yield format_sse_event(comment="still here", id=memory.id_of(place))
        elif not new:
            with suppress(TimeoutError):
                async with asyncio.timeout(max(0.0, said_at + heartbeat_s - clock())):
                    await changed.wait()

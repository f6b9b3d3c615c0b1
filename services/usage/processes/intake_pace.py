"""How intake lets what arrives come together, while usage flows.

    12:00:07.000   800 records arrive after a pause     sent on at once
    12:00:07.040   500 records                          read at .120, with what came until then: 3,000 in all

A batch of intake becomes a command for each usage partition, each of these a message to each account partition, and
every one of them costs the same again whatever it holds. Left alone intake would make one of each arrival, until these
take all processors there are, and nobody would see usage sooner for it.

It waits before it reads: as long as nothing is read, nothing has to be sent before intake may say how far it has come.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from services.usage.processes.reported_message import ReportedMessage
from shared.engine.work_loop import WorkLoop

PACE_S: Final = 0.12
"""From the beginning of a batch to that of the next, while usage flows."""
FLOW_BYTES: Final = 2048
"""Usage flows where the last batch held so much: some ten records."""
FULL_BYTES: Final = 1024 * 1024
"""Worth a batch of its own, as are so many messages: where there are more, they need not be waited for."""
FULL_MESSAGES: Final = 4000
# The client has an answer at hand that it got soon after the last one was given out, and asks again once it is taken.
_SECOND_ANSWER_S: Final = 0.01

Messages = tuple[ReportedMessage, ...]


class IntakePace:
    """Of one member of intake. `loop` times its batches."""

    def __init__(self) -> None:
        self.loop = WorkLoop()
        self._flowing = False

    async def turn(self) -> None:
        """Wait until the next batch may be read."""
        if self._flowing:
            await asyncio.sleep(max(0.0, self.loop.gather_s(PACE_S)))

    async def with_rest(self, messages: Messages, rest: Callable[[], Awaitable[Messages]]) -> Messages:
        """What was read, and what has come while it was waited for."""
        if self._flowing and not _is_full(messages):
            await asyncio.sleep(_SECOND_ANSWER_S)
            messages += await rest()
        self._flowing = _size(messages) >= FLOW_BYTES and not _is_full(messages)
        return messages


def _is_full(messages: Messages) -> bool:
    return len(messages) >= FULL_MESSAGES or _size(messages) >= FULL_BYTES


def _size(messages: Messages) -> int:
    return sum([len(message.value or b"") for message in messages])

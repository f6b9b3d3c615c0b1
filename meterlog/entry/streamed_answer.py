"""A service's answer of any length, passed on as it arrives, and given up when its caller goes.

A stream of events has no end of its own. It also ends when the entry stops, when the service breaks off (its reader
comes again), and within half a minute of the moment when who reads it may no longer come in.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any, Final

import httpx
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

EVENT_STREAM: Final = "text/event-stream"
# The last byte of a stream that is ended here, to a reader that may not be reading any more.
_FAREWELL_S: Final = 1.0


class Passing(Response):
    """The connection to the service is given back whatever happens."""

    def __init__(self, answer: httpx.Response, headers: list[tuple[bytes, bytes]]) -> None:
        super().__init__(status_code=answer.status_code)
        self.raw_headers = headers
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await _first_of(self._pass(send), _hung_up(receive), *self._ends())
        finally:
            await self._answer.aclose()

    def _ends(self) -> list[Coroutine[Any, Any, None]]:
        """What else ends it."""
        return []

    async def _pass(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        async for chunk in self._answer.aiter_raw():
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send(_END)


class PassingEvents(Passing):
    """A stream of events. `until_refused` returns when its reader may no longer come in."""

    def __init__(
        self,
        answer: httpx.Response,
        headers: list[tuple[bytes, bytes]],
        *,
        stopping: asyncio.Event,
        until_refused: Callable[[], Awaitable[None]],
    ) -> None:
        super().__init__(answer, headers)
        self._stopping = stopping
        self._until_refused = until_refused
        self._is_complete = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await super().__call__(scope, receive, send)
        if not self._is_complete:
            with suppress(TimeoutError):
                async with asyncio.timeout(_FAREWELL_S):
                    await send(_END)

    def _ends(self) -> list[Coroutine[Any, Any, None]]:
        return [_set(self._stopping), _returns(self._until_refused)]

    async def _pass(self, send: Send) -> None:
        with suppress(httpx.TransportError):
            await super()._pass(send)
            self._is_complete = True


_END: Final = {"type": "http.response.body", "body": b"", "more_body": False}


async def _first_of(*works: Coroutine[Any, Any, None]) -> None:
    """Until one of them is done; the others are dropped. Raises what that one raises."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _hung_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _set(event: asyncio.Event) -> None:
    await event.wait()


async def _returns(function: Callable[[], Awaitable[None]]) -> None:
    await function()

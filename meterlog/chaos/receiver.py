"""A receiver of webhooks that fails every fifth time, and knows a delivery by its id.

async with failing_receiver() as receiver:
    receiver.url                      # "http://127.0.0.1:53124/"
    receiver.taken                    # the ids of those that it has said yes to
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

SECRET: Final = "whsec_ZXZlcnktZmlmdGgtZmFpbHMtYW5kLXNvLW9u"
FAILS_EVERY: Final = 5


class FailingReceiver:
    """Of the calls that fail, every second one has been taken all the same: what a client can't tell apart."""

    def __init__(self) -> None:
        self.url = ""
        self.calls = 0
        self._taken: set[str] = set()

    @property
    def taken(self) -> frozenset[str]:
        return frozenset(self._taken)

    async def take(self, request: web.Request) -> web.Response:
        await request.read()
        self.calls += 1
        fails = self.calls % FAILS_EVERY == 0
        if not fails or self.calls % (2 * FAILS_EVERY) == 0:
            self._taken.add(request.headers["webhook-id"])
        return web.Response(status=500 if fails else 204)


@asynccontextmanager
async def failing_receiver() -> AsyncIterator[FailingReceiver]:
    """Listening on a port of its own within the block."""
    receiver = FailingReceiver()
    application = web.Application(client_max_size=16 << 20)
    application.router.add_post("/", receiver.take)
    runner = web.AppRunner(application)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        _, port = runner.addresses[0][:2]
        receiver.url = f"http://127.0.0.1:{port}/"
        yield receiver
    finally:
        await runner.cleanup()

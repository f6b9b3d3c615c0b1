"""uvicorn inside a loop that is not its own: started and stopped by the process, never by a signal.

listening = Listening(app, "127.0.0.1", 0)
port = await listening.start()
await listening.stop()                  # requests in flight are answered, for at most 8 s

An answer that has no end of its own (a stream of events) ends when `stopping_of(request)` is set.
"""

from __future__ import annotations

import asyncio
import contextlib
import resource
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import uvicorn
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.http.guard import Guard

STOP_GRACE_S: Final = 8
# Longer than the entry keeps idle connections, so that it is never the service that closes one just being used.
KEEP_ALIVE_S: Final = 75
FILES_WANTED: Final = 4096


class Listening(uvicorn.Server):
    """One application on one address. Not reusable."""

    def __init__(
        self, app: Any, host: str, port: int, *, guard: Guard | None = None, trusted_proxies: Sequence[str] = ()
    ) -> None:
        """`trusted_proxies`: addresses and networks whose `X-Forwarded-For` and `-Proto` are believed."""
        self.stopping = asyncio.Event()
        config = uvicorn.Config(
            _telling(app, self.stopping),
            log_config=None,
            access_log=False,
            lifespan="off",
            http=(guard or Guard()).protocol,  # type: ignore[arg-type]  # a factory will do, and has the guard
            ws="none",
            proxy_headers=bool(trusted_proxies),
            forwarded_allow_ips=list(trusted_proxies),
            server_header=False,
            date_header=False,
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=STOP_GRACE_S,
        )
        super().__init__(config)
        self._address = (host, port)
        self._serving: asyncio.Task[None] | None = None

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def main_loop(self) -> None:
        """uvicorn looks ten times a second whether to end; here it is told. Nothing else of its ticks is of use: there
        is no date header and no limit on requests."""
        await self.on_tick(0)
        await self.stopping.wait()

    async def start(self) -> int:
        """Returns the port once requests are taken. Raises `OSError` if the address is taken."""
        _allow_files()
        listener = socket.create_server(self._address, family=_family(self._address[0]), backlog=1024)
        self._serving = asyncio.create_task(self.serve(sockets=[listener]), name="http")
        while not self.started:
            if self._serving.done():
                self._serving.result()
                raise RuntimeError("the HTTP server ended while it started")
            await asyncio.sleep(0.005)
        port: int = listener.getsockname()[1]
        return port

    async def stop(self) -> None:
        self.should_exit = True
        self.stopping.set()
        if self._serving is not None:
            with contextlib.suppress(asyncio.CancelledError):
                await self._serving


def _allow_files() -> None:
    """As many open files as connections of both sides need, where the system lets us: 1,024 is an old default."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES_WANTED if hard == resource.RLIM_INFINITY else min(FILES_WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def stopping_of(request: Request) -> asyncio.Event:
    """Set when the server stops; never where there is none, as in tests without a network."""
    stopping: asyncio.Event = request.scope["state"].setdefault(_STOPPING, asyncio.Event())
    return stopping


def _telling(app: Any, stopping: asyncio.Event) -> ASGIApp:
    """The application, each of whose requests knows when the server stops."""

    async def told(scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})[_STOPPING] = stopping
        await app(scope, receive, send)

    return told


_STOPPING: Final = "stopping"


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET

"""A real HTTP receiver of the tests' own: it checks every signature with the library of the standard."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from standardwebhooks import Webhook

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

Answer = Callable[[], Awaitable[int]]


class Receiver:
    """`calls` are the ids and bodies that came, `answer` gives the status of each, `more` is what else is answered."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Any]] = []
        self.forged = 0
        self.answer: Answer = self._fine
        self.secret = SECRET
        self.headers: list[dict[str, str]] = []
        self.more = ""
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?x=1"

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in head.splitlines()[1:])}
        body = await reader.readexactly(int(headers["content-length"]))
        assert head.startswith("POST /hook?x=1 ") and headers["host"] == f"127.0.0.1:{self.port}"
        try:
            self.headers.append(headers)
            Webhook(self.secret).verify(body, headers)
            self.calls.append((headers["webhook-id"], json.loads(body)))
        except Exception:
            self.forged += 1
        status = await self.answer()
        more = self.more or "content-length: 0\r\n\r\n"
        writer.write(f"HTTP/1.1 {status} X\r\nlocation: /elsewhere\r\n{more}".encode())
        await writer.drain()
        writer.close()

    async def _fine(self) -> int:
        return 200


@asynccontextmanager
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    server = await asyncio.start_server(made.take, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()


def answers(*statuses: int) -> Answer:
    """These, one after the other; the last one for all that follow."""
    left = list(statuses)

    async def answer() -> int:
        return left.pop(0) if len(left) > 1 else left[0]

    return answer


async def never() -> int:
    await asyncio.sleep(3600)
    return 200

"""A socket of one's own to a listening application: what is sent is what arrives, byte for byte."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from shared.http.guard import Guard
from shared.http.uvicorn_server import Listening

# Long enough for a busy machine; nothing is measured with it.
_PATIENCE_S = 30.0


@asynccontextmanager
async def listening_on(app: Any, guard: Guard | None = None, trusted_proxies: Sequence[str] = ()) -> AsyncIterator[int]:
    """The application behind a port of its own."""
    listening = Listening(app, "127.0.0.1", 0, guard=guard, trusted_proxies=trusted_proxies)
    try:
        yield await listening.start()
    finally:
        await listening.stop()


async def exchanged(port: int, sent: bytes) -> bytes:
    """All that comes back for some bytes, up to the end of the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(sent)
        return await asyncio.wait_for(reader.read(), _PATIENCE_S)
    finally:
        writer.close()


def request(target: str | bytes, *headers: str, method: str = "GET", body: bytes = b"", host: str = "m.test") -> bytes:
    """A request that ends its connection. A `Content-Length` is there where a body is, unless a header says another."""
    lines = [f"Host: {host}", "Connection: close", *headers]
    if body and not any(line.lower().startswith(("content-length", "transfer-encoding")) for line in headers):
        lines.append(f"Content-Length: {len(body)}")
    path = target if isinstance(target, bytes) else target.encode()
    return method.encode() + b" " + path + b" HTTP/1.1\r\n" + "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def header_of(answer: bytes, name: str) -> str | None:
    head = answer.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")[1:]
    pairs = (line.partition(":") for line in head)
    return next((value.strip() for key, _, value in pairs if key.lower() == name.lower()), None)

"""Many requests to few addresses: aiohttp's connections behind httpx's types.

httpx's own pool looks at every connection for every request; with fifty callers at once that was more than half of
what the entry did. Nothing of a caller is kept here: no cookies, no redirects, no decoding; targets go out as they
came.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Final

import aiohttp
import httpx
import yarl

CONNECTIONS_MAX: Final = 1000
# Below the services' own keep-alive of 75 s, so that no connection is closed just as it is used.
IDLE_S_MAX: Final = 30.0
CHUNK_BYTES: Final = 64 * 1024


class Wire(httpx.AsyncBaseTransport):
    """Connections are made in the running loop, at the first request."""

    def __init__(self, *, idle_s: float = IDLE_S_MAX) -> None:
        self._idle_s = min(idle_s, IDLE_S_MAX)
        self._session: aiohttp.ClientSession | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raises `httpx.ConnectError` where the other side has seen nothing, `httpx.ReadError` where it may have."""
        timeout = request.extensions["timeout"]
        streams = isinstance(request.stream, httpx.AsyncByteStream) and not isinstance(request.stream, httpx.ByteStream)
        try:
            answer = await self._open().request(
                request.method,
                yarl.URL(str(request.url), encoded=True),
                headers=[
                    (name.decode("latin-1"), value.decode("latin-1"))
                    for name, value in request.headers.raw
                    # Of a body that streams aiohttp says itself that it does.
                    if not (streams and name.lower() == b"transfer-encoding")
                ],
                data=request.stream if streams else request.content or None,
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(sock_connect=timeout["connect"], sock_read=timeout["read"]),
            )
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise httpx.ConnectError(str(error)) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise httpx.ReadError(str(error) or type(error).__name__) from error
        return httpx.Response(answer.status, headers=answer.raw_headers, stream=_Body(answer))

    async def aclose(self) -> None:
        if self._session is not None:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS_MAX, keepalive_timeout=self._idle_s),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding", "Content-Type"),
            )
        return self._session


class _Body(httpx.AsyncByteStream):
    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for chunk in self._answer.content.iter_chunked(CHUNK_BYTES):
                yield chunk
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise httpx.ReadError(str(error) or type(error).__name__) from error

    async def aclose(self) -> None:
        # Read to the end, the connection is used again; given up half-way, it is closed.
        if self._answer.content.at_eof():
            self._answer.release()
        else:
            self._answer.close()

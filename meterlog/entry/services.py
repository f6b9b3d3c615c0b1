"""The entry's own connections to the five services.

    services = Services(settings)
    answer = await services.ask("rating", "/internal/progress")        # with a token of the role `service`

Requests go through a bare transport (shared/http/transport.py): a client would keep the cookies of one caller and
send them with the next one's request.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

import httpx

from meterlog.installation import SERVICES
from shared.engine.settings import Settings
from shared.http.auth import SERVICE, Tokens
from shared.http.problems import Unavailable
from shared.http.transport import Wire
from shared.kernel.errors import Rejection

ACTOR: Final = "entry"
_ASK_TIMEOUT_S: Final = 5.0

# A connection that could not be made: the service has seen nothing.
NOT_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class Services:
    """One connection pool over all services. Built in the running loop, closed by `close`."""

    def __init__(self, settings: Settings, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._transport = transport or Wire(idle_s=settings.connection_idle_s)
        self._addresses = {name: httpx.URL(settings.service_url(name)) for name in SERVICES}
        self.tokens = Tokens(settings.secret("token_key"))

    async def close(self) -> None:
        await self._transport.aclose()

    async def send(
        self,
        service: str,
        method: str,
        target: bytes,
        *,
        headers: list[tuple[bytes, bytes]],
        content: bytes | AsyncIterator[bytes] = b"",
        read_timeout_s: float | None,
        is_own: bool = False,
    ) -> httpx.Response:
        """The answer with its body still to be read; `target` is path and query as they go on the wire.

        `is_own`: a question of the entry itself, before or beside the caller's request. Raises `Unavailable` naming the
        service, when it can't be reached or breaks off.
        """
        request = httpx.Request(
            method,
            self._addresses[service].copy_with(raw_path=target),
            headers=headers,
            content=content or None,
            extensions={"timeout": {"connect": 1.0, "read": read_timeout_s, "write": 30.0, "pool": 5.0}},
        )
        try:
            return await self._transport.handle_async_request(request)
        except NOT_SENT as error:
            raise Unavailable("service_unavailable", f"{service} can't be reached; try again in a moment") from error
        except httpx.TransportError as error:
            remedy = _remedy("GET" if is_own else method)
            raise Unavailable("service_unavailable", f"{service} did not answer; {remedy}") from error

    async def ask(
        self,
        service: str,
        target: str,
        *,
        method: str = "GET",
        body: Mapping[str, Any] | None = None,
        timeout_s: float = _ASK_TIMEOUT_S,
    ) -> httpx.Response:
        """A question of the entry itself, answered in full. Raises `Unavailable`."""
        token = self.tokens.issue(ACTOR, SERVICE)
        headers = [(b"authorization", f"Bearer {token}".encode()), (b"accept-encoding", b"identity")]
        if body is not None:
            headers.append((b"content-type", b"application/json"))
        content = b"" if body is None else json.dumps(body).encode()
        answer = await self.send(
            service, method, target.encode(), headers=headers, content=content, read_timeout_s=timeout_s, is_own=True
        )
        content = await read_whole(answer, service)
        return httpx.Response(answer.status_code, headers=answer.headers, content=content)


def _remedy(method: str) -> str:
    """What the caller may do about an answer that did not come: a read changes nothing, a write may have."""
    if method in ("GET", "HEAD", "OPTIONS"):
        return "try again in a moment"
    return "whether it took the request is unknown, retry with the same Idempotency-Key"


async def read_whole(answer: httpx.Response, service: str, method: str = "GET") -> bytes:
    """The body as it came over the wire. Raises `Unavailable` where it breaks off."""
    try:
        return b"".join([chunk async for chunk in answer.aiter_raw()])
    except httpx.TransportError as error:
        raise Unavailable("service_unavailable", f"{service} broke off its answer; {_remedy(method)}") from error
    finally:
        await answer.aclose()


def content_of(answer: httpx.Response, service: str) -> dict[str, Any]:
    """The JSON object of an answer to `ask`. Raises the service's refusal, or `Unavailable` for anything unexpected."""
    try:
        content = answer.json()
    except ValueError:
        content = None
    if isinstance(content, dict) and answer.status_code == 200:
        return content
    if isinstance(content, dict) and 400 <= answer.status_code < 500 and content.get("errors"):
        first = content["errors"][0]
        raise Rejection(first["code"], first["detail"], pointer=first["pointer"], status=answer.status_code)
    raise Unavailable("service_unavailable", f"{service} answered {answer.status_code}; see its log")

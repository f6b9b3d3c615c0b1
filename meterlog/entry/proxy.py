"""A request of the outside as the service behind it gets it, and the service's answer as the caller gets it.

What the caller says about who he is stops here: `Authorization`, cookies and forwarding headers are dropped, and the
service gets a signed token instead. `Position`, `If-Match`, `Idempotency-Key` and all other headers pass, hop-by-hop
headers (RFC 9110, 7.6.1) don't. Bodies are taken in full (at most 8 MB) before a service is bothered; files and
answers stream.
"""

from __future__ import annotations

import asyncio
import os
from functools import partial
from typing import Final

import httpx
import structlog
from starlette.requests import Request
from starlette.responses import Response

from meterlog.entry.credentials import KEPT_S, LINK, Credential, Credentials, Grant, credential_of
from meterlog.entry.hammering import MISSES_PER_MINUTE, PER_MINUTE, Hammering
from meterlog.entry.origin import check_origin
from meterlog.entry.response_times import ResponseTimes
from meterlog.entry.routing import PUBLIC_READS, SLOW, is_public, owner_of
from meterlog.entry.services import Services, read_whole
from meterlog.entry.streamed_answer import EVENT_STREAM, Passing, PassingEvents
from meterlog.entry.uploads import UPLOADS
from meterlog.installation import SERVICES
from shared.engine.held import out_of_entity
from shared.http.auth import CUSTOMER
from shared.http.customer_link import PAGES
from shared.http.positions import check_services, parse_positions
from shared.http.problems import Unavailable
from shared.http.scopes import admits, out_of_scope
from shared.http.uvicorn_server import stopping_of
from shared.kernel.errors import Rejection

# A command may take 2 s for its Position and 5 s for its result; a document or a report longer. A stream says something
# every 15 s.
READ_TIMEOUT_S: Final = 30.0
# What is slow says itself after 120 s that it is too much (services/rating/what_if/api.py).
SLOW_READ_TIMEOUT_S: Final = 150.0
_WHOLE_BYTES_MAX: Final = 256 * 1024

_HOP_BY_HOP: Final = frozenset(
    {
        b"connection",
        b"keep-alive",
        b"proxy-authenticate",
        b"proxy-authorization",
        b"proxy-connection",
        b"te",
        b"trailer",
        b"transfer-encoding",
        b"upgrade",
    }
)
_OURS: Final = _HOP_BY_HOP | {
    b"host",
    b"content-length",
    b"authorization",
    b"cookie",
    b"traceparent",
    b"forwarded",
    b"expect",
}
_OURS_PREFIXES: Final = (b"x-forwarded-", b"x-real-", b"x-meterlog-")
_NOT_PASSED_BACK: Final = _HOP_BY_HOP | {b"server", b"date"}
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OF_SESSION: Final = b"/v1/session"
_CHANGE_ACCESS: Final = (_OF_SESSION, b"/v1/api-keys", b"/v1/users", b"/v1/roles", b"/v1/access-policy")
"""What is written there changes who may what: what is remembered of it here is asked again."""
_REVOKE_LINKS: Final = b"/customer-links/revoke"
_PAGES: Final = PAGES.encode()

log = structlog.get_logger()


class Proxy:
    """Answers everything under /v1 that the entry does not answer itself."""

    def __init__(self, services: Services, credentials: Credentials) -> None:
        self._services = services
        self._credentials = credentials
        self._uses, self._misses = Hammering(PER_MINUTE), Hammering(MISSES_PER_MINUTE)
        self.response_times = ResponseTimes()

    async def forward(self, request: Request, *, whole: bool = False) -> Response:
        """`whole`: its body is there, whatever its length. Raises `Rejection` (401, 403, 404) and `Unavailable`."""
        path = raw_path(request)
        service = owner_of(request.method, path)
        if service is None:
            raise Rejection("not_found", f"there is nothing at {request.url.path}; /docs lists every path", status=404)
        request.state.route = f"-> {service}"
        grant = await self._grant(request, path)
        if (position := request.headers.get("position")) is not None:
            check_services(parse_positions(position), SERVICES)
        upload = request.method == "POST" and path.decode("latin-1") in UPLOADS
        headers = _outgoing(request, grant, keeps_cookie=path.startswith(_OF_SESSION))
        content = request.stream() if upload else await request.body()
        with self.response_times.measured(service):
            answer = await self._services.send(
                service,
                request.method,
                target_of(request),
                headers=headers,
                content=content,
                read_timeout_s=SLOW_READ_TIMEOUT_S if upload or (request.method, path) in SLOW else READ_TIMEOUT_S,
            )
        changes_access = path.startswith(_CHANGE_ACCESS) or path.endswith(_REVOKE_LINKS)
        if grant is not None and request.method not in _SAFE and changes_access:
            self._credentials.forget()
        if answer.headers.get("content-type", "").startswith(EVENT_STREAM):
            return PassingEvents(
                answer,
                _headers_of(answer),
                stopping=stopping_of(request),
                until_refused=partial(self._until_refused, request, grant),
            )
        return await _incoming(answer, service, request.method, whole=whole)

    async def _until_refused(self, request: Request, grant: Grant | None) -> None:
        """Ask again who that is, as often as for one who comes again and again; while nobody can tell, he stays."""
        while True:
            await asyncio.sleep(KEPT_S)
            try:
                now = await self._credentials.still_granted(credential_of(request.headers))
            except Unavailable:
                continue
            except Rejection:
                return
            if grant is None or _rights_of(now) != _rights_of(grant):
                return

    async def admit(self, request: Request, *, held_too: bool = False) -> Grant:
        """Who makes a request that the entry answers itself. Raises as `_known`, and 403 for who is held to legal
        entities, but for `held_too` and the time of day: what is here is of none."""
        grant = await self._known(request)
        is_open = held_too or (request.method, request.url.path) == ("GET", "/v1/clock")
        if grant.legal_entities is not None and not is_open:
            raise out_of_entity()
        return grant

    async def _known(self, request: Request) -> Grant:
        """Who makes this request. Raises 401, or 403 for a browser that was sent here by another site, and for a key
        whose scopes don't reach here."""
        credential = credential_of(request.headers)
        if credential is not None and credential.kind == "session" and request.method not in _SAFE:
            check_origin(request, proof_needed=True)
        grant = await self._granted(request, credential)
        if grant.role == CUSTOMER and not _is_page(raw_path(request)):
            raise Rejection("forbidden", "a customer's link opens the customer's page and nothing else", status=403)
        if not admits(grant.restrictions, request.method, request.scope["path"]):
            raise out_of_scope(grant.role_name or grant.role)
        return grant

    async def _granted(self, request: Request, credential: Credential | None) -> Grant:
        """Whose it is. A customer's link may be used so often (429), and so often be none."""
        if credential is None or credential.kind != LINK:
            return await self._credentials.grant_of(credential)
        self._uses.take(credential.digest)
        if self._credentials.knows(credential):
            return await self._credentials.grant_of(credential)
        sender = b"" if request.client is None else request.client.host.encode()
        self._misses.check(sender)
        try:
            return await self._credentials.grant_of(credential)
        except Unavailable:
            raise
        except Rejection:
            self._misses.take(sender)
            raise

    async def _grant(self, request: Request, path: bytes) -> Grant | None:
        """`None` for what needs no credentials; another site may not make such a request for its visitor either. A link
        that stands in a path may be used so often."""
        if not is_public(request.method, path):
            return await self._known(request)
        check_origin(request, proof_needed=False)
        if path.startswith(PUBLIC_READS):
            self._uses.take(path)
        return None


def _is_page(path: bytes) -> bool:
    return path == _PAGES or path.startswith(_PAGES + b"/")


def _rights_of(grant: Grant) -> tuple[object, ...]:
    return grant.actor, grant.role, grant.restrictions, grant.legal_entities


def raw_path(request: Request) -> bytes:
    """The path in its normal form (shared/http/target.py), with the percent signs that it needs."""
    raw: bytes = request.scope["raw_path"]
    return raw


def target_of(request: Request) -> bytes:
    query: bytes = request.scope["query_string"]
    return raw_path(request) + (b"?" + query if query else b"")


def _outgoing(request: Request, grant: Grant | None, *, keeps_cookie: bool) -> list[tuple[bytes, bytes]]:
    headers = [
        (name, value)
        for name, value in request.headers.raw
        if (name not in _OURS and not name.startswith(_OURS_PREFIXES)) or (keeps_cookie and name == b"cookie")
    ]
    if grant is not None:
        headers.append((b"authorization", b"Bearer " + grant.token.encode()))
    if "accept-encoding" not in request.headers:
        headers.append((b"accept-encoding", b"identity"))  # or httpx would ask for what the caller can't read
    trace_id = request.scope["state"]["trace_id"]
    headers.append((b"traceparent", f"00-{trace_id}-{os.urandom(8).hex()}-01".encode()))
    headers.append((b"x-forwarded-proto", request.url.scheme.encode()))
    if request.client is not None:
        headers.append((b"x-forwarded-for", request.client.host.encode()))
    return headers


def _headers_of(answer: httpx.Response) -> list[tuple[bytes, bytes]]:
    return [(name.lower(), value) for name, value in answer.headers.raw if name.lower() not in _NOT_PASSED_BACK]


async def _incoming(answer: httpx.Response, service: str, method: str, *, whole: bool) -> Response:
    """A small answer is taken whole before a byte of it goes out, so that one that breaks off is still a 503."""
    headers = _headers_of(answer)
    length = answer.headers.get("content-length", "")
    if not whole and not (length.isdigit() and int(length) <= _WHOLE_BYTES_MAX):
        return Passing(answer, headers)
    response = Response(await read_whole(answer, service, method), answer.status_code)
    response.raw_headers = headers
    return response

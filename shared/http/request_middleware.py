"""What is around every request of a service: trace id, body limit and encoding, `Position`, and the fate of a crash.

A plain ASGI middleware, outermost but one, because all of it concerns requests that match no route as well. The trace
id is that of `traceparent` (W3C) where one is given; it is on every log line of the request and in every problem.

    traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01  ->  trace_id 4bf92f3577b34da6a3ce929d0e0e4736
"""

from __future__ import annotations

import asyncio
import gc
import os
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import asyncpg
import structlog
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.engine.postgres import STATEMENT_S, is_away
from shared.engine.telemetry import HTTP_SECONDS
from shared.http.encoding import coding_of, plain
from shared.http.personal_reads import PersonalReads, begin
from shared.http.positions import NotApplied, Position, format_positions, parse_positions
from shared.http.problems import Unavailable, crash_problem, problem, refusal_problem
from shared.http.target import settle
from shared.kernel.errors import Rejection

BODY_BYTES_MAX: Final = 8 * 1024 * 1024
REFUSED_BYTES: Final = 32 * 1024 * 1024
"""Bodies that were refused are cleared away once they are so much together; a hundred of the largest are a gigabyte."""

# The database is away or restarting: the caller may try again; everything else asyncpg raises is a bug of ours.
_EVENT_STREAM: Final = b"text/event-stream"
_TRACEPARENT: Final = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")

_NONE: Final[Mapping[str, int]] = {}
_OF_THE_PROCESS: Final = ("/healthz", "/readyz", "/metrics", "/openapi.json", "/internal/", "/v1/clock")
"""What tells of the process, and nothing of what it has in its tables."""

CATCH_UP_S: Final = 5.0
_LOOK_S: Final = 0.05
_TOO_LONG: Final = (
    f"this takes longer than {STATEMENT_S} s to find; ask for less, such as one account or a shorter span, or try again"
)
_CATCHING_UP: Final = "the tables are being brought to where the log is; try again in a moment"

log = structlog.get_logger()

WaitFor = Callable[[list[Position]], Awaitable[None]]
"""Returns when positions are applied, or raises `NotApplied`."""


class RequestMiddleware:
    """The outermost middleware of a service; the entry, which passes `Position` on, has no `wait_for`.

    `uploads` are paths whose POST takes a body of up to so many bytes: it arrives as it was sent, packed or not, and is
    for the route to unpack. Until `caught_up`, only what tells of the process is answered.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        service: str,
        wait_for: WaitFor | None = None,
        uploads: Mapping[str, int] = _NONE,
        reads: PersonalReads | None = None,
        caught_up: Callable[[], bool] = lambda: True,
    ) -> None:
        self._app = app
        self._caught_up = caught_up
        self._uploads = uploads
        self._service = service
        self._wait_for = wait_for
        self._reads = reads
        self._refused_bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        state: dict[str, Any] = scope.setdefault("state", {})
        state["trace_id"] = trace_id_from(headers.get("traceparent"))
        answer = _Answer(send, scope) if self._reads is None else _WrittenDown(send, scope, self._reads)
        began = time.perf_counter()
        with structlog.contextvars.bound_contextvars(trace_id=state["trace_id"]):
            try:
                await self._serve(scope, headers, receive, answer)
            except ClientDisconnect:
                # Nobody is there to be answered, and nothing of ours went wrong.
                log.info("client_left", method=scope["method"], path=scope["path"])
            except Exception as error:
                if answer.status is not None:
                    log.exception("answer_broken_off", path=scope["path"])
                    raise  # half an answer is out: only closing the connection tells the caller
                await self._excuse(error, scope, receive, answer)
        if answer.status is not None and answer.status >= 400:
            self._refused(state.get("taken_bytes", 0))
        if answer.is_stream:
            return  # how long somebody watched says nothing of how fast we answer
        route = state.get("route") or getattr(scope.get("route"), "path", "other")
        HTTP_SECONDS.labels(self._service, scope["method"], route, answer.status or 0).observe(
            time.perf_counter() - began
        )

    async def _serve(self, scope: Scope, headers: Headers, receive: Receive, answer: _Answer) -> None:
        trace_id = scope["state"]["trace_id"]
        try:
            settle(scope)
        except Rejection as unclear:
            await refusal_problem(unclear, trace_id)(scope, receive, answer)
            return
        if not scope["path"].startswith(_OF_THE_PROCESS) and not await self._has_caught_up():
            refusal = Unavailable("service_unavailable", _CATCHING_UP)
            await refusal_problem(refusal, trace_id)(scope, receive, answer)
            return
        upload = self._uploads.get(scope["path"]) if scope["method"] == "POST" else None
        if int(headers.get("content-length", "0") or 0) > (upload or BODY_BYTES_MAX):
            await too_large(trace_id, upload or BODY_BYTES_MAX)(scope, receive, answer)
            return
        wanted = headers.get("position")
        if wanted is not None and self._wait_for is not None:
            try:
                await self._wait_for(parse_positions(wanted))
            except NotApplied as late:
                refusal = Unavailable("position_not_reached", f"{late.position} is not applied here yet; ask again")
                await refusal_problem(refusal, trace_id)(scope, receive, answer)
                return
            except Rejection as refusal:
                await refusal_problem(refusal, trace_id)(scope, receive, answer)
                return
        if upload is not None:
            await self._app(scope, _bounded(scope, receive, upload), answer)
            return
        try:
            coding = coding_of(", ".join(headers.getlist("content-encoding")))
        except Rejection as refusal:
            await refusal_problem(refusal, trace_id)(scope, receive, answer)
            return
        body = _bounded(scope, receive)
        if coding is not None:
            body = _bounded(scope, plain(scope, body, coding, limit=BODY_BYTES_MAX))
        await self._app(scope, body, answer)

    def _refused(self, size: int) -> None:
        """What refuses a body is a circle, an exception and the frames that have it: it waits for the garbage
        collector, which comes by the number of things, not by their size."""
        self._refused_bytes += size
        if self._refused_bytes >= REFUSED_BYTES:
            self._refused_bytes = 0
            gc.collect()

    async def _has_caught_up(self) -> bool:
        """As soon as it has: a process that is back after a kill takes over within seconds, which callers can wait."""
        try:
            async with asyncio.timeout(CATCH_UP_S):
                while not self._caught_up():
                    await asyncio.sleep(_LOOK_S)
        except TimeoutError:
            return False
        return True

    async def _excuse(self, error: Exception, scope: Scope, receive: Receive, answer: _Answer) -> None:
        """The answer to a request that met a fault (503) or a bug (500)."""
        trace_id = scope["state"]["trace_id"]
        if isinstance(error, asyncpg.QueryCanceledError):
            log.warning("request_took_too_long", path=scope["path"], error=repr(error))
            await refusal_problem(Unavailable("took_too_long", _TOO_LONG), trace_id)(scope, receive, answer)
        elif is_away(error):
            log.warning("request_met_fault", path=scope["path"], error=repr(error))
            refusal = Unavailable(
                "service_unavailable", "the database can't be reached right now; try again in a moment"
            )
            await refusal_problem(refusal, trace_id)(scope, receive, answer)
        else:
            log.error("request_crashed", method=scope["method"], path=scope["path"], exc_info=error)
            await crash_problem(trace_id)(scope, receive, answer)


def trace_id_from(traceparent: str | None) -> str:
    """The trace id of a W3C `traceparent`, or a new one."""
    match = _TRACEPARENT.fullmatch(traceparent or "")
    return match[1] if match is not None else os.urandom(16).hex()


def too_large(trace_id: str, limit: int = BODY_BYTES_MAX) -> ASGIApp:
    detail = f"the body is larger than {limit >> 20} MB; send it in several requests"
    return problem(413, detail, code="too_large", trace_id=trace_id)


class _Answer:
    """The way out: notes the status and adds the positions that commands of this request have reached."""

    def __init__(self, send: Send, scope: Scope) -> None:
        self._send = send
        self._scope = scope
        self._state: dict[str, Any] = scope["state"]
        self.status: int | None = None
        self.is_stream = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.is_stream = (b"content-type", _EVENT_STREAM) in (
                (name.lower(), value.partition(b";")[0]) for name, value in message.get("headers", ())
            )
            positions = self._state.get("positions")
            if positions:
                message["headers"].append((b"position", format_positions(positions).encode()))
        await self._send(message)


class _WrittenDown(_Answer):
    """Of an answer with personal data nothing goes out before it is written down who gets it; see personal_reads.py."""

    def __init__(self, send: Send, scope: Scope, reads: PersonalReads) -> None:
        super().__init__(send, scope)
        self._reads = reads
        self._reading = begin()
        self._is_written = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._write_down(is_shown=message["status"] < 400)
        elif self.status is not None and self.status < 400 and not (self._is_written and message.get("more_body")):
            # Of a file that is opened as it goes out: at its first row, and all of it at its end.
            await self._write_down(is_shown=True)
        await super().__call__(message)

    async def _write_down(self, *, is_shown: bool) -> None:
        if not self._reading.has_new:
            return
        if not is_shown:
            self._reading.take()
            return
        scope = self._scope
        route = str(self._state.get("route") or getattr(scope.get("route"), "path", scope["path"]))
        await self._reads.record(self._reading, self._state, scope["method"], route)
        self._is_written = True


def _bounded(scope: Scope, receive: Receive, limit: int = BODY_BYTES_MAX) -> Receive:
    """A body is counted while it arrives, for it may have no Content-Length."""
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        scope["state"]["taken_bytes"] = taken
        if taken > limit:
            raise HTTPException(413)
        return message

    return bounded

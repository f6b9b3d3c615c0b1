"""What a connection may cost: how long it may be silent, how slow it may be, and how many there may be.

    Guard(connections_max=1000, deadlines=Deadlines())       # one per listening server; makes uvicorn's protocol

uvicorn has a time-out for idle connections only. Here a head is complete within `head_s` of its first byte (of the
connection, for the first one), and has 64 KB at most; a body brings `body_bytes` in each `body_s`; an answer that
nobody takes is given up after `answer_s`. Times in which it is we who don't read do not count. At the limit the
connection that has waited longest for a request makes room; if all are at work, the new one is told 503.

A request target is a path and a query: absolute and authority forms, and fragments, are refused here, since a server
that strips them leaves the next reader guessing.
"""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus
from typing import Any, Final, NamedTuple

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

HEAD_BYTES_MAX: Final = 64 * 1024
_LINGER_S: Final = 1.0
_LINE_BYTES: Final = len(": \r\n")
CONNECTIONS_MAX: Final = 1000
"""Room for 500 who watch a stream, besides all others. A server asks for the files it needs (uvicorn_server.py)."""


class Deadlines(NamedTuple):
    """Seconds, and the bytes of a body that must come in each `body_s` of them."""

    head_s: float = 15.0
    body_s: float = 10.0
    body_bytes: int = 5_000
    answer_s: float = 60.0


class Guard:
    """The connections of one server, oldest first, and the protocol that watches over them."""

    def __init__(self, *, deadlines: Deadlines = Deadlines(), connections_max: int = CONNECTIONS_MAX) -> None:
        self.deadlines = deadlines
        self.connections_max = connections_max
        self.connections: dict[Guarded, None] = {}

    def protocol(self, *args: Any, **named: Any) -> Guarded:
        """What uvicorn calls for each connection."""
        return Guarded(self, *args, **named)

    def admit(self, connection: Guarded) -> bool:
        """Whether there is room; somebody who waits for nothing may have to go."""
        if len(self.connections) >= self.connections_max:
            waiting = next((other for other in self.connections if other.is_waiting), None)
            if waiting is None:
                return False
            waiting.end()
        self.connections[connection] = None
        return True


class Guarded(HttpToolsProtocol):
    """uvicorn's protocol with a clock on every step that the other side may drag out."""

    def __init__(self, guard: Guard, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._guard = guard
        self._timer: asyncio.TimerHandle | None = None
        self._answer_timer: asyncio.TimerHandle | None = None
        self._in_head = True
        self._saw_end = False
        self._head_bytes = 0
        self._body_bytes = 0
        self._too_large = False
        self._refused = False

    @property
    def is_waiting(self) -> bool:
        """Whether nothing is asked and nothing is being answered."""
        return self._in_head and not _is_open(self.cycle)

    def end(self) -> None:
        self._stop_timers()
        self._guard.connections.pop(self, None)
        self.transport.abort()

    # -- connection --------------------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        super().connection_made(transport)
        if self._guard.admit(self):
            self._wait_for_head()
        else:
            self._refuse(503, "too_many_connections", "too many connections are open; try again in a moment")

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_timers()
        self._guard.connections.pop(self, None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._is_over():
            return
        if self._in_head and self._timer is None:
            self._wait_for_head()  # the first bytes of a next request on a connection that was kept
        if not self._in_head:
            self._body_bytes += len(data)
        # Of data in which a body ends, how much belongs to the next head is not known, and does not matter.
        only_head, self._saw_end = self._in_head, False
        super().data_received(data)
        if only_head and not self._saw_end and not self._is_over():
            self._head_bytes += len(data)
            if self._head_bytes > HEAD_BYTES_MAX:
                self._refuse_head()

    def send_400_response(self, msg: str) -> None:
        if self._too_large:
            self._refuse_head()
            return
        self._refuse(400, "malformed", "this is not an HTTP/1.1 request; check target, headers and length of the body")

    # -- parser ------------------------------------------------------------------------------------------------------

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._timer is None:
            self._wait_for_head()  # in the same bytes as the end of the request before it

    def on_headers_complete(self) -> None:
        self._check_head()
        self._in_head, self._saw_end, self._head_bytes = False, True, 0
        self._stop_timer()
        super().on_headers_complete()
        self._body_bytes = 0
        self._timer = self.loop.call_later(self._guard.deadlines.body_s, self._on_body_window)

    def on_message_complete(self) -> None:
        self._stop_timer()
        self._in_head = True
        super().on_message_complete()

    def _check_head(self) -> None:
        """Raises `ValueError`, which the parser makes a 400; a head that came at once is counted here."""
        if len(self.url) + sum([len(name) + len(value) + _LINE_BYTES for name, value in self.headers]) > HEAD_BYTES_MAX:
            self._too_large = True
            raise ValueError("too large")
        if not self.url.startswith(b"/") or b"#" in self.url:
            raise ValueError("a request target is a path and a query")
        hosts = sum(1 for name, _ in self.headers if name == b"host")
        if self.parser.get_http_version() == "1.1" and hosts != 1:
            raise ValueError("a request has one Host")

    # -- clocks ------------------------------------------------------------------------------------------------------

    def _is_over(self) -> bool:
        return self._refused or self.transport.is_closing()

    def _wait_for_head(self) -> None:
        self._timer = self.loop.call_later(self._guard.deadlines.head_s, self._on_silence)

    def _on_silence(self) -> None:
        self._timer = None
        if _is_open(self.cycle):
            self._wait_for_head()  # something behind a request that is still being answered
        else:
            self._refuse(408, "too_slow", "the request did not come in time; send it at once")

    def _on_body_window(self) -> None:
        deadlines = self._guard.deadlines
        # While our own side does not read, nothing can arrive.
        if self._body_bytes < deadlines.body_bytes and not self.flow.read_paused:
            self._timer = None
            self._refuse(408, "too_slow", "the body came too slowly; send it faster, or in smaller requests")
            return
        self._body_bytes = 0
        self._timer = self.loop.call_later(deadlines.body_s, self._on_body_window)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._answer_timer = self.loop.call_later(self._guard.deadlines.answer_s, self.end)

    def resume_writing(self) -> None:
        if self._answer_timer is not None:
            self._answer_timer.cancel()
            self._answer_timer = None
        super().resume_writing()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _stop_timers(self) -> None:
        self._stop_timer()
        if self._answer_timer is not None:
            self._answer_timer.cancel()
            self._answer_timer = None

    def _refuse_head(self) -> None:
        self._refuse(431, "head_too_large", "a request has at most 64 KB of headers; send less")

    def _refuse(self, status: int, code: str, detail: str) -> None:
        """Say why, where the other side can still be told, and close. What it goes on sending is read for a moment:
        behind bytes that nobody read it would be told that the connection was reset, and nothing else."""
        self._stop_timers()
        self._unset_keepalive_if_required()
        if _is_open(self.cycle) and self.cycle.response_started:
            self.transport.abort()  # half an answer is out
            return
        self.transport.write(_problem(status, code, detail))
        if self not in self._guard.connections or not self.transport.can_write_eof():
            self.transport.close()
            return
        self._refused = True
        if _is_open(self.cycle):
            # For the application it is gone: nothing may be written behind the end.
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.write_eof()
        self._timer = self.loop.call_later(_LINGER_S, self.transport.abort)


def _is_open(cycle: RequestResponseCycle | None) -> bool:
    """Whether a request is being answered; uvicorn has no cycle before the first."""
    return cycle is not None and not cycle.response_complete


def _problem(status: int, code: str, detail: str) -> bytes:
    title = HTTPStatus(status).phrase
    body = json.dumps(
        {
            "type": f"urn:meterlog:problem:{code}",
            "title": title,
            "status": status,
            "detail": detail,
            "errors": [{"pointer": "", "code": code, "detail": detail}],
            "trace_id": "",
        }
    ).encode()
    head = f"HTTP/1.1 {status} {title}\r\ncontent-type: application/problem+json\r\ncontent-length: {len(body)}\r\n"
    again = "retry-after: 1\r\n" if status == HTTPStatus.SERVICE_UNAVAILABLE else ""
    return f"{head}{again}connection: close\r\n\r\n".encode() + body

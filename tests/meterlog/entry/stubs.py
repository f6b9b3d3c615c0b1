"""Five stub services behind the entry, in this process: what they get, and what they answer."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

from meterlog.entry.app import build_entry
from meterlog.entry.services import Services
from meterlog.entry.watch import Watch
from meterlog.installation import SERVICES
from shared.engine.clock import ClockReleased, ClockSet
from shared.engine.settings import Settings
from shared.http.auth import CUSTOMER, Tokens
from shared.kernel.envelope import format_instant
from shared.kernel.message import Event
from tests.kit.fixed_logs import PARTITIONS, TAKES, FixedLogs

KEYS = {f"mk_{role}": role for role in ("admin", "billing", "support", "auditor", "ingest")}
SESSIONS = {"s_admin": "admin"}
LINKS = {f"mc_{n}": f"acc-{n}" for n in (1, 2)}

Answerer = Callable[[httpx.Request], Awaitable[httpx.Response | None]]


class StubClockControl:
    """A clock that the test moves; `due` are the instants at which something happens."""

    def __init__(self, *, test: bool = True) -> None:
        self.test = test
        self.started = False
        self.at = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
        self.offset = 0
        self.moves: list[Event] = []

    def now(self) -> datetime:
        return self.at

    async def move(self, event: Event, *, actor: str) -> int:
        self.moves.append(event)
        self.started = True
        self.at = event.now if isinstance(event, ClockSet) else datetime.now(UTC) + _ahead(event)
        self.offset += 1
        return self.offset - 1


def _ahead(event: Event) -> timedelta:
    return timedelta(microseconds=event.ahead_us) if isinstance(event, ClockReleased) else timedelta()


@dataclass
class StubSystem(httpx.AsyncBaseTransport):
    """Reporting's exchange, the internal questions, and an echo for everything else."""

    settings: Settings
    control: StubClockControl
    requests: list[httpx.Request] = field(default_factory=list)
    exchanges: int = 0
    down: set[str] = field(default_factory=set)
    not_ready: set[str] = field(default_factory=set)
    busy: set[str] = field(default_factory=set)
    revoked: set[str] = field(default_factory=set)
    scopes: dict[str, list[str]] = field(default_factory=dict)
    not_in_use: int = 0
    due: list[datetime] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    recorded_at: dict[str, str] = field(default_factory=dict)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        service, path = request.url.host, request.url.path
        await request.aread()
        if service in self.down:
            raise httpx.ConnectError("connection refused", request=request)
        if path == "/internal/exchange":
            return self._exchange(request)
        if f"{service}{path}" in self.answers:
            return self._answer(200, self.answers[f"{service}{path}"])
        if path == "/internal/progress":
            return self._progress(service)
        if path == "/internal/attention":
            return self._answer(200, {"items": []})
        if path == "/internal/set-aside":
            return self._answer(200, {"services": {}, "sources_silent": 0})
        if path == "/internal/taken":
            taken = {topic: [0] * PARTITIONS for topic in TAKES[service]}
            return self._answer(200, {"service": service, "taken": taken, "recorded_at": self.recorded_at})
        if path == "/openapi.json":
            return self._answer(503, {})
        if path in ("/healthz", "/readyz"):
            ready = service not in self.not_ready
            return self._answer(200 if ready else 503, {"ready": ready, "detail": "" if ready else "taking over"})
        if path == "/metrics":
            page = b'# HELP up_s Time\n# TYPE up_s gauge\nup_s{a="1"} 2.0\n'
            return httpx.Response(200, stream=httpx.ByteStream(page))
        self.requests.append(request)
        body = {"service": service, "path": request.url.raw_path.decode(), "method": request.method}
        headers = [("Position", f"{service}/0@1"), ("Set-Cookie", "meterlog_session=s_x"), ("Connection", "close")]
        # As from a socket: a body that is still to be read.
        return httpx.Response(200, stream=httpx.ByteStream(json.dumps(body).encode()), headers=headers)

    def _exchange(self, request: httpx.Request) -> httpx.Response:
        self.exchanges += 1
        body = json.loads(request.content)
        if "customer_link" in body:
            return self._exchange_link(body["customer_link"])
        secret = body.get("api_key") or body.get("session")
        role = (KEYS if "api_key" in body else SESSIONS).get(secret)
        if role is None or secret in self.revoked:
            return self._answer(401, {"errors": [{"pointer": "", "code": "unauthenticated", "detail": "no"}]})
        self.not_in_use += body.get("in_use") is False
        held = [self.scopes[secret]] if secret in self.scopes else []
        tokens = Tokens(self.settings.secret("token_key"))
        token = tokens.issue(f"key:{role}", role, restrictions=tuple(frozenset(one) for one in held))
        said = {"token": token, "actor": f"key:{role}", "role": role, "restrictions": held, "expires_in": 60}
        return self._answer(200, said)

    def _exchange_link(self, token: str) -> httpx.Response:
        if token not in LINKS or token in self.revoked:
            return self._answer(401, {"errors": [{"pointer": "", "code": "unauthenticated", "detail": "no"}]})
        who = f"customer-link:{token}"
        signed = Tokens(self.settings.secret("token_key")).issue(who, CUSTOMER, account_id=LINKS[token])
        return self._answer(200, {"token": signed, "actor": who, "role": CUSTOMER, "expires_in": 60})

    def _progress(self, service: str) -> httpx.Response:
        """Rating has the timers; what is due at the time shown has happened by the time it is asked."""
        self.due = [due for due in self.due if due > self.control.at]
        next_due = min(self.due, default=None) if service == "rating" else None
        return self._answer(
            200,
            {
                "service": service,
                "clock": self.control.offset,
                "next_due": format_instant(next_due) if next_due else None,
                "idle": service not in self.busy,
                "activity": 0,
            },
        )

    @staticmethod
    def _answer(status: int, body: Any) -> httpx.Response:
        return httpx.Response(status, stream=httpx.ByteStream(json.dumps(body).encode()))


@dataclass
class StubEntry:
    client: httpx.AsyncClient
    system: StubSystem
    control: StubClockControl
    logs: FixedLogs
    time: list[float]
    """Seconds, as the watch sees them; a test adds."""


def stub_settings(console: Path) -> Settings:
    """Each service at an address that is its name."""
    return Settings(
        token_key=SecretStr("a key for tests"),
        console_dir=console,
        service_urls={name: f"http://{name}" for name in SERVICES},
    )


@asynccontextmanager
async def running_entry(console: Path, *, test_clock: bool = True) -> AsyncIterator[StubEntry]:
    """The entry over stubs; `client` has no credentials."""
    settings = stub_settings(console)
    control = StubClockControl(test=test_clock)
    system = StubSystem(settings, control)
    services, logs, time = Services(settings, transport=system), FixedLogs(), [0.0]
    watch = Watch(services, logs, partitions=PARTITIONS, standstill_s=20.0, fresh_s=0.0, now=lambda: time[0])
    app = build_entry(settings, services, control, watch)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://meterlog.test") as client:
        yield StubEntry(client, system, control, logs, time)


def key(role: str) -> dict[str, str]:
    return {"Authorization": f"Bearer mk_{role}"}

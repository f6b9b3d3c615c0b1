"""One health, one readiness and one page of metrics for the whole system.

GET /healthz   200 {"status": "ok", "services": {"usage": "ok", ...}}     the entry is alive; who else is
GET /readyz    200 only when every service is ready, as the watch sees it; names each, its lag and what it waits for
GET /metrics   all services' metrics as one page, each sample with its service as a label

GET /v1/health/services      the same for the console, with what reporting shows of each
GET /v1/overview/attention   what the services say waits for a person, and those that don't do their work or don't say
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import AwareDatetime, BaseModel
from starlette.requests import Request
from starlette.responses import Response

from meterlog.entry.credentials import Grant
from meterlog.entry.proxy import Proxy
from meterlog.entry.services import Services, content_of
from meterlog.entry.watch import ServiceState, Watch
from meterlog.installation import SERVICES
from shared.http.answer import Answer
from shared.http.auth import READERS
from shared.http.filtering import Arguments, conditions
from shared.http.problems import Unavailable
from shared.kernel.errors import Rejection

NOTICE_AFTER_S: Final = 5.0
STALE_AFTER_MS: Final = 60_000
"""A view that lies this far behind its log asks for attention."""

_TIMEOUT_S: Final = 2.0
_OWN_NOTICES: Final = ("invoicing", "payments")
"""Services that say themselves what of theirs waits for a person, beside reporting."""
_SEVERITIES: Final = ("error", "warning", "info")
_SAMPLE: Final = re.compile(r"([a-zA-Z_:][a-zA-Z0-9_:]*)(\{.*\})? (.+)")


class ServiceHealth(BaseModel):
    """`lag`: messages of all partitions not taken yet, from the ends of the logs; null while it has never told.
    `projection_lag_ms`: the age of the newest event of its log that is shown, while there are newer ones.
    `stands_still_s`: for how long one of its partitions has taken nothing, though there is something to take.
    `oldest_unprocessed_s`: how long the oldest message has been in its log that is not taken; 0 where there is none.
    `p95_ms`: 95 of 100 answers of the last five minutes were there within that time; null where nobody asked.
    `dead_letters`, `parked_inputs`, `sources_silent` (of usage alone): what waits there for a person; null where nobody
    can tell.
    """

    name: str
    ready: bool
    lag: int | None
    projection_lag_ms: int | None
    last_event_at: AwareDatetime | None
    detail: str | None
    unready_s: int
    stands_still_s: int | None
    oldest_unprocessed_s: int | None
    p95_ms: int | None
    dead_letters: int | None
    parked_inputs: int | None
    sources_silent: int | None


class ServicesHealth(BaseModel):
    """`ready`: there are services, and all of them are ready."""

    ready: bool
    items: list[ServiceHealth]


class Health:
    """What the watch sees, as answers; `now` is the time of the system."""

    def __init__(self, services: Services, watch: Watch, proxy: Proxy, now: Callable[[], datetime]) -> None:
        self._services = services
        self._watch = watch
        self._proxy = proxy
        self._now = now

    async def healthz(self, _request: Request) -> Response:
        answers = await asyncio.gather(*(self._is_alive(name) for name in SERVICES))
        states = {name: "ok" if alive else "down" for name, alive in zip(SERVICES, answers, strict=True)}
        whole = all(state == "ok" for state in states.values())
        return Answer({"status": "ok" if whole else "degraded", "services": states})

    async def readyz(self, _request: Request) -> Response:
        states = await self._watch.states()
        ready = all(states[name].ready for name in SERVICES)
        services = {
            name: {"ready": state.ready, "detail": state.detail, "lag": state.lag} for name, state in states.items()
        }
        return Answer({"ready": ready, "services": services}, status_code=200 if ready else 503)

    async def services(self, request: Request) -> Response:
        """`GET /v1/health/services`, for readers."""
        await self._admit(request)
        conditions(request, {}, Arguments(), known=())
        states, set_aside = await asyncio.gather(self._watch.states(), self._set_aside())
        now = self._now()
        items = [
            {
                **_shape(name, states[name], now),
                "p95_ms": self._proxy.response_times.p95_ms(name),
                **_put_aside(name, set_aside),
            }
            for name in SERVICES
        ]
        return Answer({"ready": bool(items) and all(item["ready"] for item in items), "items": items})

    async def attention(self, request: Request) -> Response:
        """`GET /v1/overview/attention`: what reporting says, and what can't be left to those it is about.

        Whoever is held to legal entities hears what reporting says of theirs."""
        grant = await self._admit(request, held_too=True)
        if grant.legal_entities is not None:
            answer = await self._proxy.forward(request, whole=True)
            if answer.status_code != 200:
                return answer
            return Answer({"items": json.loads(bytes(answer.body))["items"], "unanswered": []})
        states, now = await self._watch.states(), self._now()
        waits: dict[str, list[dict[str, Any]] | None] = dict.fromkeys((*_OWN_NOTICES, "reporting"))
        if states["reporting"].answers:
            answer = await self._proxy.forward(request, whole=True)
            if answer.status_code != 200:
                return answer
            waits["reporting"] = json.loads(bytes(answer.body))["items"]
        told = await asyncio.gather(*(self._asked(name, "/internal/attention") for name in _OWN_NOTICES))
        waits |= {name: None if one is None else one.get("items") for name, one in zip(_OWN_NOTICES, told, strict=True)}
        items = [*_notices(states, now), *(item for found in waits.values() for item in found or ())]
        items.sort(key=lambda item: _SEVERITIES.index(item["severity"]))
        return Answer({"items": items, "unanswered": sorted(name for name, found in waits.items() if found is None)})

    async def _set_aside(self) -> dict[str, Any] | None:
        return await self._asked("reporting", "/internal/set-aside")

    async def _asked(self, service: str, target: str) -> dict[str, Any] | None:
        """`None` where it does not say: what is not known is never told as nothing."""
        try:
            return content_of(await self._services.ask(service, target, timeout_s=_TIMEOUT_S), service)
        except (Unavailable, Rejection):
            return None

    async def _admit(self, request: Request, *, held_too: bool = False) -> Grant:
        grant = await self._proxy.admit(request, held_too=held_too)
        if grant.role not in READERS:
            raise Rejection("forbidden", f"the role {grant.role} may not read the books", status=403)
        return grant

    async def metrics(self, _request: Request) -> Response:
        pages = await asyncio.gather(*(self._page(name) for name in SERVICES))
        named = [*zip(SERVICES, pages, strict=True), ("entry", generate_latest().decode())]
        return Response(merge(named), media_type=CONTENT_TYPE_LATEST)

    async def _is_alive(self, service: str) -> bool:
        try:
            return (await self._services.ask(service, "/healthz", timeout_s=_TIMEOUT_S)).status_code == 200
        except Unavailable:
            return False

    async def _page(self, service: str) -> str:
        """A service that is down has no metrics; its absence is in `meterlog_up`."""
        try:
            answer = await self._services.ask(service, "/metrics", timeout_s=_TIMEOUT_S)
        except Unavailable:
            return ""
        return answer.text if answer.status_code == 200 else ""


def merge(pages: list[tuple[str, str]]) -> str:
    """Pages of several processes as one: each family described once, each sample labelled with its service.

    >>> usage, rating = "# TYPE x gauge\\nx 1.0\\n", '# TYPE x gauge\\nx{a="b"} 2.0\\n'
    >>> print(merge([("usage", usage), ("rating", rating)]), end="")
    # TYPE meterlog_up gauge
    meterlog_up{service="usage"} 1
    meterlog_up{service="rating"} 1
    # TYPE x gauge
    x{service="usage"} 1.0
    x{service="rating",a="b"} 2.0
    """
    described: dict[str, list[str]] = {"meterlog_up": ["# TYPE meterlog_up gauge"]}
    samples: dict[str, list[str]] = {"meterlog_up": []}
    for service, page in pages:
        samples["meterlog_up"].append(f'meterlog_up{{service="{service}"}} {1 if page else 0}')
        family = ""
        for line in page.splitlines():
            if line.startswith("# "):
                family = line.split(" ", 3)[2]
                known = described.setdefault(family, [])
                kind = line[:7]
                if not any(other.startswith(kind) for other in known):
                    known.append(line)
            elif line:
                samples.setdefault(family, []).append(_labelled(line, service))
    lines = [line for family in described for line in (*described[family], *samples.get(family, ()))]
    return "\n".join(lines) + "\n"


def _labelled(line: str, service: str) -> str:
    match = _SAMPLE.fullmatch(line)
    if match is None or 'service="' in (match[2] or ""):
        return line
    labels = f",{match[2][1:-1]}" if match[2] else ""
    return f'{match[1]}{{service="{service}"{labels}}} {match[3]}'


def _shape(name: str, state: ServiceState, now: datetime) -> dict[str, Any]:
    return {
        "name": name,
        "ready": state.ready,
        "lag": state.lag,
        "projection_lag_ms": _projection_lag_ms(state, now),
        "last_event_at": state.shown_at,
        "detail": state.detail or None,
        "unready_s": int(state.unready_s),
        "stands_still_s": None if state.stands_still_s is None else int(state.stands_still_s),
        "oldest_unprocessed_s": None if state.oldest_untaken_s is None else int(state.oldest_untaken_s),
    }


def _put_aside(name: str, told: Mapping[str, Any] | None) -> dict[str, int | None]:
    if told is None or "services" not in told:
        return dict.fromkeys(("dead_letters", "parked_inputs", "sources_silent"))
    own = told["services"].get(name, {})
    return {
        "dead_letters": own.get("dead_letters", 0),
        "parked_inputs": own.get("parked_inputs", 0),
        "sources_silent": told["sources_silent"] if name == "usage" else None,
    }


def _projection_lag_ms(state: ServiceState, now: datetime) -> int | None:
    """The age of the newest event that is shown, while there are others; `None` where nobody can tell."""
    if state.shown_behind == 0:
        return 0
    if state.shown_behind is None or state.shown_at is None:
        return None
    return max(0, (now - state.shown_at) // timedelta(milliseconds=1))


def _notices(states: Mapping[str, ServiceState], now: datetime) -> list[dict[str, Any]]:
    """A service that starts or hands over is ready within seconds; one that is not is for a person."""
    down = {name: state.detail for name, state in states.items() if state.unready_s >= NOTICE_AFTER_S}
    stale = [name for name, state in states.items() if (_projection_lag_ms(state, now) or 0) > STALE_AFTER_MS]
    found = [
        {"kind": "services_not_ready", "services": [{"name": n, "detail": detail} for n, detail in down.items()]},
        {"kind": "stale_projection", "services": [{"name": n, "detail": states[n].detail} for n in stale]},
    ]
    return [
        {
            "kind": item["kind"],
            "count": len(item["services"]),
            "severity": "error",
            "link": None,
            "services": item["services"],
        }
        for item in found
        if item["services"]
    ]

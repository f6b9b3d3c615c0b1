"""One health, one readiness and one page of metrics for the whole system.

GET /healthz   200 {"status": "ok", "services": {"usage": "ok", ...}}     the entry is alive; who else is
GET /readyz    200 only when every service is; names each and what it waits for
GET /metrics   all services' metrics as one page, each sample with its service as a label
"""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any, Final

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import Response

from shared.entry.services import Services
from shared.runtime.http.answer import Answer
from shared.runtime.http.problems import Unavailable
from shared.runtime.settings import SERVICES

_TIMEOUT_S: Final = 2.0
_SAMPLE: Final = re.compile(r"([a-zA-Z_:][a-zA-Z0-9_:]*)(\{.*\})? (.+)")


class Health:
    """Asks all services at once; one that does not answer within 2 s is down."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def healthz(self, _request: Request) -> Response:
        answers = await asyncio.gather(*(self._status(name, "/healthz") for name in SERVICES))
        states = {name: "ok" if status == 200 else "down" for name, (status, _) in zip(SERVICES, answers, strict=True)}
        whole = all(state == "ok" for state in states.values())
        return Answer({"status": "ok" if whole else "degraded", "services": states})

    async def readyz(self, _request: Request) -> Response:
        answers = await asyncio.gather(*(self._status(name, "/readyz") for name in SERVICES))
        services = {
            name: {"ready": status == 200, "detail": detail}
            for name, (status, detail) in zip(SERVICES, answers, strict=True)
        }
        ready = all(service["ready"] for service in services.values())
        return Answer({"ready": ready, "services": services}, status_code=200 if ready else 503)

    async def metrics(self, _request: Request) -> Response:
        pages = await asyncio.gather(*(self._page(name) for name in SERVICES))
        named = [*zip(SERVICES, pages, strict=True), ("entry", generate_latest().decode())]
        return Response(merge(named), media_type=CONTENT_TYPE_LATEST)

    async def _status(self, service: str, path: str) -> tuple[int, str]:
        try:
            answer = await self._services.ask(service, path, timeout_s=_TIMEOUT_S)
        except Unavailable as error:
            return 503, error.detail
        return answer.status_code, _detail(answer.content)

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


def _detail(content: bytes) -> str:
    try:
        body: Any = json.loads(content)
    except ValueError:
        return ""
    return str(body.get("detail", "")) if isinstance(body, dict) else ""

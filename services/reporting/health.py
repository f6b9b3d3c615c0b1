"""How the five services are: each is asked for itself, and what reporting has applied of its log is put beside it.

    [{"name": "rating", "ready": true, "lag": 0, "projection_lag_ms": 0, "last_event_at": "2026-11-23T06:00:00Z", ...}]

`lag` counts the messages a service has not yet taken. `projection_lag_ms` is the age, by the clock, of the newest event
of that service shown here while it still has some to take; 0 when it has none, null when it does not answer. An answer
takes a second at most; who is silent is not ready.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any, Final

import httpx

from shared.runtime.auth import SERVICE
from shared.runtime.http.edge import Edge
from shared.runtime.settings import SERVICES, MissingSetting

DEADLINE_S: Final = 1.0

_LAST_EVENTS: Final = """
select split_part(topic, '.', 1) as service, max(recorded_at) as at from meterlog.checkpoint
 where gen = (select gen from meterlog.generation where active) group by 1
"""


async def ask_services(edge: Edge) -> list[dict[str, Any]]:
    """All five, in the order in which money flows."""
    rows = await edge.db.fetch(_LAST_EVENTS)
    last_events: dict[str, datetime] = {row["service"]: row["at"] for row in rows}
    headers = {"Authorization": f"Bearer {edge.tokens.issue('service:reporting', SERVICE)}"}
    async with httpx.AsyncClient(timeout=DEADLINE_S, headers=headers, trust_env=False) as client:
        answers = await asyncio.gather(*(_ask(client, edge, name) for name in SERVICES))
    now = edge.clock.now()
    return [_health(name, answer, last_events.get(name), now) for name, answer in zip(SERVICES, answers, strict=True)]


async def _ask(client: httpx.AsyncClient, edge: Edge, name: str) -> dict[str, Any]:
    try:
        url = edge.settings.service_url(name)
        ready, progress = await asyncio.gather(client.get(f"{url}/readyz"), client.get(f"{url}/internal/progress"))
        detail = ready.json().get("detail") or None
        lag = progress.json().get("lag") if progress.is_success else None
    except (MissingSetting, httpx.HTTPError, ValueError) as error:
        return {"ready": False, "lag": None, "detail": f"{name} does not answer: {str(error) or type(error).__name__}"}
    return {"ready": ready.is_success, "lag": lag, "detail": detail}


def _health(name: str, answer: dict[str, Any], last_event_at: datetime | None, now: datetime) -> dict[str, Any]:
    lag = answer["lag"]
    behind: int | None = None if lag is None else 0
    if lag and last_event_at is not None:
        behind = max(0, (now - last_event_at) // timedelta(milliseconds=1))
    return {
        "name": name,
        "ready": answer["ready"],
        "lag": lag,
        "projection_lag_ms": behind,
        "last_event_at": last_event_at,
        "detail": answer["detail"],
    }

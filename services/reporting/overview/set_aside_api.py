"""For the entry alone: what bugs have put aside in each service, and how much equipment is silent.

GET /internal/set-aside
{"services": {"rating": {"parked_inputs": 1, "dead_letters": 0}}, "sources_silent": 2}

A service that is not named has put nothing aside.
"""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Response

from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import SERVICE

_BY_TOPIC: Final = """
select topic, count(*) filter (where kind = 'parked') as parked_inputs,
       count(*) filter (where kind <> 'parked') as dead_letters
  from dead_letter where status = 'open' group by topic
"""

SOURCES_SILENT: Final = """
(select count(*) from expected_source
  where heard_at + make_interval(secs => silent_after_s) < $1::timestamptz)
"""


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/internal/set-aside", dependencies=[api.roles(SERVICE)], include_in_schema=False)
    async def set_aside() -> Response:
        async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
            rows = await connection.fetch(_BY_TOPIC)
            silent = await connection.fetchval(f"select {SOURCES_SILENT}", api.clock.now())
        services: dict[str, dict[str, Any]] = {
            row["topic"].partition(".")[0]: {name: row[name] for name in ("parked_inputs", "dead_letters")}
            for row in rows
        }
        return Answer({"services": services, "sources_silent": silent})

    return routes

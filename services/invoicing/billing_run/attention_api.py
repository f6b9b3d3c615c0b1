"""For the entry alone: what of billing runs waits for a person.

GET /internal/attention    {"items": [{"kind": "runs_to_confirm", "count": 2, "severity": "warning", "link": "..."}]}
"""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.invoicing.billing_run.progress import RUNS_TO_CONFIRM
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import SERVICE


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/internal/attention", dependencies=[api.roles(SERVICE)], include_in_schema=False)
    async def attention() -> Response:
        count = await api.db.fetchval(RUNS_TO_CONFIRM)
        link = "/billing-runs?status=to_confirm"
        found = {"kind": "runs_to_confirm", "count": count, "severity": "warning", "link": link}
        return Answer({"items": [found] if count else []})

    return routes

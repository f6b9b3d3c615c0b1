"""What the contract names and this version does not do yet: refused with `unsupported`, never answered wrongly."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from fastapi import APIRouter

from shared.kernel.errors import unsupported
from shared.runtime.auth import READERS, WRITERS
from shared.runtime.http.edge import Edge

READS: Final = {
    "/v1/stream": "the live stream",
    "/v1/report-jobs": "report files",
    "/v1/report-jobs/{job_id}": "report files",
    "/v1/report-jobs/{job_id}/download": "report files",
    "/v1/report-schedules": "scheduled reports",
    "/v1/saved-views": "saved views",
    "/v1/webhook-endpoints": "webhooks",
    "/v1/webhook-deliveries": "webhooks",
}
WRITES: Final = {
    "/v1/report-jobs": ("POST", "report files"),
    "/v1/report-schedules": ("POST", "scheduled reports"),
    "/v1/saved-views": ("POST", "saved views"),
    "/v1/webhook-endpoints": ("POST", "webhooks"),
    "/v1/webhook-deliveries/{delivery_id}/replay": ("POST", "webhooks"),
    "/v1/customer-configs/{account_id}": ("PATCH", "changing a customer's configuration"),
}


def router(edge: Edge) -> APIRouter:
    routes = APIRouter(include_in_schema=False)
    for path, what in READS.items():
        routes.add_api_route(path, _refusing(what), methods=["GET"], dependencies=[edge.roles(*READERS)])
    for path, (method, what) in WRITES.items():
        routes.add_api_route(path, _refusing(what), methods=[method], dependencies=[edge.roles(*WRITERS)])
    return routes


def _refusing(what: str) -> Callable[[], Awaitable[None]]:
    async def refuse() -> None:
        raise unsupported(what)

    return refuse

"""What the contract names under usage and this version does not do: refused by name, never half done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from fastapi import APIRouter

from shared.kernel.errors import unsupported
from shared.runtime.auth import READERS, WRITERS
from shared.runtime.http.edge import Edge

READS: Final = {
    "/v1/usage/sessions": "sessions",
    "/v1/sources": "the register of sources",
    "/v1/sources/{source}": "the register of sources",
}
WRITES: Final = {
    "/v1/usage/retractions": "retracting usage",
    "/v1/usage/corrections": "correcting usage",
    "/v1/usage/files": "usage files",
    "/v1/usage/quarantine/recycle": "recycling quarantined records",
    "/v1/usage/quarantine/discard": "discarding quarantined records",
    "/v1/sources": "the register of sources",
}


def router(edge: Edge) -> APIRouter:
    routes = APIRouter(include_in_schema=False)
    for path, what in READS.items():
        routes.add_api_route(path, _refusing(what), methods=["GET"], dependencies=[edge.roles(*READERS)])
    for path, what in WRITES.items():
        routes.add_api_route(path, _refusing(what), methods=["POST"], dependencies=[edge.roles(*WRITERS)])
    return routes


def _refusing(what: str) -> Callable[[], Awaitable[None]]:
    async def refuse() -> None:
        raise unsupported(what)

    return refuse

"""`GET /internal/rebuilds`: what rebuilds and verifications of this service have found, the newest first.

The entry asks every service and shows all of it as one list (`GET /v1/proof/rebuilds`).
"""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response

from shared.engine.rebuild.proof import shape_of
from shared.http.api import Api
from shared.http.auth import SERVICE
from shared.http.filtering import Filter
from shared.http.listing import Listing

REBUILDS: Final = Listing(
    source="durable.rebuild_proof",
    tiebreak="proof_id",
    filters={
        "kind": Filter("kind", one_of=("verify", "rebuild")),
        "equal": Filter("equal", kind="boolean"),
        "from": Filter("finished_at", op=">=", kind="instant"),
        "to": Filter("finished_at", op="<", kind="instant"),
    },
    sorts={"finished_at": "finished_at"},
    default_sort="-finished_at",
)


def router(api: Api) -> APIRouter:
    """The same at every service."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/internal/rebuilds", dependencies=[api.roles(SERVICE)])
    async def rebuilds(request: Request) -> Response:
        return await REBUILDS.fetch(request, api, shape=shape_of)

    return routes

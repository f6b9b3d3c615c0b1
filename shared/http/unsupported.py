"""What the contract names and this version does not do: refused by name (422 `unsupported`), never half done.

    LATER = (
        Unsupported("/v1/coupons", "coupons"),
        Unsupported("/v1/plans/{plan_id}/retire", "retiring a plan", ("POST",)),
    )

    routes.include_router(refusals(api, LATER))

A path that a later version answers leaves the table.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Final, NamedTuple

from fastapi import APIRouter

from shared.http.api import Api
from shared.http.auth import READERS
from shared.kernel.errors import unsupported

ANY: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")


class Unsupported(NamedTuple):
    """A path, what it would do, by which methods, and whom it tells so; others are told that they may not (403)."""

    path: str
    what: str
    methods: tuple[str, ...] = ANY
    roles: tuple[str, ...] = READERS


def refusals(api: Api, table: Iterable[Unsupported]) -> APIRouter:
    """The routes of a table, outside the OpenAPI document. They belong behind the real ones, which then win."""
    routes = APIRouter(include_in_schema=False)
    for path, what, methods, roles in table:
        routes.add_api_route(path, _refusing(what), methods=list(methods), dependencies=[api.roles(*roles)])
    return routes


def _refusing(what: str) -> Callable[[], Awaitable[None]]:
    async def refuse() -> None:
        raise unsupported(what)

    return refuse

"""Prices without storing anything (docs/api.md, section 4).

POST /v1/pricing/quotes {"price": {"model": "per_unit", "unit_price": "0.10"}, "currency": "EUR",
                         "period": {"start": "2026-06-01", "end": "2026-07-01"}, "quantity": "187.5"}
-> {"amount": {"amount": "18.75", "currency": "EUR"}, "unrounded": "18.750000000", "lines": [...]}
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Response
from fastapi import Body as FromBody

from services.rating.period.stored_states import StoredStates
from services.rating.quote.bodies import quote_schema
from services.rating.quote.quote import quote
from services.rating.quote.shapes import QuoteShape
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.openapi import takes
from shared.http.schemas import defining, named
from shared.kernel.decider import State
from shared.kernel.unit_of_work import Missing

D = TypeVar("D", bound=State)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    body = {"required": True, "content": {"application/json": {"schema": named("QuoteBody")}}}
    documented = {"requestBody": body, **takes(), **defining({"QuoteBody": quote_schema()})}

    @routes.post(
        "/v1/pricing/quotes", response_model=QuoteShape, openapi_extra=documented, dependencies=[api.roles(*READERS)]
    )
    async def quote_price(body: Annotated[Any, FromBody()]) -> Response:
        return Answer(await _quoted(api, body))

    return routes


class _NothingRead:
    """A view that has read nothing yet."""

    def get(self, kind: type[D], key: str) -> D | None:
        raise Missing(kind, [key])

    def get_many(self, kind: type[D], keys: Collection[str]) -> Mapping[str, D]:
        raise Missing(kind, list(keys))


async def _quoted(api: Api, body: Any) -> dict[str, Any]:
    """In a thread: 10,000 records take a while, and the partition workers share this loop.

    Most prices name nothing that is stored; then no question is asked of the database.
    """
    try:
        return await asyncio.to_thread(quote, body, _NothingRead())
    except Missing as missing:
        wanted = missing.wanted
    async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        states = StoredStates(connection, home=0)
        while True:
            for kind, keys in wanted.items():
                await states.load(kind, keys)
            try:
                return await asyncio.to_thread(quote, body, states)
            except Missing as missing:
                wanted = missing.wanted

"""Tax without storing anything (docs/api.md, *Tax quotes*).

POST /v1/tax/quotes {"currency": "EUR", "lines": [{"id": "1", "net": "100.00", "category": "S", "rate": "20"}]}
-> {"lines": [...], "groups": [{"category": "S", "rate": "20", "base": "100.00", "tax": "20.00"}], "total": "120.00"}
"""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Response
from fastapi import Body as FromBody

from services.invoicing.tax_quote.bodies import TaxQuoteBody
from services.invoicing.tax_quote.quote import quote
from services.invoicing.tax_quote.shapes import TaxQuoteShape
from shared.engine.stored_states import StoredStates
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.openapi import takes
from shared.http.schemas import REF, defining, named
from shared.kernel.unit_of_work import Missing


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    body = {"required": True, "content": {"application/json": {"schema": named("TaxQuoteBody")}}}
    schema = TaxQuoteBody.model_json_schema(ref_template=REF + "{model}")
    documented = {"requestBody": body, **takes(), **defining({"TaxQuoteBody": schema})}

    @routes.post(
        "/v1/tax/quotes", response_model=TaxQuoteShape, openapi_extra=documented, dependencies=[api.roles(*READERS)]
    )
    async def quote_tax(body: Annotated[Any, FromBody()]) -> Response:
        return Answer(await _quoted(api, body))

    return routes


async def _quoted(api: Api, body: Any) -> dict[str, Any]:
    """In a thread: 10,000 lines take a while, and the partition workers share this loop."""
    async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        states = StoredStates(connection, home=0)
        while True:
            try:
                return await asyncio.to_thread(quote, body, states)
            except Missing as missing:
                for kind, keys in missing.wanted.items():
                    await states.load(kind, keys)

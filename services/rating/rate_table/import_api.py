"""All rates of a version in one request: what they would change, or the next version of the table.

POST /v1/rate-tables/world/versions?preview=true      text/csv or {"rates": [...]}: what it would change, nothing stored
POST /v1/rate-tables/world/versions                   the same body: the next version, a draft
POST /v1/rate-tables/world/versions?effective_from=2026-07-01      and published at once

A retry under the same Idempotency-Key goes on where the first one broke off.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response

from services.rating.pricing.calls.rate import CallRate
from services.rating.rate_table.api import RateTableVersionShape, read_table, read_version
from services.rating.rate_table.difference import Kind
from services.rating.rate_table.messages import AddRates, DraftRateTableVersion, PublishRateTableVersion
from services.rating.rate_table.rates_api import Limit, PageNumber, RateChangesShape, changes, in_force
from services.rating.rate_table.reading import CSV, RatePart, RatesBody, parts_of, read_rates
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.http.schemas import REF, defining
from shared.kernel.bodies import BillingDate

_AT_ONCE: Final = 4
"""Parts on their way at a time: the owner decides some while others travel."""


_IMPORT: Final = {
    "requestBody": {
        "required": True,
        "description": f"All rates of the version; `Content-Encoding` may be gzip or zstd. {CSV} is taken as well.",
        # Generators of clients know no body of text/csv; `csv` of the JSON body is the same text.
        "content": {"application/json": {"schema": {"$ref": f"{REF}RatesBody"}}},
    },
    **defining({"RatesBody": RatesBody.model_json_schema(ref_template=REF + "{model}")}),
}


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post(
        "/v1/rate-tables/{table_id}/versions",
        status_code=201,
        response_model=RateTableVersionShape,
        responses={200: {"model": RateChangesShape, "description": "A preview: nothing is stored."}},
        dependencies=[api.roles(*WRITERS)],
        openapi_extra=_IMPORT,
    )
    async def import_rates(
        table_id: str,
        request: Request,
        effective_from: Annotated[BillingDate | None, Query(description="publish it at once, from that day on")] = None,
        preview: Annotated[bool, Query(description="tell what it would change; nothing is stored")] = False,
        kind: Annotated[Kind | None, Query(description="of a preview: only these changes")] = None,
        limit: Limit = 50,
        page: PageNumber = 1,
    ) -> Response:
        rates = await _rates_of(request)
        table = await read_table(api, table_id)
        if preview:
            against = in_force(table["versions"], effective_from or api.clock.now().date())
            return Answer(await changes(api, table_id, against, rates, kind=kind, limit=limit, page=page))
        version = await _import(api, request, table_id, rates)
        if effective_from is not None:
            publish = PublishRateTableVersion(table_id=table_id, version=version, effective_from=effective_from)
            await api.command(request, publish)
        return Answer(await read_version(api, table_id, version), status_code=201)

    return routes


async def _rates_of(request: Request) -> list[CallRate]:
    """The rates of a body. In a thread: 200,000 take seconds, and the partition workers share this loop."""
    body = await request.body()
    return await asyncio.to_thread(read_rates, body, request.headers.get("content-type", ""))


async def _import(api: Api, request: Request, table_id: str, rates: Sequence[CallRate]) -> int:
    """Announce a version and send its parts; the same version again for a retry under the same Idempotency-Key."""
    parts = await asyncio.to_thread(lambda: list(parts_of(rates)))
    await api.command(request, DraftRateTableVersion(table_id=table_id, rows=len(rates), parts=len(parts)))
    sql = "select version from rate_table_version_row where table_id = $1 and draft_id = $2"
    version: int = await api.db.fetchval(sql, table_id, api.command_id(request))
    for start in range(0, len(parts), _AT_ONCE):
        some = parts[start : start + _AT_ONCE]
        await asyncio.gather(
            *(api.command(request, _add(table_id, version, start + n, part)) for n, part in enumerate(some))
        )
    return version


def _add(table_id: str, version: int, number: int, part: RatePart) -> AddRates:
    return AddRates(table_id=table_id, version=version, part=number, rates=part.rates, above=part.above)

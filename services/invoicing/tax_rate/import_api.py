"""Many rates at once: what they would change, or the change.

POST /v1/tax/rates/import?preview=true     text/csv, {"csv": "..."} or {"entries": [...]}: nothing is stored
POST /v1/tax/rates/import                  the same body; every 500 entries are taken as a whole

Rates that the file does not name stay as they are.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response

from services.invoicing.tax_import import (
    Entries,
    TableChange,
    TableImportShape,
    changes,
    read_entries,
    told,
)
from services.invoicing.tax_import_query import IMPORT_BODY, Limit, PageNumber, Preview, take_in_parts
from services.invoicing.tax_rate.api import RATE, TaxRateBody
from services.invoicing.tax_rate.messages import IMPORT_ROWS_MAX, ImportTaxRates, RateEntry, RateTerms
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.kernel.decimals import format_decimal


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post(
        "/v1/tax/rates/import",
        response_model=TableImportShape,
        dependencies=[api.roles(*WRITERS)],
        openapi_extra=IMPORT_BODY,
    )
    async def import_tax_rates(
        request: Request, preview: Preview = False, limit: Limit = 50, page: PageNumber = 1
    ) -> Response:
        body, media_type = await request.body(), request.headers.get("content-type", "")
        entries = await asyncio.to_thread(_read, body, media_type)
        found = await _changes(api, entries.rows)
        if not preview:
            await take_in_parts(api, request, entries, IMPORT_ROWS_MAX, _command)
        return Answer(told(found, preview=preview, limit=limit, page=page))

    return routes


def _command(import_id: str, rows: Sequence[TaxRateBody]) -> ImportTaxRates:
    entries = [RateEntry(rate_id=one.id or "", terms=one.terms()) for one in rows]
    return ImportTaxRates(import_id=import_id, entries=entries)


def _read(body: bytes, media_type: str) -> Entries[TaxRateBody]:
    return read_entries(body, media_type, TaxRateBody, several=("includes", "replaces"))


async def _changes(api: Api, entries: Sequence[TaxRateBody]) -> list[TableChange]:
    sql = f"select {', '.join(RATE.columns)} from tax_rate_row"
    ids = [one.id for one in entries]
    rows = await api.db.fetch(f"{sql} where rate_id = any($1::text[]) and deleted_at is null", ids)
    known = {row["rate_id"]: _said(RATE.values(row)) for row in rows}
    return changes(known, [(one.id or "", _said(msgspec.structs.asdict(one.terms()))) for one in entries])


def _said(values: dict[str, Any]) -> dict[str, Any]:
    """What is said of a rate, in one spelling: that of the wire."""
    said = {name: values[name] for name in RateTerms.__struct_fields__}
    said |= {name: format_decimal(Decimal(said[name])) for name in ("rate", "share")}
    said |= {name: list(said[name]) for name in ("includes", "replaces")}
    return dict(msgspec.to_builtins(said))

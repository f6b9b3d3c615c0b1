"""Many jurisdictions at once: what they would change, or the change.

POST /v1/tax/jurisdictions/import?preview=true     text/csv, {"csv": "..."} or {"entries": [...]}: nothing is stored
POST /v1/tax/jurisdictions/import                  the same body; every 500 entries are taken as a whole

Jurisdictions that the file does not name stay as they are; parents stand before what lies in them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
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
from services.invoicing.tax_jurisdiction.api import JURISDICTION, TaxJurisdictionBody
from services.invoicing.tax_jurisdiction.messages import IMPORT_ROWS_MAX, ImportTaxJurisdictions, JurisdictionEntry
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post(
        "/v1/tax/jurisdictions/import",
        response_model=TableImportShape,
        dependencies=[api.roles(*WRITERS)],
        openapi_extra=IMPORT_BODY,
    )
    async def import_tax_jurisdictions(
        request: Request, preview: Preview = False, limit: Limit = 50, page: PageNumber = 1
    ) -> Response:
        body, media_type = await request.body(), request.headers.get("content-type", "")
        entries = await asyncio.to_thread(_read, body, media_type)
        found = await _changes(api, entries.rows)
        if not preview:
            await take_in_parts(api, request, entries, IMPORT_ROWS_MAX, _command)
        return Answer(told(found, preview=preview, limit=limit, page=page))

    return routes


def _command(import_id: str, rows: Sequence[TaxJurisdictionBody]) -> ImportTaxJurisdictions:
    entries = [JurisdictionEntry(jurisdiction_id=one.id, terms=one.terms()) for one in rows]
    return ImportTaxJurisdictions(import_id=import_id, entries=entries)


def _read(body: bytes, media_type: str) -> Entries[TaxJurisdictionBody]:
    return read_entries(body, media_type, TaxJurisdictionBody, several=("codes", "postal_codes"))


async def _changes(api: Api, entries: Sequence[TaxJurisdictionBody]) -> list[TableChange]:
    sql = f"select {', '.join(JURISDICTION.columns)} from tax_jurisdiction_row"
    ids = [one.id for one in entries]
    rows = await api.db.fetch(f"{sql} where jurisdiction_id = any($1::text[]) and deleted_at is null", ids)
    known = {row["jurisdiction_id"]: _said(JURISDICTION.values(row)) for row in rows}
    return changes(known, [(one.id, _said(msgspec.structs.asdict(one.terms()))) for one in entries])


def _said(values: dict[str, Any]) -> dict[str, Any]:
    """What is said of a jurisdiction, in one spelling."""
    names = ("level", "name", "parent_id", "codes", "postal_codes", "round_by")
    return {name: [*values[name]] if name.endswith("codes") else values[name] for name in names}

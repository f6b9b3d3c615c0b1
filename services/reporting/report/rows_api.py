"""`GET /v1/reports/rows/{name}`: the rows behind figures, where no other list has exactly them.

GET /v1/reports/rows/billed-lines?from=2026-09-01&to=2026-09-30&currency=EUR&kind=usage
{"items": [{"day": "2026-09-01", "document": "invoice", "number": "INV-000042", "net": "2.40", ...}], "total": 118,
 "totals": [{"currency": "EUR", "amount": "250.00", "net": "250.00"}], "next_cursor": null, "as_of": ...}
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from fastapi import APIRouter, Request, Response

from services.reporting.report_rows import RowList, row_lists
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import not_found

_WHENEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""What a list may be asked with is the same at any time."""


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    def add(rows: RowList) -> None:
        async def list_rows(request: Request) -> Response:
            return await rows.listing(api.clock.now()).fetch(request, api, shape=rows.shape)

        list_rows.__name__ = f"list_{rows.name.replace('-', '_')}"
        list_rows.__doc__ = rows.definition
        routes.get(rows.path, **listed(api, rows.listing(_WHENEVER), rows.page))(list_rows)

    for rows in row_lists().values():
        add(rows)

    @routes.get("/v1/reports/rows/{name}", dependencies=[api.roles(*READERS)], response_model=Page)
    async def list_rows(name: str) -> Response:
        """Rows behind figures; there is no list of another name than those above."""
        raise not_found("list of rows", name)

    return routes

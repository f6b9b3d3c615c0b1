"""Numbering series over HTTP: how numbers are written, and how far each series is.

POST /v1/numbering-series {"id": "INV", "kind": "invoice", "pattern": "{year}-{n:05}", "reset": "year"}
GET  /v1/numbering-series

Invoices are numbered in `INV`, credit notes in `CN` and debit notes in `DN`, or as the operator's policy says
(invoice_policy/numbering.py). Each is opened with its own pattern before its first number, or begins as `INV-000001`,
`CN-000001`, `DN-000001`.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Annotated, Any, Final, Literal

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from services.invoicing.numbering_series.messages import OpenNumberingSeries
from services.invoicing.numbering_series.patterns import count_of
from services.invoicing.numbering_series.rows import NumberingSeriesRow
from services.invoicing.numbering_series.state import NEVER, Series
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.kernel.bodies import Body, IdText, PrintableText

SERIES: Final = RowShape(NumberingSeriesRow, renamed={"series_id": "id"})


@SERIES.model
class SeriesShape(BaseModel):
    """A numbering series: `last` is how many numbers it has given, `last_number` the last of them as it is written.

    `next_number`: what the next document gets, by today's date.
    """

    next_number: str
    version: int


class SeriesPage(Page):
    items: list[SeriesShape]


class SeriesBody(Body):
    """`pattern` has `{n}` or `{n:06}` once; one that is reset each year or month has `{year}` or both."""

    id: IdText
    kind: Literal["invoice", "credit_note", "debit_note"]
    pattern: Annotated[PrintableText, Field(min_length=3, max_length=40)]
    reset: Literal["never", "year", "month"] = "never"
    legal_entity: Annotated[PrintableText, Field(max_length=200)] = ""


ALL: Final = Listing(
    source="numbering_series_row",
    columns=SERIES.columns,
    filters={"kind": Filter("kind"), "legal_entity": Filter("legal_entity")},
    sorts={"id": "series_id"},
    default_sort="id",
    tiebreak="series_id",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/numbering-series", status_code=201, response_model=SeriesShape, dependencies=[api.roles("admin")])
    async def open_numbering_series(body: SeriesBody, request: Request) -> Response:
        await api.command(
            request,
            OpenNumberingSeries(
                series_id=body.id,
                kind=body.kind,
                pattern=body.pattern,
                reset=body.reset,
                legal_entity=body.legal_entity,
            ),
        )
        return Answer(await _read(api, body.id), status_code=201)

    @routes.get("/v1/numbering-series", **listed(api, ALL, SeriesPage))
    async def numbering_series(request: Request) -> Response:
        return await ALL.fetch(request, api, shape=partial(_shape, api.clock.now().date()))

    @routes.get("/v1/numbering-series/{series_id}", response_model=SeriesShape, dependencies=[api.roles(*READERS)])
    async def one_numbering_series(series_id: str) -> Response:
        return Answer(await _read(api, series_id))

    return routes


async def _read(api: Api, series_id: str) -> dict[str, Any]:
    row = await api.db.fetchrow("select * from numbering_series_row where series_id = $1", series_id)
    if row is None:
        raise not_found("numbering series", series_id)
    return _shape(api.clock.now().date(), row)


def _shape(today: date, row: asyncpg.Record) -> dict[str, Any]:
    prints_own = row["reset"] != NEVER and row["last_number"] is not None
    count = count_of(row["pattern"], row["last_number"]) if prints_own else 0
    said = {name: row[name] for name in ("series_id", "pattern", "reset", "last", "last_issued_on")}
    return {
        **SERIES.values(row),
        "next_number": Series(count=count, **said).next_number(today),
        "version": row["last"] + 1,
    }

"""The tree of tax jurisdictions.

POST   /v1/tax/jurisdictions {"id": "US-IL", "level": "state", "name": "Illinois", "parent_id": "US", "codes": ["IL"]}
PUT    /v1/tax/jurisdictions/US-IL {...}            all that is said of it; If-Match takes its version
DELETE /v1/tax/jurisdictions/US-IL                  while nothing lies in it and it has no rates
"""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from services.invoicing.tax_jurisdiction.messages import (
    LEVELS,
    ChangeTaxJurisdiction,
    DefineTaxJurisdiction,
    DeleteTaxJurisdiction,
    JurisdictionTerms,
    Level,
)
from services.invoicing.tax_jurisdiction.rows import JurisdictionRow
from services.invoicing.taxes.engine.sums import RoundBy
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.filtering import Filter
from shared.http.listing import Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.kernel.bodies import Body, IdText, PrintableText

CODES_MAX: Final = 200
Code = Annotated[PrintableText, Field(min_length=1, max_length=64)]
Codes = Annotated[list[Code], Field(max_length=CODES_MAX)]


class TaxJurisdictionChange(Body):
    """An address lies in it where its field of that level is one of `codes`, or its postal code begins with one of
    `postal_codes`. `round_by` of none is that of the one it lies in."""

    level: Level
    name: Annotated[PrintableText, Field(min_length=1, max_length=200)]
    parent_id: IdText | None = None
    codes: Codes = []
    postal_codes: Codes = []
    round_by: RoundBy | None = None

    def terms(self) -> JurisdictionTerms:
        said = {name: getattr(self, name) for name in ("level", "name", "parent_id", "round_by")}
        return JurisdictionTerms(
            **said, codes=tuple(dict.fromkeys(self.codes)), postal_codes=tuple(dict.fromkeys(self.postal_codes))
        )


class TaxJurisdictionBody(TaxJurisdictionChange):
    """A jurisdiction; the id of a country is its code of ISO 3166-1."""

    id: IdText


JURISDICTION: Final = RowShape(JurisdictionRow, hidden=("deleted_at",), renamed={"jurisdiction_id": "id"})


@JURISDICTION.model
class TaxJurisdictionShape(BaseModel):
    """Who taxes, and what lies in it."""

    level: Level
    codes: list[str]
    postal_codes: list[str]
    allowed_actions: list[ActionShape]


class TaxJurisdictionPage(Page):
    items: list[TaxJurisdictionShape]


JURISDICTIONS: Final = Listing(
    source="tax_jurisdiction_row",
    columns=JURISDICTION.columns,
    filters={
        "id": Filter("jurisdiction_id"),
        "parent_id": Filter("parent_id"),
        "level": Filter("level", one_of=LEVELS),
        "name": Filter("name"),
    },
    sorts={"id": "jurisdiction_id", "name": "name", "level": "level", "defined_at": "defined_at"},
    default_sort="id",
    tiebreak="jurisdiction_id",
)
_THERE: Final = {"deleted_at is null and {value}::boolean": True}


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    writers, readers = [api.roles(*WRITERS)], [api.roles(*READERS)]
    one = "/v1/tax/jurisdictions/{jurisdiction_id}"

    @routes.post("/v1/tax/jurisdictions", status_code=201, response_model=TaxJurisdictionShape, dependencies=writers)
    async def define_tax_jurisdiction(body: TaxJurisdictionBody, request: Request) -> Response:
        await api.command(request, DefineTaxJurisdiction(jurisdiction_id=body.id, terms=body.terms()))
        return Answer(shape(await _read(api, body.id)), status_code=201)

    @routes.get("/v1/tax/jurisdictions", **listed(api, JURISDICTIONS, TaxJurisdictionPage))
    async def tax_jurisdictions(request: Request) -> Response:
        return await JURISDICTIONS.fetch(request, api, shape=shape, where=_THERE)

    @routes.get(one, response_model=TaxJurisdictionShape, dependencies=readers)
    async def tax_jurisdiction(jurisdiction_id: str) -> Response:
        return Answer(shape(await _read(api, jurisdiction_id)))

    @routes.put(one, response_model=TaxJurisdictionShape, dependencies=writers)
    async def change_tax_jurisdiction(jurisdiction_id: str, body: TaxJurisdictionChange, request: Request) -> Response:
        await api.command(request, ChangeTaxJurisdiction(jurisdiction_id=jurisdiction_id, terms=body.terms()))
        return Answer(shape(await _read(api, jurisdiction_id)))

    @routes.delete(one, status_code=204, dependencies=writers)
    async def delete_tax_jurisdiction(jurisdiction_id: str, request: Request) -> Response:
        await api.command(request, DeleteTaxJurisdiction(jurisdiction_id=jurisdiction_id))
        return Response(status_code=204)

    return routes


async def _read(api: Api, jurisdiction_id: str) -> Any:
    sql = f"select {', '.join(JURISDICTION.columns)} from tax_jurisdiction_row"
    row = await api.db.fetchrow(f"{sql} where jurisdiction_id = $1 and deleted_at is null", jurisdiction_id)
    if row is None:
        raise not_found("tax jurisdiction", jurisdiction_id)
    return row


def shape(row: Any) -> dict[str, Any]:
    return {**JURISDICTION.values(row), "allowed_actions": [action("update"), action("delete")]}

"""Rates of tax by jurisdiction, product tax class and date.

POST   /v1/tax/rates {"id": "fr-vat", "jurisdiction_id": "FR", "tax": "VAT", "rate": "20",
                      "effective_from": "2014-01-01"}
GET    /v1/tax/rates?jurisdiction_id=FR&in_force_on=2026-10-01
PUT    /v1/tax/rates/fr-vat {...}      all that is said of it; If-Match takes its version
DELETE /v1/tax/rates/fr-vat            what is issued keeps what it was taxed
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, StrictStr

from services.invoicing.tax_rate.messages import (
    ANY_CLASS,
    ChangeTaxRate,
    DefineTaxRate,
    DeleteTaxRate,
    Kind,
    RateTerms,
    Where,
)
from services.invoicing.tax_rate.rows import RateRow
from services.invoicing.taxes.engine.categories import Category
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
from shared.kernel.bodies import BillingDate, Body, IdText, PrintableText
from shared.kernel.money import PriceString

RATE_MAX: Final = Decimal(1000)
NAMED_MAX: Final = 20

Percent = Annotated[PriceString, Field(le=RATE_MAX)]
Word = Annotated[PrintableText, Field(min_length=1, max_length=64)]
Named = Annotated[list[IdText], Field(max_length=NAMED_MAX)]
TaxClass = Annotated[StrictStr, Field(pattern=r"^(\*|[a-z0-9][a-z0-9._-]{0,63})$")]


class TaxRateChange(Body):
    """What a jurisdiction takes, `rate` in percent of the net price; of how much of it says `share`. A tax on tax
    `includes` the tax of other rates in its base; where a rate is taken that `replaces` others, those are not."""

    jurisdiction_id: IdText
    tax: Word
    rate: Percent
    effective_from: BillingDate
    effective_to: BillingDate | None = None
    product_tax_class: TaxClass = ANY_CLASS
    kind: Kind = "percent"
    category: Category = "S"
    share: Percent = Decimal(100)
    includes: Named = []
    replaces: Named = []
    where: Where = "any"
    reason: Annotated[PrintableText, Field(max_length=1000)] | None = None

    def terms(self) -> RateTerms:
        said = {name: getattr(self, name) for name in RateTerms.__struct_fields__}
        return RateTerms(**said | {"includes": tuple(self.includes), "replaces": tuple(self.replaces)})


class TaxRateBody(TaxRateChange):
    """A rate."""

    id: IdText | None = None


RATE: Final = RowShape(RateRow, hidden=("deleted_at",), renamed={"rate_id": "id", "applies_where": "where"})


@RATE.model
class TaxRateShape(BaseModel):
    """A rate, in force from `effective_from` until before `effective_to`."""

    kind: Kind
    includes: list[str]
    replaces: list[str]
    where: Literal["any", "intra_state", "inter_state"]
    allowed_actions: list[ActionShape]


class TaxRatePage(Page):
    items: list[TaxRateShape]


RATES: Final = Listing(
    source="tax_rate_row",
    columns=RATE.columns,
    filters={
        "id": Filter("rate_id"),
        "jurisdiction_id": Filter("jurisdiction_id"),
        "product_tax_class": Filter("product_tax_class"),
        "tax": Filter("tax"),
        "kind": Filter("kind", one_of=("percent", "tax_on_tax", "surcharge")),
        "in_force_on": Filter(
            where="(effective_from <= {value} and (effective_to is null or {value} < effective_to))",
            kind="date",
            multiple=False,
        ),
    },
    sorts={"id": "rate_id", "jurisdiction_id": "jurisdiction_id", "effective_from": "effective_from", "rate": "rate"},
    default_sort="id",
    tiebreak="rate_id",
)
_THERE: Final = {"deleted_at is null and {value}::boolean": True}


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    writers, readers = [api.roles(*WRITERS)], [api.roles(*READERS)]

    @routes.post("/v1/tax/rates", status_code=201, response_model=TaxRateShape, dependencies=writers)
    async def define_tax_rate(body: TaxRateBody, request: Request) -> Response:
        rate_id = body.id or api.new_id(request, "tax_rate")
        await api.command(request, DefineTaxRate(rate_id=rate_id, terms=body.terms()))
        return Answer(shape(await _read(api, rate_id)), status_code=201)

    @routes.get("/v1/tax/rates", **listed(api, RATES, TaxRatePage))
    async def tax_rates(request: Request) -> Response:
        return await RATES.fetch(request, api, shape=shape, where=_THERE)

    @routes.get("/v1/tax/rates/{rate_id}", response_model=TaxRateShape, dependencies=readers)
    async def tax_rate(rate_id: str) -> Response:
        return Answer(shape(await _read(api, rate_id)))

    @routes.put("/v1/tax/rates/{rate_id}", response_model=TaxRateShape, dependencies=writers)
    async def change_tax_rate(rate_id: str, body: TaxRateChange, request: Request) -> Response:
        await api.command(request, ChangeTaxRate(rate_id=rate_id, terms=body.terms()))
        return Answer(shape(await _read(api, rate_id)))

    @routes.delete("/v1/tax/rates/{rate_id}", status_code=204, dependencies=writers)
    async def delete_tax_rate(rate_id: str, request: Request) -> Response:
        await api.command(request, DeleteTaxRate(rate_id=rate_id))
        return Response(status_code=204)

    return routes


async def _read(api: Api, rate_id: str) -> Any:
    sql = f"select {', '.join(RATE.columns)} from tax_rate_row where rate_id = $1 and deleted_at is null"
    row = await api.db.fetchrow(sql, rate_id)
    if row is None:
        raise not_found("tax rate", rate_id)
    return row


def shape(row: Any) -> dict[str, Any]:
    return {**RATE.values(row), "allowed_actions": [action("update"), action("delete")]}

"""Certificates of exemption.

POST /v1/tax/exemptions {"account_id": "acc-1", "jurisdiction_id": "US-IL", "certificate": "ST-5 0042",
                         "valid_from": "2026-01-01", "valid_to": "2027-01-01"}
GET  /v1/tax/exemptions?account_id=acc-1&valid_on=2026-10-01
POST /v1/tax/exemptions/{id}/end {"on": "2026-11-01"}
"""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, StrictStr

from services.invoicing.tax_exemption.messages import EndTaxExemption, ExemptionTerms, GrantTaxExemption
from services.invoicing.tax_exemption.rows import ExemptionRow
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

Word = Annotated[PrintableText, Field(min_length=1, max_length=64)]


class TaxExemptionBody(Body):
    """Without `tax` all taxes of the jurisdiction and of those in it, without `product_tax_class` all products."""

    id: IdText | None = None
    account_id: IdText
    jurisdiction_id: Annotated[StrictStr, Field(min_length=1, max_length=64)]
    certificate: Annotated[PrintableText, Field(min_length=1, max_length=200)]
    valid_from: BillingDate
    valid_to: BillingDate | None = None
    tax: Word | None = None
    product_tax_class: Word | None = None
    reason: Annotated[PrintableText, Field(max_length=1000)] | None = None

    def terms(self) -> ExemptionTerms:
        return ExemptionTerms(**{name: getattr(self, name) for name in ExemptionTerms.__struct_fields__})


class TaxExemptionEndBody(Body):
    """The first day on which it frees from nothing."""

    on: BillingDate


_EXEMPTION: Final = RowShape(ExemptionRow, renamed={"exemption_id": "id"})


@_EXEMPTION.model
class TaxExemptionShape(BaseModel):
    """A certificate: valid from `valid_from` until before `valid_to`."""

    allowed_actions: list[ActionShape]


class TaxExemptionPage(Page):
    items: list[TaxExemptionShape]


EXEMPTIONS: Final = Listing(
    source="tax_exemption_row",
    columns=_EXEMPTION.columns,
    filters={
        "id": Filter("exemption_id"),
        "account_id": Filter("account_id"),
        "jurisdiction_id": Filter("jurisdiction_id"),
        "certificate": Filter("certificate"),
        "valid_on": Filter(
            where="(valid_from <= {value} and (valid_to is null or {value} < valid_to))", kind="date", multiple=False
        ),
    },
    sorts={"id": "exemption_id", "valid_from": "valid_from", "valid_to": "valid_to", "granted_at": "granted_at"},
    default_sort="id",
    tiebreak="exemption_id",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    writers, readers = [api.roles(*WRITERS)], [api.roles(*READERS)]

    @routes.post("/v1/tax/exemptions", status_code=201, response_model=TaxExemptionShape, dependencies=writers)
    async def grant_tax_exemption(body: TaxExemptionBody, request: Request) -> Response:
        exemption_id = body.id or api.new_id(request, "tax_exemption")
        grant = GrantTaxExemption(exemption_id=exemption_id, account_id=body.account_id, terms=body.terms())
        await api.command(request, grant)
        return Answer(_shape(await _read(api, exemption_id)), status_code=201)

    @routes.get("/v1/tax/exemptions", **listed(api, EXEMPTIONS, TaxExemptionPage))
    async def tax_exemptions(request: Request) -> Response:
        return await EXEMPTIONS.fetch(request, api, shape=_shape)

    @routes.get("/v1/tax/exemptions/{exemption_id}", response_model=TaxExemptionShape, dependencies=readers)
    async def tax_exemption(exemption_id: str) -> Response:
        return Answer(_shape(await _read(api, exemption_id)))

    @routes.post("/v1/tax/exemptions/{exemption_id}/end", response_model=TaxExemptionShape, dependencies=writers)
    async def end_tax_exemption(exemption_id: str, body: TaxExemptionEndBody, request: Request) -> Response:
        row = await _read(api, exemption_id)
        end = EndTaxExemption(exemption_id=exemption_id, account_id=row["account_id"], on=body.on)
        await api.command(request, end)
        return Answer(_shape(await _read(api, exemption_id)))

    return routes


async def _read(api: Api, exemption_id: str) -> Any:
    sql = f"select {', '.join(_EXEMPTION.columns)} from tax_exemption_row where exemption_id = $1"
    row = await api.db.fetchrow(sql, exemption_id)
    if row is None:
        raise not_found("tax exemption", exemption_id)
    return row


def _shape(row: Any) -> dict[str, Any]:
    return {**_EXEMPTION.values(row), "allowed_actions": [action("end")]}

"""Legal entities.

POST   /v1/legal-entities {"id": "nl", "name": "Northwind Nederland B.V.", "country": "NL", "vat_id": "NL…", …}
GET    /v1/legal-entities
PUT    /v1/legal-entities/nl {...}     all that is said of it; If-Match takes its version
DELETE /v1/legal-entities/nl           409 legal_entity_in_use while it bills accounts, or once it has issued

PATCH /v1/accounts/acc-1/bill-profile {"legal_entity": "nl"}
"""

from __future__ import annotations

from typing import Any, Final

import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel

from services.invoicing.invoice.printed import Seller
from services.invoicing.legal_entity.bodies import LINES, LegalEntityBody, LegalEntityFields
from services.invoicing.legal_entity.decide import in_use
from services.invoicing.legal_entity.messages import (
    ChangeLegalEntity,
    DefineLegalEntity,
    DeleteLegalEntity,
    SellerTax,
)
from services.invoicing.legal_entity.rows import ISSUED
from services.invoicing.legal_entity.series import chosen_series
from services.invoicing.legal_entity.state import LegalEntityUse
from services.invoicing.numbering_series.choice import SERIES, series_of_entity
from services.invoicing.taxes.engine.registry import Registry
from shared.engine.held import OPERATOR
from shared.engine.stored_states import StoredStates
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.filtering import Filter
from shared.http.listing import Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.kernel.errors import Rejection


class EntityTaxShape(BaseModel):
    place: str | None
    consumer_country: bool
    evidence_needed: int
    registrations: list[str]


class EntitySeriesShape(BaseModel):
    """The series in force, by kind of document."""

    invoice: str
    credit_note: str
    debit_note: str


class LegalEntityShape(BaseModel):
    """An entity in its newest version: it bills `accounts`, and has issued `documents`."""

    id: str
    name: str
    address: list[str]
    tax_id: str
    payment_details: list[str]
    street: str
    postal_code: str
    city: str
    region: str
    country: str
    vat_id: str
    registration_id: str
    electronic_address: str
    iban: str
    bic: str
    email: str
    phone: str
    tax: EntityTaxShape
    series: EntitySeriesShape
    version: int
    accounts: int
    documents: int
    defined_at: AwareDatetime
    allowed_actions: list[ActionShape]


class LegalEntityPage(Page):
    items: list[LegalEntityShape]


_COLUMNS: Final = (
    *("legal_entity_id", "seller::text as seller", "tax::text as tax", "series::text as series"),
    *("version", "defined_at"),
    "(select count(*) from bill_profile b where b.legal_entity = e.legal_entity_id) as accounts",
    f"{ISSUED.format('e.legal_entity_id')} as documents",
)
ENTITIES: Final = Listing(
    source="legal_entity_row e",
    columns=_COLUMNS,
    filters={"id": Filter("legal_entity_id"), "country": Filter("country")},
    sorts={"id": "legal_entity_id", "name": "name", "defined_at": "defined_at"},
    default_sort="id",
    tiebreak="legal_entity_id",
)
_THERE: Final = {"deleted_at is null and {value}::boolean": True}


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    admins, readers = [api.roles("admin")], [api.roles(*READERS)]
    every, one = "/v1/legal-entities", "/v1/legal-entities/{legal_entity_id}"

    @routes.post(every, status_code=201, response_model=LegalEntityShape, dependencies=admins)
    async def define_legal_entity(body: LegalEntityBody, request: Request) -> Response:
        if body.id == OPERATOR:
            raise Rejection("invalid", "this is what the operator itself is called; choose another id", pointer="/id")
        legal_entity_id = body.id or api.new_id(request, "legal_entity")
        said = await _said(api, legal_entity_id, body)
        await api.command(request, DefineLegalEntity(legal_entity_id=legal_entity_id, **said))
        return Answer(_shape(await _read(api, legal_entity_id)), status_code=201)

    @routes.get(every, **listed(api, ENTITIES, LegalEntityPage))
    async def legal_entities(request: Request) -> Response:
        return await ENTITIES.fetch(request, api, shape=_shape, where=_THERE)

    @routes.get(one, response_model=LegalEntityShape, dependencies=readers)
    async def legal_entity(legal_entity_id: str) -> Response:
        return Answer(_shape(await _read(api, legal_entity_id)))

    @routes.put(one, response_model=LegalEntityShape, dependencies=admins)
    async def change_legal_entity(legal_entity_id: str, body: LegalEntityFields, request: Request) -> Response:
        """Documents that are locked from then on have it so; those that are locked keep their seller."""
        said = await _said(api, legal_entity_id, body)
        await api.command(request, ChangeLegalEntity(legal_entity_id=legal_entity_id, **said))
        return Answer(_shape(await _read(api, legal_entity_id)))

    @routes.delete(one, status_code=204, dependencies=admins)
    async def delete_legal_entity(legal_entity_id: str, request: Request) -> Response:
        await api.command(request, DeleteLegalEntity(legal_entity_id=legal_entity_id))
        return Response(status_code=204)

    return routes


async def _said(api: Api, legal_entity_id: str, body: LegalEntityFields) -> dict[str, Any]:
    """All that the body says, checked. Raises `Rejection`."""
    seller, tax = body.seller(), body.seller_tax()
    if (place := tax.place) is not None:
        async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
            await StoredStates(connection, home=0).ask(
                lambda view: Registry(view).jurisdiction(place, pointer="/tax/place")
            )
    return {"seller": seller, "tax": tax, "series": await chosen_series(api, legal_entity_id, body.series)}


async def _read(api: Api, legal_entity_id: str) -> Any:
    sql = f"select {', '.join(_COLUMNS)} from legal_entity_row e where legal_entity_id = $1 and deleted_at is null"
    row = await api.db.fetchrow(sql, legal_entity_id)
    if row is None:
        raise not_found("legal entity", legal_entity_id)
    return row


def _shape(row: Any) -> dict[str, Any]:
    legal_entity_id, accounts, documents = row["legal_entity_id"], row["accounts"], row["documents"]
    series = msgspec.json.decode(row["series"], type=dict[str, str])
    use = LegalEntityUse(legal_entity_id=legal_entity_id, accounts=accounts, examples=(), documents=documents)
    seller = msgspec.structs.asdict(msgspec.json.decode(row["seller"], type=Seller))
    why_not = in_use(use).detail if accounts or documents else None
    return {
        "id": legal_entity_id,
        **seller | {field: seller[field].splitlines() for field in LINES},
        "tax": msgspec.structs.asdict(msgspec.json.decode(row["tax"], type=SellerTax)),
        "series": {kind: series.get(kind) or series_of_entity(kind, legal_entity_id) for kind in SERIES},
        **{name: row[name] for name in ("version", "accounts", "documents", "defined_at")},
        "allowed_actions": [action("update"), action("delete", why_not=why_not)],
    }

"""Accounts: who they are.

POST  /v1/accounts {"id": "acc-1", "name": "Ann Example", "currency": "EUR", "cycle_id": "monthly", "tax_rate": "20",
                    "address": {"lines": ["Rue Haute 12"], "postal_code": "1000", "city": "Brussels", "country": "BE"}}
GET   /v1/accounts?q=acc&status=active
PATCH /v1/accounts/acc-1 {"email": "ann@example.org", "address": {"city": "Ghent"}, "tax_id": null}

Name, address, tax id, e-mail and language are sealed here, before anything reaches the log; auditors read "sealed" and
nothing in their place. A change is a JSON merge patch (RFC 7396): what is not named stays, `null` takes away.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Final

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import Field, StrictStr, ValidationError

from services.rating.account.messages import (
    ChangeAccount,
    CustomerChange,
    OpenAccount,
    ParentChange,
    PayerChange,
)
from services.rating.account.shapes import (
    ACCOUNTS,
    AccountPage,
    AccountShape,
    account_row,
    account_shape,
    accounts_at,
    shown_account,
)
from services.rating.fields import Body, NameText
from services.rating.group.messages import PlaceInGroup
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.check_only import CHECKABLE, CHECKED
from shared.http.customers import open_customers
from shared.http.entities import only_entity
from shared.http.parameters import listed
from shared.http.vault import ERASED
from shared.http.waiting import until
from shared.kernel.bodies import IdText, TimeZone, refusals
from shared.kernel.customer import CustomerFields
from shared.kernel.errors import Rejection, Rejections
from shared.kernel.money import CurrencyCode, PriceString
from shared.kernel.sealed import Sealed


class AccountBody(Body, CustomerFields):
    """Who owes money: `currency` for good, `tax_rate` in percent. Without `time_zone` it has that of its cycle.

    `legal_entity` bills it, without one the operator, or the only one that the caller is held to.
    """

    id: IdText | None = None
    name: NameText
    currency: CurrencyCode
    cycle_id: IdText
    tax_rate: PriceString
    time_zone: TimeZone | None = None
    parent_id: IdText | None = None
    billed_by: IdText | None = None
    legal_entity: IdText | None = None


class AccountPatch(Body):
    """What changes; a member that is absent stays as it is, `null` takes it away. `name` can't be taken away.

    `address` is merged member by member. `billed_by` is who pays from the account's next period on, `null` itself.
    """

    name: NameText = ""
    address: Annotated[dict[str, Any], Field(max_length=20)] | None = None
    tax_id: StrictStr | None = None
    email: StrictStr | None = None
    language: StrictStr | None = None
    electronic_address: StrictStr | None = None
    buyer_reference: StrictStr | None = None
    parent_id: IdText | None = None
    billed_by: IdText | None = None


_DETAILS: Final = tuple(CustomerFields.model_fields)


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/accounts", status_code=201, response_model=AccountShape, dependencies=[api.roles(*WRITERS)])
    async def open_account(body: AccountBody, request: Request) -> Response:
        account_id = body.id or api.new_id(request, "account")
        payer = None if body.billed_by == account_id else body.billed_by
        details = body.to_text()
        await api.command(
            request,
            OpenAccount(
                account_id=account_id,
                name=await api.vault.seal(account_id, body.name),
                details=None if details is None else await api.vault.seal(account_id, details),
                currency=body.currency,
                cycle_id=body.cycle_id,
                tax_rate=body.tax_rate,
                collection_grace_s=api.settings.collection_grace_s,
                time_zone=body.time_zone,
                parent_id=body.parent_id,
                billed_by=payer,
                legal_entity=body.legal_entity or only_entity(request),
            ),
        )
        if payer is not None:
            await _place(api, request, PlaceInGroup(account_id=account_id, payer=PayerChange(billed_by=payer)))
        return Answer(await shown_account(api, request, account_id), status_code=201)

    @routes.get("/v1/accounts", **listed(api, ACCOUNTS, AccountPage))
    async def accounts(request: Request) -> Response:
        listing = replace(ACCOUNTS, source=accounts_at(api.clock.now()))
        page = await listing.page(request, api, shape=account_shape)
        await open_customers(api, request, page["items"])
        return Answer(page)

    @routes.get("/v1/accounts/{account_id}", response_model=AccountShape, dependencies=[api.roles(*READERS)])
    async def account(account_id: str, request: Request) -> Response:
        return Answer(await shown_account(api, request, account_id))

    @routes.patch(
        "/v1/accounts/{account_id}",
        response_model=AccountShape,
        responses=CHECKED,
        dependencies=[api.roles(*WRITERS), CHECKABLE],
    )
    async def change_account(account_id: str, body: AccountPatch, request: Request) -> Response:
        row = await account_row(api, account_id)
        customer = await _customer(api, account_id, row, body)
        if (place := _asked_place(account_id, body)) is not None:
            row = await _place(api, request, place)
        if customer is not None or place is None:
            change = ChangeAccount(account_id=account_id, based_on=row["version"], customer=customer)
            await api.command(request, change)
        return Answer(await shown_account(api, request, account_id))

    return routes


def _asked_place(account_id: str, body: AccountPatch) -> PlaceInGroup | None:
    named = body.model_fields_set
    if not named & {"parent_id", "billed_by"}:
        return None
    billed_by = None if body.billed_by == account_id else body.billed_by
    return PlaceInGroup(
        account_id=account_id,
        parent=ParentChange(parent_id=body.parent_id) if "parent_id" in named else None,
        payer=PayerChange(billed_by=billed_by) if "billed_by" in named else None,
    )


async def _place(api: Api, request: Request, place: PlaceInGroup) -> asyncpg.Record:
    """The account once its own partition has followed what its group decided."""

    def followed(row: asyncpg.Record) -> bool:
        parent, payer = place.parent, place.payer
        return (parent is None or row["parent_id"] == parent.parent_id) and (
            payer is None or row["billed_by"] == payer.billed_by
        )

    await api.command(request, place)
    return await until(lambda: account_row(api, place.account_id), followed)


async def _customer(api: Api, account_id: str, row: asyncpg.Record, body: AccountPatch) -> CustomerChange | None:
    """The customer with the changes, sealed; `None` where none is asked for. Raises `Rejection`."""
    asked = body.model_fields_set.intersection(("name", *_DETAILS))
    if not asked:
        return None
    name = await api.vault.open(Sealed(row["name"]))
    if name == ERASED:
        detail = f"the personal data of account {account_id} was erased; it can't be changed any more"
        raise Rejection("account_erased", detail, status=409)
    sealed = row["details"]
    known = CustomerFields.from_text("" if sealed is None else await api.vault.open(Sealed(sealed)))
    fields = _merged(known, body, asked)
    changed = [field for field in _DETAILS if getattr(fields, field) != getattr(known, field)]
    if "name" in asked and body.name != name:
        changed.insert(0, "name")
        name = body.name
    details = fields.to_text()
    return CustomerChange(
        name=await api.vault.seal(account_id, name),
        details=None if details is None else await api.vault.seal(account_id, details),
        changed=changed,
    )


def _merged(known: CustomerFields, body: AccountPatch, asked: set[str]) -> CustomerFields:
    """The details with those that are asked for (RFC 7396), checked as when an account is opened."""
    merged = known.model_dump()
    for field in asked.intersection(_DETAILS):
        value = getattr(body, field)
        if isinstance(value, dict):
            address = {**(merged["address"] or {}), **value}
            value = {member: kept for member, kept in address.items() if kept is not None}
        merged[field] = value
    try:
        return CustomerFields.model_validate(merged)
    except ValidationError as error:
        raise Rejections(refusals(error)) from error

"""How an account is billed: its terms, the tax profile by which its invoices are taxed, its late-fee policy.

GET   /v1/accounts/acc-1/bill-profile
PATCH /v1/accounts/acc-1/bill-profile {"tax": {"kind": "determined", "seller": {"country": "DE"},
                                               "place": {"country": "FR"}, "evidence": [...]}}      If-Match
PATCH /v1/accounts/acc-1/bill-profile {"tax": {"kind": "account_rate", "rate": "19"}}
PATCH /v1/accounts/acc-1/bill-profile {"delivery": {"email": {}, "automatic": true}}       delivery_preferences.py
PATCH /v1/accounts/acc-1/bill-profile {"late_fee_policy": "standard"}      null: no late fees
PATCH /v1/accounts/acc-1/bill-profile {"terms_days": 30}        null: the operator's again
PATCH /v1/accounts/acc-1/bill-profile {"legal_entity": "nl"}    null: the operator
PATCH /v1/accounts/acc-1/bill-profile {"approval": "always"}    null: as the operator's policy says

Drafts that are not locked yet are taxed and fall due by the new profile; what is issued stays as it is.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, StrictInt

from services.invoicing.bill_profile.delivery_preferences import (
    DeliveryPreferencesBody,
    DeliveryPreferencesShape,
    delivery_shape,
    sealed_preferences,
)
from services.invoicing.bill_profile.messages import (
    AssignLateFeePolicy,
    AssignLegalEntity,
    ChangeApproval,
    ChangeTaxProfile,
    ChangeTerms,
    TaxTerms,
)
from services.invoicing.bill_profile.tax_profile import TaxProfileBody, terms_of
from services.invoicing.delivery.messages import ChangeDeliveryPreferences
from services.invoicing.seller import seller_of
from services.invoicing.tax_quote.parties import TaxSellerBody
from services.invoicing.taxes.engine.registry import Registry
from shared.engine.stored_states import StoredStates
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.auth import READERS, WRITERS
from shared.http.check_only import CHECKABLE, CHECKED
from shared.http.problems import not_found
from shared.kernel.bodies import Body, IdText
from shared.kernel.errors import Rejection
from shared.kernel.message import Command

TERMS_DAYS_MAX: Final = 365


class BillProfileChange(Body):
    """What is to be other than it is; the tax profile and the delivery are each given as a whole. What is not named
    stays as it is.

    `terms_days`: days from issue to due date; null takes those that the operator has for all. With `late_fee_policy`
    null there are no late fees. `legal_entity` is who issues its documents from then on; null: the operator. With
    `approval` "always" each of its invoices waits for an approval; null: those that the operator's policy says.
    """

    tax: TaxProfileBody | None = None
    terms_days: Annotated[StrictInt, Field(ge=0, le=TERMS_DAYS_MAX)] | None = None
    delivery: DeliveryPreferencesBody | None = None
    late_fee_policy: IdText | None = None
    legal_entity: IdText | None = None
    approval: Literal["always"] | None = None


class BillProfileShape(BaseModel):
    """`tax` has the `kind` of tax and its parameters; `tax_rate` is that of an account with one rate.

    `approval`: whether each invoice waits for one, or those that the operator's policy says (`/v1/invoice-policy`).
    `sources`: whose a setting is, the account's own or the operator's for all.
    """

    account_id: str
    currency: str
    cycle_id: str
    time_zone: str
    terms_days: int
    tax: dict[str, Any]
    tax_rate: str | None
    delivery: DeliveryPreferencesShape
    late_fee_policy: str | None
    legal_entity: str | None
    approval: Literal["always", "policy"]
    sources: dict[str, Literal["account", "operator"]]
    version: int
    allowed_actions: list[ActionShape]


_COLUMNS: Final = (
    "account_id, currency, cycle_id, time_zone, terms_days, own_terms, tax, late_fee_policy, legal_entity, "
    "always_approved, "
    "profile_version as version"
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    path = "/v1/accounts/{account_id}/bill-profile"

    @routes.get(path, response_model=BillProfileShape, dependencies=[api.roles(*READERS)])
    async def bill_profile(account_id: str, request: Request) -> Response:
        return Answer(await _profile(api, request, account_id))

    @routes.patch(
        path, response_model=BillProfileShape, responses=CHECKED, dependencies=[api.roles(*WRITERS), CHECKABLE]
    )
    async def change_bill_profile(account_id: str, body: BillProfileChange, request: Request) -> Response:
        for command in await _asked(api, account_id, body):
            await api.command(request, command)
        return Answer(await _profile(api, request, account_id))

    return routes


async def _asked(api: Api, account_id: str, body: BillProfileChange) -> list[Command]:
    """A command for each part; the first is for the version that was read. Raises `Rejection`."""
    commands: list[Command] = []
    if body.tax is not None:
        commands.append(ChangeTaxProfile(account_id=account_id, tax=await _terms(api, account_id, body.tax, body)))
    if "terms_days" in body.model_fields_set:
        commands.append(ChangeTerms(account_id=account_id, terms_days=body.terms_days))
    if "late_fee_policy" in body.model_fields_set:
        commands.append(AssignLateFeePolicy(account_id=account_id, policy_id=body.late_fee_policy))
    if "legal_entity" in body.model_fields_set:
        commands.append(AssignLegalEntity(account_id=account_id, legal_entity_id=body.legal_entity))
    if "approval" in body.model_fields_set:
        commands.append(ChangeApproval(account_id=account_id, always=body.approval == "always"))
    if body.delivery is not None:
        preferences = await sealed_preferences(api, account_id, body.delivery)
        commands.append(ChangeDeliveryPreferences(account_id=account_id, preferences=preferences))
    if not commands:
        parts = "tax, terms_days, delivery, late_fee_policy, legal_entity or approval"
        raise Rejection("required", f"give what is to be other than it is: {parts}", pointer="/tax")
    return commands


async def _terms(api: Api, account_id: str, asked: TaxProfileBody, body: BillProfileChange) -> TaxTerms:
    """The terms that a body asks for; where it names no seller, the account's."""
    async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        entity = body.legal_entity
        if "legal_entity" not in body.model_fields_set:
            entity = await connection.fetchval(_ENTITY_OF, account_id)
        seller = await _usual_seller(api, connection, entity)
        return await StoredStates(connection, home=0).ask(
            lambda view: terms_of(asked, Registry(view), "/tax", usual_seller=seller)
        )


_ENTITY_OF: Final = "select legal_entity from bill_profile where account_id = $1"
_COUNTRY_OF: Final = "select country from legal_entity_row where legal_entity_id = $1"


async def _usual_seller(api: Api, connection: Any, legal_entity: str | None) -> TaxSellerBody | None:
    """Who sells to an account of which nobody says it: its legal entity, or the operator; `None` of no country."""
    if legal_entity is not None:
        country = await connection.fetchval(_COUNTRY_OF, legal_entity)
        return None if country is None else TaxSellerBody(country=country)
    operator = seller_of(api.settings)
    if not operator.country and not operator.vat_id:
        return None
    return TaxSellerBody(country=operator.country or None, tax_id=operator.vat_id or None)


async def _profile(api: Api, request: Request, account_id: str) -> dict[str, Any]:
    row = await api.db.fetchrow(f"select {_COLUMNS} from bill_profile where account_id = $1", account_id)
    if row is None:
        raise not_found("account", account_id)
    terms = msgspec.json.decode(row["tax"], type=TaxTerms)
    shown = dict(row)
    own_terms, always = shown.pop("own_terms"), shown.pop("always_approved")
    return {
        **shown,
        "tax": {"kind": terms.kind, **terms.parameters},
        "tax_rate": terms.rate,
        "delivery": await delivery_shape(api, account_id, personal=caller_of(request).may("personal_data")),
        "approval": "always" if always else "policy",
        "sources": {
            **dict.fromkeys(("currency", "cycle_id", "tax"), "account"),
            "terms_days": "account" if own_terms else "operator",
            "approval": "account" if always else "operator",
            "legal_entity": "account" if row["legal_entity"] is not None else "operator",
        },
        "allowed_actions": [action("update")],
    }

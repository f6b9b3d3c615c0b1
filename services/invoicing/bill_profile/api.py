"""How an account is billed: its terms, and the tax profile by which its invoices are taxed.

GET   /v1/accounts/acc-1/bill-profile
PATCH /v1/accounts/acc-1/bill-profile {"tax": {"kind": "determined", "seller": {"country": "DE"},
                                               "place": {"country": "FR"}, "evidence": [...]}}      If-Match
PATCH /v1/accounts/acc-1/bill-profile {"tax": {"kind": "account_rate", "rate": "19"}}
PATCH /v1/accounts/acc-1/bill-profile {"delivery": {"email": {}, "automatic": true}}       delivery_preferences.py

Drafts that are not locked yet are taxed by the new profile; what is issued keeps what it was taxed.
"""

from __future__ import annotations

from typing import Any, Final, Self

import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, model_validator

from services.invoicing.bill_profile.delivery_preferences import (
    DeliveryPreferencesBody,
    DeliveryPreferencesShape,
    delivery_shape,
    sealed_preferences,
)
from services.invoicing.bill_profile.messages import ChangeTaxProfile, TaxTerms
from services.invoicing.bill_profile.tax_profile import TaxProfileBody, terms_of
from services.invoicing.delivery.messages import ChangeDeliveryPreferences
from services.invoicing.taxes.engine.registry import Registry
from shared.engine.stored_states import StoredStates
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.auth import READERS, WRITERS
from shared.http.problems import not_found
from shared.kernel.bodies import Body


class BillProfileChange(Body):
    """What is to be other than it is; the tax profile and the delivery are each given as a whole."""

    tax: TaxProfileBody | None = None
    delivery: DeliveryPreferencesBody | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.tax is None and self.delivery is None:
            raise ValueError("say what is to be other than it is: tax or delivery")
        return self


class BillProfileShape(BaseModel):
    """`tax` has the `kind` of tax and its parameters; `tax_rate` is that of an account with one rate."""

    account_id: str
    currency: str
    cycle_id: str
    time_zone: str
    terms_days: int
    tax: dict[str, Any]
    tax_rate: str | None
    delivery: DeliveryPreferencesShape
    version: int
    allowed_actions: list[ActionShape]


_COLUMNS: Final = "account_id, currency, cycle_id, time_zone, terms_days, tax, profile_version as version"


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    path = "/v1/accounts/{account_id}/bill-profile"

    @routes.get(path, response_model=BillProfileShape, dependencies=[api.roles(*READERS)])
    async def bill_profile(account_id: str, request: Request) -> Response:
        return Answer(await _profile(api, request, account_id))

    @routes.patch(path, response_model=BillProfileShape, dependencies=[api.roles(*WRITERS)])
    async def change_bill_profile(account_id: str, body: BillProfileChange, request: Request) -> Response:
        if body.tax is not None:
            await api.command(request, ChangeTaxProfile(account_id=account_id, tax=await _terms(api, body.tax)))
        if body.delivery is not None:
            preferences = await sealed_preferences(api, account_id, body.delivery)
            await api.command(request, ChangeDeliveryPreferences(account_id=account_id, preferences=preferences))
        return Answer(await _profile(api, request, account_id))

    return routes


async def _terms(api: Api, body: TaxProfileBody) -> TaxTerms:
    async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        return await StoredStates(connection, home=0).ask(lambda view: terms_of(body, Registry(view), "/tax"))


async def _profile(api: Api, request: Request, account_id: str) -> dict[str, Any]:
    row = await api.db.fetchrow(f"select {_COLUMNS} from bill_profile where account_id = $1", account_id)
    if row is None:
        raise not_found("account", account_id)
    terms = msgspec.json.decode(row["tax"], type=TaxTerms)
    return {
        **dict(row),
        "tax": {"kind": terms.kind, **terms.parameters},
        "tax_rate": terms.rate,
        "delivery": await delivery_shape(api, account_id, personal=caller_of(request).may("personal_data")),
        "allowed_actions": [action("update")],
    }

"""How an account is billed: its terms, the tax profile by which its invoices are taxed, its late-fee policy.

GET   /v1/accounts/acc-1/bill-profile
PATCH /v1/accounts/acc-1/bill-profile {"tax": {"kind": "determined", "seller": {"country": "DE"},
                                               "place": {"country": "FR"}, "evidence": [...]}}      If-Match
PATCH /v1/accounts/acc-1/bill-profile {"tax": {"kind": "account_rate", "rate": "19"}}
PATCH /v1/accounts/acc-1/bill-profile {"delivery": {"email": {}, "automatic": true}}       delivery_preferences.py
PATCH /v1/accounts/acc-1/bill-profile {"late_fee_policy": "standard"}      null: no late fees

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
from services.invoicing.bill_profile.messages import AssignLateFeePolicy, ChangeTaxProfile, TaxTerms
from services.invoicing.bill_profile.tax_profile import TaxProfileBody, terms_of
from services.invoicing.delivery.messages import ChangeDeliveryPreferences
from services.invoicing.taxes.engine.registry import Registry
from shared.engine.stored_states import StoredStates
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.auth import READERS, WRITERS
from shared.http.problems import not_found
from shared.kernel.bodies import Body, IdText


class BillProfileChange(Body):
    """What is to be other than it is; the tax profile and the delivery are each given as a whole. Without
    `late_fee_policy` that stays as it is, with `null` there are no late fees."""

    tax: TaxProfileBody | None = None
    delivery: DeliveryPreferencesBody | None = None
    late_fee_policy: IdText | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.tax is None and self.delivery is None and "late_fee_policy" not in self.model_fields_set:
            raise ValueError("say what is to be other than it is: tax, delivery or late_fee_policy")
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
    late_fee_policy: str | None
    version: int
    allowed_actions: list[ActionShape]


_COLUMNS: Final = (
    "account_id, currency, cycle_id, time_zone, terms_days, tax, late_fee_policy, profile_version as version"
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    path = "/v1/accounts/{account_id}/bill-profile"

    @routes.get(path, response_model=BillProfileShape, dependencies=[api.roles(*READERS)])
    async def bill_profile(account_id: str, request: Request) -> Response:
        return Answer(await _profile(api, request, account_id))

    @routes.patch(path, response_model=BillProfileShape, dependencies=[api.roles(*WRITERS)])
    async def change_bill_profile(account_id: str, body: BillProfileChange, request: Request) -> Response:
        terms = None if body.tax is None else await _terms(api, body.tax)
        if "late_fee_policy" in body.model_fields_set:
            await api.command(request, AssignLateFeePolicy(account_id=account_id, policy_id=body.late_fee_policy))
        if terms is not None:
            await api.command(request, ChangeTaxProfile(account_id=account_id, tax=terms))
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

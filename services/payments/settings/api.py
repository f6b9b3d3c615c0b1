"""How payments are handled, over HTTP.

PUT /v1/payment-settings {"allocation": "oldest_due", "tolerances": {"EUR": "0.05"},
                          "adjustment_limits": {"support": {"EUR": "50.00"}}}
PUT /v1/accounts/acc-1/allocation {"allocation": "pro_rata"}          null: as the settings say
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

import asyncpg
import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel

from services.payments.balance.allocation import Policy
from services.payments.known_account import known_account
from services.payments.settings.messages import ONLY, ChangePaymentSettings, SetAllocation, SettingsTerms
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.kernel.bodies import Body
from shared.kernel.decimals import format_decimal
from shared.kernel.money import CurrencyCode, PriceString

Limited = Literal["support", "billing"]


class SettingsBody(Body):
    """All of the settings. `allocation`: which invoices a payment pays that names none (R48). `tolerances`: by
    currency, what may be missing after a payment for an invoice to count as paid. `adjustment_limits`: what a role may
    adjust, credit, accept of a dispute or write off at a time; support nothing and billing any amount where nothing is
    said, admin always any."""

    allocation: Policy = "oldest_due"
    tolerances: dict[CurrencyCode, PriceString] = {}
    adjustment_limits: dict[Limited, dict[CurrencyCode, PriceString]] = {}


class SettingsShape(BaseModel):
    """The settings that hold now; of version 0 nobody has said anything yet."""

    allocation: Policy
    tolerances: dict[str, str]
    adjustment_limits: dict[str, dict[str, str]]
    version: int
    changed_at: AwareDatetime | None


class AllocationBody(Body):
    """How payments of the account are allocated that name no invoice; `null`: as the settings say."""

    allocation: Policy | None


class AllocationChoiceShape(BaseModel):
    """`own` is the account's, `allocation` what holds."""

    account_id: str
    own: Policy | None
    allocation: Policy


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    writers, readers = [api.roles(*WRITERS)], [api.roles(*READERS)]
    path, own = "/v1/payment-settings", "/v1/accounts/{account_id}/allocation"

    @routes.get(path, response_model=SettingsShape, dependencies=readers)
    async def payment_settings() -> Response:
        return Answer(await _settings(api))

    @routes.put(path, response_model=SettingsShape, dependencies=[api.roles("admin")])
    async def change_payment_settings(body: SettingsBody, request: Request) -> Response:
        """For all accounts, from the next payment on. `If-Match` takes the version."""
        limits: Mapping[str, Mapping[str, Decimal]] = {str(role): of for role, of in body.adjustment_limits.items()}
        terms = SettingsTerms(allocation=body.allocation, tolerances=body.tolerances, limits=limits)
        await api.command(request, ChangePaymentSettings(settings_id=ONLY, terms=terms))
        return Answer(await _settings(api))

    @routes.get(own, response_model=AllocationChoiceShape, dependencies=readers)
    async def account_allocation(account_id: str) -> Response:
        return Answer(await _choice(api, account_id))

    @routes.put(own, response_model=AllocationChoiceShape, dependencies=writers)
    async def set_account_allocation(account_id: str, body: AllocationBody, request: Request) -> Response:
        await api.command(request, SetAllocation(account_id=account_id, allocation=body.allocation))
        return Answer(await _choice(api, account_id))

    return routes


async def _settings(api: Api) -> dict[str, Any]:
    sql = "select terms::text as terms, version, changed_at from payment_settings_row where settings_id = $1"
    row: asyncpg.Record | None = await api.db.fetchrow(sql, ONLY)
    if row is None:
        return _shape(SettingsTerms(), 0, None)
    return _shape(msgspec.json.decode(row["terms"], type=SettingsTerms), row["version"], row["changed_at"])


def _shape(terms: SettingsTerms, version: int, changed_at: datetime | None) -> dict[str, Any]:
    return {
        "allocation": terms.allocation,
        "tolerances": _texts(terms.tolerances),
        "adjustment_limits": {role: _texts(of) for role, of in terms.limits.items()},
        "version": version,
        "changed_at": changed_at,
    }


def _texts(amounts: Mapping[str, Decimal]) -> dict[str, str]:
    return {currency: format_decimal(amount) for currency, amount in amounts.items()}


async def _choice(api: Api, account_id: str) -> dict[str, Any]:
    row = await known_account(api, account_id, "select allocation from payer_row where account_id = $1")
    own = row["allocation"]
    return {"account_id": account_id, "own": own, "allocation": own or (await _settings(api))["allocation"]}

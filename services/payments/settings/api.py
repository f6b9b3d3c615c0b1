"""How payments are handled, over HTTP.

PUT /v1/payment-settings {"allocation": "oldest_due", "tolerances": {"EUR": "0.05"},
                          "adjustment_limits": {"support": {"EUR": "50.00"}},
                          "refund_limits": {"support": {"EUR": "20.00"}}, "write_off_limits": {},
                          "collect": "on_due", "retry_days": [1, 3, 5], "fallback": true, "abandon_hours": 24}
PUT /v1/accounts/acc-1/allocation {"allocation": "pro_rata"}          null: as the settings say
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

import asyncpg
import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel, Field, StrictBool, StrictInt

from services.payments.balance.allocation import Policy
from services.payments.known_account import known_account
from services.payments.settings.decide import DAYS_MAX, HOURS_MAX, RETRIES_MAX
from services.payments.settings.messages import (
    ONLY,
    ChangePaymentSettings,
    CollectWhen,
    SetAllocation,
    SettingsTerms,
    TopUpLimits,
)
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.check_only import CHECKABLE, CHECKED
from shared.kernel.bodies import Body
from shared.kernel.decimals import format_decimal
from shared.kernel.money import CurrencyCode, PriceString

Limited = Literal["support", "billing"]


class TopUpLimitsBody(Body):
    """How much is charged to put money on an account, both included; `null`: without such a bound."""

    minimum: PriceString | None = None
    maximum: PriceString | None = None


class SettingsBody(Body):
    """All of the settings. `allocation`: which invoices a payment pays that names none (R48). `tolerances`: by
    currency, what may be missing after a payment for an invoice to count as paid. `adjustment_limits`: what
    a role may adjust, credit, or accept of a dispute at a time; `refund_limits` and `write_off_limits` likewise.
    Support may do nothing and billing any amount where nothing is said, admin always any.
    `top_ups`: by currency, how much is charged to put money on an account.

    `collect`: when an invoice is collected by itself of an account that prefers a card or wallet. `retry_days`: after
    how many days a soft decline is tried again each time. `fallback`: whether another method of the account is taken
    after a hard decline. `abandon_hours`: how long a customer is waited for who has to say yes (3-D Secure)."""

    allocation: Policy = "oldest_due"
    tolerances: dict[CurrencyCode, PriceString] = {}
    adjustment_limits: dict[Limited, dict[CurrencyCode, PriceString]] = {}
    refund_limits: dict[Limited, dict[CurrencyCode, PriceString]] = {}
    write_off_limits: dict[Limited, dict[CurrencyCode, PriceString]] = {}
    top_ups: dict[CurrencyCode, TopUpLimitsBody] = {}
    collect: CollectWhen = "by_hand"
    retry_days: Annotated[list[Annotated[int, Field(ge=1, le=DAYS_MAX)]], Field(max_length=RETRIES_MAX)] = [1, 3, 5]
    fallback: StrictBool = True
    abandon_hours: Annotated[StrictInt, Field(ge=1, le=HOURS_MAX)] = 24


class TopUpLimitsShape(BaseModel):
    minimum: str | None
    maximum: str | None


class SettingsShape(BaseModel):
    """The settings that hold now; of version 0 nobody has said anything yet."""

    allocation: Policy
    tolerances: dict[str, str]
    adjustment_limits: dict[str, dict[str, str]]
    top_ups: dict[str, TopUpLimitsShape]
    collect: CollectWhen
    retry_days: list[int]
    fallback: bool
    abandon_hours: int
    refund_limits: dict[str, dict[str, str]]
    write_off_limits: dict[str, dict[str, str]]
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
        top_ups = {currency: TopUpLimits(**of.model_dump()) for currency, of in body.top_ups.items()}
        terms = SettingsTerms(
            allocation=body.allocation,
            tolerances=body.tolerances,
            limits=_by_role(body.adjustment_limits),
            refund_limits=_by_role(body.refund_limits),
            write_off_limits=_by_role(body.write_off_limits),
            top_ups=top_ups,
            collect=body.collect,
            retry_days=tuple(body.retry_days),
            fallback=body.fallback,
            abandon_hours=body.abandon_hours,
        )
        await api.command(request, ChangePaymentSettings(settings_id=ONLY, terms=terms))
        return Answer(await _settings(api))

    @routes.get(own, response_model=AllocationChoiceShape, dependencies=readers)
    async def account_allocation(account_id: str) -> Response:
        return Answer(await _choice(api, account_id))

    @routes.put(own, response_model=AllocationChoiceShape, responses=CHECKED, dependencies=[*writers, CHECKABLE])
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
        "top_ups": {currency: _bounds(of) for currency, of in terms.top_ups.items()},
        "collect": terms.collect,
        "retry_days": list(terms.retry_days),
        "fallback": terms.fallback,
        "abandon_hours": terms.abandon_hours,
        "refund_limits": {role: _texts(of) for role, of in terms.refund_limits.items()},
        "write_off_limits": {role: _texts(of) for role, of in terms.write_off_limits.items()},
        "version": version,
        "changed_at": changed_at,
    }


def _by_role(limits: Mapping[Limited, Mapping[str, Decimal]]) -> Mapping[str, Mapping[str, Decimal]]:
    return {str(role): of for role, of in limits.items()}


def _texts(amounts: Mapping[str, Decimal]) -> dict[str, str]:
    return {currency: format_decimal(amount) for currency, amount in amounts.items()}


def _bounds(limits: TopUpLimits) -> dict[str, str | None]:
    both = {"minimum": limits.minimum, "maximum": limits.maximum}
    return {name: None if amount is None else format_decimal(amount) for name, amount in both.items()}


async def _choice(api: Api, account_id: str) -> dict[str, Any]:
    row = await known_account(api, account_id, "select allocation from payer_row where account_id = $1")
    own = row["allocation"]
    return {"account_id": account_id, "own": own, "allocation": own or (await _settings(api))["allocation"]}

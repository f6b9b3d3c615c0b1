"""What holds for accounts that have no credit terms of their own.

PUT /v1/credit-settings {"alerts": {"EUR": ["10.00", "2.00"]}, "earmarks": {"EUR": "1.00"}, "overdue_days_max": 0}
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import asyncpg
import msgspec
from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel, Field, StrictBool, StrictInt

from services.payments.exposure.messages import ONLY, ChangeCreditSettings, CreditSettingsTerms
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.kernel.bodies import Body
from shared.kernel.decimals import format_decimal
from shared.kernel.money import CurrencyCode, PriceString


class CreditSettingsBody(Body):
    """All of the settings. `alerts`: by currency, at how much available an account is told of. `earmarks`: what is
    held for each open session of a prepaid account. `overdue_days_max`: who owes for more days is not made prepaid,
    null: anybody is. `write_to_customers`: a customer gets a letter or e-mail when his account is told of, and when a
    spend alert is reached. They hold for an account from the next time that something moves there."""

    alerts: dict[CurrencyCode, Annotated[list[PriceString], Field(max_length=50)]] = {}
    earmarks: dict[CurrencyCode, PriceString] = {}
    overdue_days_max: Annotated[StrictInt, Field(ge=0, le=3660)] | None = 0
    write_to_customers: StrictBool = False


class CreditSettingsShape(BaseModel):
    """The settings that hold now; of version 0 nobody has said anything yet."""

    alerts: dict[str, list[str]]
    earmarks: dict[str, str]
    overdue_days_max: int | None
    write_to_customers: bool
    version: int
    changed_at: AwareDatetime | None


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    path = "/v1/credit-settings"

    @routes.get(path, response_model=CreditSettingsShape, dependencies=[api.roles(*READERS)])
    async def credit_settings() -> Response:
        return Answer(await _settings(api))

    @routes.put(path, response_model=CreditSettingsShape, dependencies=[api.roles("admin")])
    async def change_credit_settings(body: CreditSettingsBody, request: Request) -> Response:
        """`If-Match` takes the version."""
        alerts = {currency: tuple(amounts) for currency, amounts in body.alerts.items()}
        terms = CreditSettingsTerms(
            alerts=alerts,
            earmarks=body.earmarks,
            overdue_days_max=body.overdue_days_max,
            write_to_customers=body.write_to_customers,
        )
        await api.command(request, ChangeCreditSettings(settings_id=ONLY, terms=terms))
        return Answer(await _settings(api))

    return routes


async def _settings(api: Api) -> dict[str, Any]:
    sql = "select terms::text as terms, version, changed_at from credit_settings_row where settings_id = $1"
    row: asyncpg.Record | None = await api.db.fetchrow(sql, ONLY)
    if row is None:
        return _shape(CreditSettingsTerms(), 0, None)
    return _shape(msgspec.json.decode(row["terms"], type=CreditSettingsTerms), row["version"], row["changed_at"])


def _shape(terms: CreditSettingsTerms, version: int, changed_at: datetime | None) -> dict[str, Any]:
    return {
        "alerts": {currency: [format_decimal(one) for one in of] for currency, of in terms.alerts.items()},
        "earmarks": {currency: format_decimal(amount) for currency, amount in terms.earmarks.items()},
        "overdue_days_max": terms.overdue_days_max,
        "write_to_customers": terms.write_to_customers,
        "version": version,
        "changed_at": changed_at,
    }

"""What an account would be charged if its periods closed now: live, provisional, by the functions that close them.

GET /v1/accounts/acc-1/unbilled
-> {"amount": {"amount": "3.40", "currency": "EUR"}, "provisional": true, "lines": [...]}

Usage of every period that is not closed, what came late for closed ones, and of each flat price what is due by today.
Reads the states that the deciders work on, so it can't disagree with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec
from fastapi import APIRouter, Response
from pydantic import BaseModel

from services.rating.account.state import Account
from services.rating.allowance.state import AllowanceBalance
from services.rating.correction.state import PendingCorrection
from services.rating.meter.state import Meter
from services.rating.one_time_charge.state import PendingCharge, PendingCharges
from services.rating.period.charging import Charge, charges_of, meter_of
from services.rating.period.decide import pending_corrections
from services.rating.period.lines import covers_of, lines_of, open_periods
from services.rating.period.stored_states import StoredStates
from services.rating.pricing import step_body
from services.rating.pricing.engine.lines import ONE_TIME, fraction_text
from services.rating.pricing_context import pricing_context
from services.rating.rated_usage.state import BilledUsage, UsageSum
from services.rating.subscription.state import Subscription
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.money import money
from shared.http.periods import period as period_shape
from shared.http.problems import not_found
from shared.kernel.bodies import PeriodBody
from shared.kernel.calendar import local_date
from shared.kernel.decider import View
from shared.kernel.decimals import exact, format_decimal
from shared.kernel.money import MoneyBody
from shared.kernel.partition import partition_of


class UnbilledLine(BaseModel):
    """A line as it would be charged; `unrounded` is exact."""

    kind: str
    subscription_id: str
    plan_id: str
    plan_version: int
    price_index: int
    description: str
    meter: str | None
    unit: str | None
    quantity: str | None
    period: PeriodBody
    amount: MoneyBody
    unrounded: str
    fraction: str
    records: int
    steps: list[dict[str, str]]


class UnbilledShape(BaseModel):
    """`period` is the open one; `lines` reach over all periods that are not closed."""

    account_id: str
    period: PeriodBody
    amount: MoneyBody
    provisional: bool
    lines: list[UnbilledLine]
    as_of: datetime


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/accounts/{account_id}/unbilled", response_model=UnbilledShape, dependencies=[api.roles(*READERS)])
    async def account_unbilled(account_id: str) -> Response:
        return Answer(await unbilled(api, account_id))

    return routes


async def unbilled(api: Api, account_id: str) -> dict[str, Any]:
    """The answer for an account. Raises `not_found`."""
    now = api.clock.now()
    async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        states = StoredStates(connection, home=partition_of(account_id, api.settings.partitions))
        account = (await states.load(Account, [account_id])).get(account_id)
        if account is None:
            raise not_found("account", account_id)
        await states.load(Subscription, account.subscriptions)
        await states.load(UsageSum, account.subscriptions)
        await states.load(BilledUsage, account.subscriptions)
        await states.load(AllowanceBalance, account.subscriptions)
        today = local_date(now, account.terms.time_zone)
        charges = await states.ask(lambda view: _due(account, today, view))
        meters = await states.load(Meter, sorted({charge.line.meter for charge in charges if charge.line.meter}))
        by_hand = await states.ask(lambda view: _pending(account, today, view))
        corrections = await states.ask(lambda view: pending_corrections(account, view))
    with exact():
        amounts = [*(charge.line.amount for charge in charges), *(charge.amount for charge in by_hand)]
        amounts += [correction.amount for correction in corrections]
        amount = sum(amounts, Decimal(0))
    period = account.open_period or account.first_period(today)
    return {
        "account_id": account_id,
        "period": period_shape(period.start, period.end),
        "amount": money(amount, account.currency),
        "provisional": True,
        "lines": [
            *(shown_line(charge, account.currency, meters) for charge in charges),
            *(_pending_line(charge, account.currency) for charge in by_hand),
            *(_correction_line(correction, account.currency) for correction in corrections),
        ],
        "as_of": now,
    }


def _due(account: Account, today: date, view: View) -> list[Charge]:
    """What all subscriptions of the account would be charged."""
    lines = lines_of(account, None, view)
    covers = covers_of(account, lines, open_periods(account, lines, today))
    charges: list[Charge] = []
    for line in lines:
        contexts = [pricing_context(account, period, view) for period in open_periods(account, [line], today)]
        late = [(late, pricing_context(account, late.period, view)) for late in line.late]
        charges += charges_of(
            account,
            line.subscription,
            line.plans,
            line.used,
            contexts=contexts,
            late=late,
            covers=covers,
            target=today,
        )
    return charges


def _pending(account: Account, today: date, view: View) -> list[PendingCharge]:
    """The one-time charges of today and before."""
    pending = view.get(PendingCharges, account.account_id)
    return [charge for charge in pending.charges if charge.on <= today] if pending else []


def _pending_line(charge: PendingCharge, currency: str) -> dict[str, Any]:
    amount = format_decimal(charge.amount)
    return {
        "kind": ONE_TIME,
        "subscription_id": charge.subscription_id or "",
        "plan_id": "",
        "plan_version": 0,
        "price_index": 0,
        "description": charge.description,
        "meter": None,
        "unit": None,
        "quantity": None,
        "period": period_shape(charge.on, charge.on + timedelta(days=1)),
        "amount": money(charge.amount, currency),
        "unrounded": amount,
        "fraction": "1",
        "records": 0,
        "steps": [{"tier": "1", "quantity": "1", "unit_price": amount, "amount": amount}],
    }


def _correction_line(correction: PendingCorrection, currency: str) -> dict[str, Any]:
    period = correction.period
    return {
        "kind": correction.kind,
        "subscription_id": correction.subscription_id,
        "plan_id": correction.plan_id,
        "plan_version": correction.plan_version,
        "price_index": correction.price_index,
        "description": correction.description,
        "meter": correction.meter,
        "unit": correction.unit,
        "quantity": None if correction.quantity is None else format_decimal(correction.quantity),
        "period": period_shape(period.start, period.end),
        "amount": money(correction.amount, currency),
        "unrounded": format_decimal(correction.unrounded),
        "fraction": "1",
        "records": 0,
        "steps": [msgspec.to_builtins(step) for step in correction.steps],
    }


def shown_line(charge: Charge, currency: str, meters: Mapping[str, Meter]) -> dict[str, Any]:
    """A charge as `UnbilledLine`."""
    line, period = charge.line, charge.period
    meter = meter_of(line, meters.get)
    return {
        "kind": line.kind,
        "subscription_id": charge.subscription_id,
        "plan_id": charge.plan.plan_id,
        "plan_version": charge.plan_version,
        "price_index": charge.price_index,
        "description": charge.description(meter),
        "meter": line.meter,
        "unit": meter.unit if meter else None,
        "quantity": None if line.quantity is None else format_decimal(line.quantity),
        "period": period_shape(period.start, period.end),
        "amount": money(line.amount, currency),
        "unrounded": format_decimal(line.unrounded),
        "fraction": fraction_text(line.fraction),
        "records": charge.records,
        "steps": [step_body(step, currency) for step in line.steps],
    }

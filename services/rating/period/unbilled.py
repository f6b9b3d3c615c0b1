"""What an account would be charged if its periods closed now: live, provisional, by the functions that close them.

GET /v1/accounts/acc-1/unbilled
-> {"amount": {"amount": "3.40", "currency": "EUR"}, "provisional": true, "lines": [...]}

Usage of every period that is not closed, what came late for closed ones, and of each flat price what is due by today.
Reads the states that the deciders work on, so it can't disagree with them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec
from fastapi import APIRouter, Response
from pydantic import BaseModel

from services.rating.account.state import Account
from services.rating.allowance.state import AllowanceBalance
from services.rating.correction.state import PendingCorrection
from services.rating.meter.state import Meter
from services.rating.one_time_charge.state import PendingCharge
from services.rating.period.charging import Charge, meter_of
from services.rating.period.live import Commitment, live_spend, share_met
from services.rating.period.stored_states import StoredStates
from services.rating.pricing import step_body
from services.rating.pricing.engine.contract import ZERO
from services.rating.pricing.engine.lines import fraction_text
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
from shared.kernel.decimals import exact, format_decimal
from shared.kernel.money import MoneyBody
from shared.kernel.partition import partition_of


class UnbilledLine(BaseModel):
    """A line as it would be charged; `unrounded` is exact. With `includes_tax` the amount is gross."""

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
    includes_tax: bool
    steps: list[dict[str, str]]


class ProgressShape(BaseModel):
    """How much of what is committed usage has come to, exact; `share` is "1" once it is met, else 9 decimals."""

    used: MoneyBody
    committed: MoneyBody
    share: str


class CommitmentShape(ProgressShape):
    """Of a price with `minimum_commitment`, in a period that is not closed; a part of it by its days (R17)."""

    subscription_id: str
    plan_id: str
    plan_version: int
    price_index: int
    period: PeriodBody


class UnbilledShape(BaseModel):
    """`period` is the open one; `lines` reach over all periods that are not closed.

    `amount` is by the prices of the plans: `net` of it before tax, `gross` with tax in it.

    `commitment` is the sum of the `commitments`, each counted up to what is committed; `null` without any.
    """

    account_id: str
    period: PeriodBody
    amount: MoneyBody
    net: MoneyBody
    gross: MoneyBody
    provisional: bool
    lines: list[UnbilledLine]
    commitment: ProgressShape | None
    commitments: list[CommitmentShape]
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
        live = await states.ask(lambda view: live_spend(account, today, view))
        wanted = {charge.line.meter for charge in live.charges if charge.line.meter}
        meters = await states.load(Meter, sorted(wanted))
    commitments = live.commitments(account)
    period = account.open_period or account.first_period(today)
    return {
        "account_id": account_id,
        "period": period_shape(period.start, period.end),
        "amount": money(live.amount, account.currency),
        "net": money(live.net, account.currency),
        "gross": money(live.gross, account.currency),
        "provisional": True,
        "lines": [
            *(shown_line(charge, account.currency, meters) for charge in live.charges),
            *(_pending_line(charge, account.currency) for charge in live.by_hand),
            *(_correction_line(correction, account.currency) for correction in live.corrections),
        ],
        "commitment": _progress(commitments, account.currency) if commitments else None,
        "commitments": [_commitment(one, account.currency) for one in commitments],
        "as_of": now,
    }


def _progress(commitments: Sequence[Commitment], currency: str) -> dict[str, Any]:
    """What one price uses beyond its commitment meets no other's."""
    with exact():
        used = sum((min(one.used, one.committed) for one in commitments), ZERO)
        committed = sum((one.committed for one in commitments), ZERO)
    return _of(used, committed, currency)


def _commitment(one: Commitment, currency: str) -> dict[str, Any]:
    return {
        "subscription_id": one.subscription_id,
        "plan_id": one.plan_id,
        "plan_version": one.plan_version,
        "price_index": one.price_index,
        "period": period_shape(one.period.start, one.period.end),
        **_of(one.used, one.committed, currency),
    }


def _of(used: Decimal, committed: Decimal, currency: str) -> dict[str, Any]:
    return {
        "used": money(used, currency),
        "committed": money(committed, currency),
        "share": fraction_text(share_met(used, committed)),
    }


def _pending_line(charge: PendingCharge, currency: str) -> dict[str, Any]:
    amount = format_decimal(charge.amount)
    return {
        "kind": charge.kind,
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
        "includes_tax": charge.includes_tax,
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
        "includes_tax": correction.includes_tax,
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
        "includes_tax": charge.includes_tax,
        "steps": [step_body(step, currency) for step in line.steps],
    }

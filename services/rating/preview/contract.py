"""The contract of a subscription, and what leaving it today would cost.

GET /v1/subscriptions/sub-1/contract
-> {"term": {"months": 12, ...}, "start": "2026-09-01", "end": "2027-09-01", "notice": {"days": 30, "on": "2027-08-02"},
    "cost_of_leaving_today": {"amount": {"amount": "120.00", "currency": "EUR"},
                              "formula": "50 % of the recurring prices from 2026-09-01 to 2027-09-01", "steps": [...]}}
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from fastapi import APIRouter, Response
from pydantic import BaseModel

from services.rating.account.state import Account
from services.rating.period.charging import plans_of
from services.rating.period.stored_states import StoredStates
from services.rating.subscription.contract import Leaving, contract_end, leaving
from services.rating.subscription.state import Subscription
from services.rating.subscription.timeline import Contract
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.money import money
from shared.http.problems import not_found
from shared.kernel.calendar import local_date
from shared.kernel.decimals import format_decimal
from shared.kernel.money import MoneyBody


class EarlyTerminationShape(BaseModel):
    percent: str | None
    amount: MoneyBody | None


class NoticeShape(BaseModel):
    """The end is told `days` before it, which is `on`."""

    days: int
    on: date


class LeavingStepShape(BaseModel):
    """What is left of one recurring price to the end, before rounding and before the percentage."""

    plan_id: str
    price_index: int
    quantity: int
    remaining: str


class LeavingShape(BaseModel):
    amount: MoneyBody
    formula: str
    steps: list[LeavingStepShape]


class ContractShape(BaseModel):
    """All `null` but the ids where the subscription has no contract. `end` with the pauses that have extended it."""

    subscription_id: str
    account_id: str
    start: date | None
    end: date | None
    early_termination: EarlyTerminationShape | None
    notice: NoticeShape | None
    cost_of_leaving_today: LeavingShape | None


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get(
        "/v1/subscriptions/{subscription_id}/contract",
        response_model=ContractShape,
        dependencies=[api.roles(*READERS)],
    )
    async def contract(subscription_id: str) -> Response:
        return Answer(await _contract(api, subscription_id))

    return routes


async def _contract(api: Api, subscription_id: str) -> dict[str, Any]:
    async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        row = await connection.fetchrow(
            "select partition, account_id from subscription_row where subscription_id = $1", subscription_id
        )
        if row is None:
            raise not_found("subscription", subscription_id)
        states = StoredStates(connection, home=row["partition"])
        account = (await states.load(Account, [row["account_id"]]))[row["account_id"]]
        subscription = (await states.load(Subscription, [subscription_id]))[subscription_id]
        today = local_date(api.clock.now(), account.terms.time_zone)
        cost = await states.ask(lambda view: leaving(account, subscription, plans_of(subscription, view), today))
    term = subscription.terms_on(max(today, subscription.start))
    return _shape(account, subscription, term.contract if term else None, cost, today)


def _shape(
    account: Account, subscription: Subscription, contract: Contract | None, cost: Leaving | None, today: date
) -> dict[str, Any]:
    ids = {"subscription_id": subscription.subscription_id, "account_id": subscription.account_id}
    if contract is None:
        nothing = ("start", "end", "early_termination", "notice", "cost_of_leaving_today")
        return {**ids, **dict.fromkeys(nothing)}
    end = contract_end(subscription, contract, today)
    return {
        **ids,
        "start": contract.start,
        "end": end,
        "early_termination": {
            "percent": None if contract.percent is None else format_decimal(contract.percent),
            "amount": money(contract.amount, account.currency),
        },
        "notice": {"days": contract.notice_days, "on": end - timedelta(days=contract.notice_days)},
        "cost_of_leaving_today": None if cost is None else _cost(cost, account.currency),
    }


def _cost(cost: Leaving, currency: str) -> dict[str, Any]:
    return {
        "amount": money(Decimal(cost.amount), currency),
        "formula": cost.formula,
        "steps": [{**step._asdict(), "remaining": format_decimal(step.remaining)} for step in cost.steps],
    }

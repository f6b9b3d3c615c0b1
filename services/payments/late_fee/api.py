"""Late fees before they are asked for.

GET /v1/accounts/acc-1/late-fees/upcoming
-> {"items": [{"invoice_id": "inv-7", "number": "INV-000042", "charged_on": "2026-10-19", "step": 1, "kind": "flat",
               "amount": {"amount": "5.00", "currency": "EUR"}, ...}], "total": 1, ...}

What was asked for is listed by invoicing: GET /v1/late-fees?account_id=acc-1
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from fastapi import APIRouter, Response
from pydantic import AwareDatetime, BaseModel

from services.invoicing.late_fee.messages import InterestSpan, LateFeeAsked
from services.payments.known_account import known_account
from services.payments.late_fee.upcoming import upcoming
from shared.engine.stored_states import StoredStates
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.money import money
from shared.kernel.decimals import format_decimal
from shared.kernel.money import MoneyBody
from shared.kernel.partition import partition_of

SHOWN_MAX: Final = 200


class InterestSpanShape(BaseModel):
    """Days from `start` until before `end` on which `base` is overdue; `amount` is their interest, to 9 decimals."""

    start: date
    end: date
    base: MoneyBody
    amount: str


class UpcomingLateFee(BaseModel):
    """What would be asked for on the day `charged_on` if nothing is paid until then. `capped`: it would be more."""

    invoice_id: str
    number: str
    due_on: date
    charged_on: date
    step: int
    kind: str
    amount: MoneyBody
    base: MoneyBody
    percent: str | None
    annual_rate: str | None
    days_in_year: str | None
    spans: list[InterestSpanShape]
    capped: bool
    policy_id: str
    policy_version: int


class UpcomingLateFees(BaseModel):
    """The first of them, `total` in all, as of now."""

    account_id: str
    items: list[UpcomingLateFee]
    total: int
    as_of: AwareDatetime


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    path = "/v1/accounts/{account_id}/late-fees/upcoming"

    @routes.get(path, response_model=UpcomingLateFees, dependencies=[api.roles(*READERS)])
    async def upcoming_late_fees(account_id: str) -> Response:
        await known_account(api, account_id, "select account_id from payer_row where account_id = $1")
        home = partition_of(account_id, api.settings.partitions)
        async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
            found = await StoredStates(connection, home=home).ask(lambda view: upcoming(account_id, view))
        items = [_shape(one.fee) for one in found[:SHOWN_MAX]]
        return Answer({"account_id": account_id, "items": items, "total": len(found), "as_of": api.clock.now()})

    return routes


def _shape(fee: LateFeeAsked) -> dict[str, Any]:
    same = ("invoice_id", "number", "due_on", "charged_on", "step", "kind", "days_in_year", "capped")
    numbers = {name: getattr(fee, name) for name in ("percent", "annual_rate")}
    return {
        **{name: getattr(fee, name) for name in (*same, "policy_id", "policy_version")},
        **{name: None if number is None else format_decimal(number) for name, number in numbers.items()},
        "amount": money(fee.amount, fee.currency),
        "base": money(fee.base, fee.currency),
        "spans": [_span(span, fee.currency) for span in fee.spans],
    }


def _span(span: InterestSpan, currency: str) -> dict[str, Any]:
    return {
        "start": span.start,
        "end": span.end,
        "base": money(span.base, currency),
        "amount": format_decimal(span.amount),
    }

"""The rule by which an account tops itself up, over HTTP.

PUT /v1/accounts/acc-1/automatic-top-up {"enabled": true, "threshold": {"amount": "5.00", "currency": "EUR"},
                                         "amount": {"amount": "20.00", "currency": "EUR"},
                                         "monthly_count": 3, "monthly_amount": {"amount": "60.00", "currency": "EUR"}}
GET /v1/accounts/acc-1/automatic-top-up    {"state": "postponed", "retry_at": …}; "off" with "off_reason"
"""

from __future__ import annotations

from typing import Annotated, Final

import asyncpg
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, StrictBool, StrictInt

from services.payments.automatic_top_up.decide import MONTHLY_MAX
from services.payments.automatic_top_up.messages import AutomaticTopUpTerms, SetAutomaticTopUp
from services.payments.automatic_top_up.rows import AutomaticTopUpRow
from services.payments.known_account import known_account
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.kernel.bodies import Body, IdText
from shared.kernel.errors import Rejection
from shared.kernel.money import MoneyBody

RULE: Final = RowShape(AutomaticTopUpRow, hidden=("currency",), renamed={"method_id": "payment_method_id"})


class AutomaticTopUpBody(Body):
    """When `threshold` or less becomes available to the prepaid account, `amount` is charged: at most `monthly_count`
    times and `monthly_amount` in a calendar month. Without a method the preferred one is taken."""

    enabled: StrictBool
    threshold: MoneyBody
    amount: MoneyBody
    monthly_count: Annotated[StrictInt, Field(ge=1, le=MONTHLY_MAX)]
    monthly_amount: MoneyBody
    payment_method_id: IdText | None = None


@RULE.model
class AutomaticTopUpShape(BaseModel):
    """The rule. `ready`: it waits for the wallet to become low; `running`: top-up `top_up_id` is under way;
    `postponed`: it was declined and is tried again at `retry_at`; `held`: the month's limit is reached, until
    `retry_at`; `off`: nobody wants it, or it has switched itself off for `off_reason`."""


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    path = "/v1/accounts/{account_id}/automatic-top-up"

    @routes.get(path, response_model=AutomaticTopUpShape, dependencies=[api.roles(*READERS)])
    async def automatic_top_up(account_id: str) -> Response:
        """404 of an account that has never had a rule."""
        return Answer(RULE.values(await _read(api, account_id)))

    @routes.put(path, response_model=AutomaticTopUpShape, dependencies=[api.roles(*WRITERS)])
    async def set_automatic_top_up(account_id: str, body: AutomaticTopUpBody, request: Request) -> Response:
        """All of the rule. What has switched itself off is on again with `enabled`. `If-Match` takes the version."""
        await known_account(api, account_id, "select account_id from payer_row where account_id = $1")
        terms = AutomaticTopUpTerms(
            threshold=body.threshold.to_money().amount,
            amount=body.amount.to_money().amount,
            currency=_currency(body),
            monthly_count=body.monthly_count,
            monthly_amount=body.monthly_amount.to_money().amount,
            method_id=body.payment_method_id,
        )
        await api.command(request, SetAutomaticTopUp(account_id=account_id, terms=terms, enabled=body.enabled))
        return Answer(RULE.values(await _read(api, account_id)))

    return routes


def _currency(body: AutomaticTopUpBody) -> str:
    """The one of all three amounts. Raises `Rejection`: `currency_mismatch`."""
    currency = body.amount.to_money().currency
    for name, money in (("threshold", body.threshold), ("monthly_amount", body.monthly_amount)):
        if money.to_money().currency != currency:
            detail = f"the amount is in {currency}; give the {name.replace('_', ' ')} in it, too"
            raise Rejection("currency_mismatch", detail, pointer=f"/{name}/currency")
    return currency


async def _read(api: Api, account_id: str) -> asyncpg.Record:
    columns = ", ".join(RULE.columns)
    row: asyncpg.Record | None = await api.db.fetchrow(
        f"select {columns} from automatic_top_up_row where account_id = $1", account_id
    )
    if row is None:
        raise not_found("automatic_top_up", account_id)
    return row

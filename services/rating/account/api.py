"""Accounts.

POST /v1/accounts {"id": "acc-1", "name": "Ann Example", "currency": "EUR", "cycle_id": "monthly", "tax_rate": "20",
                   "address": {"lines": ["Rue Haute 12"], "postal_code": "1000", "city": "Brussels", "country": "BE"}}
GET  /v1/accounts?q=acc

Name, address, tax id, e-mail and language are sealed here, before anything reaches the log; auditors read "sealed" and
nothing in their place.
"""

from __future__ import annotations

from typing import Any, Final

import asyncpg
from fastapi import APIRouter, Request, Response

from services.rating.account.messages import OpenAccount
from services.rating.account.rows import AccountRow
from services.rating.fields import Body, NameText, from_json
from shared.http.actions import ActionShape, not_yet
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.customers import open_customers
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.parameters import documented
from shared.http.periods import period
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.kernel.bodies import IdText, PeriodBody
from shared.kernel.customer import CustomerFields
from shared.kernel.money import CurrencyCode, PriceString


class AccountBody(Body, CustomerFields):
    """Who owes money: `currency` and cycle for good, `tax_rate` in percent."""

    id: IdText | None = None
    name: NameText
    currency: CurrencyCode
    cycle_id: IdText
    tax_rate: PriceString


_ACCOUNT: Final = RowShape(
    AccountRow,
    hidden=("terms", "details", "period_start", "period_end", "closed_before"),
    renamed={"account_id": "id"},
)


@_ACCOUNT.model
class AccountShape(CustomerFields):
    """An account; `period` is the open one, `null` before the first subscription."""

    time_zone: str
    period: PeriodBody | None
    version: int
    allowed_actions: list[ActionShape]


class AccountPage(Page):
    items: list[AccountShape]


ACCOUNTS: Final = Listing(
    source="account_row",
    columns=(*_ACCOUNT.columns, "terms", "details", "period_start", "period_end"),
    filters={
        "id": Filter("account_id"),
        "account_id": Filter("account_id"),
        "q": Filter("account_id", op="prefix"),
        "cycle_id": Filter("cycle_id"),
        "currency": Filter("currency"),
        "from": Filter("opened_on", op=">=", kind="date"),
        "to": Filter("opened_on", op="<=", kind="date"),
    },
    sorts={"id": "account_id", "opened_at": "opened_at", "opened_on": "opened_on"},
    default_sort="id",
    tiebreak="account_id",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/accounts", status_code=201, response_model=AccountShape, dependencies=[api.roles(*WRITERS)])
    async def open_account(body: AccountBody, request: Request) -> Response:
        account_id = body.id or api.new_id(request, "account")
        details = body.to_text()
        await api.command(
            request,
            OpenAccount(
                account_id=account_id,
                name=await api.vault.seal(account_id, body.name),
                details=None if details is None else await api.vault.seal(account_id, details),
                currency=body.currency,
                cycle_id=body.cycle_id,
                tax_rate=body.tax_rate,
                collection_grace_s=api.settings.collection_grace_s,
            ),
        )
        return Answer(await _account(api, request, account_id), status_code=201)

    @routes.get(
        "/v1/accounts",
        response_model=AccountPage,
        dependencies=[api.roles(*READERS)],
        openapi_extra=documented(ACCOUNTS),
    )
    async def accounts(request: Request) -> Response:
        page = await ACCOUNTS.page(request, api, shape=account_shape)
        await open_customers(api, request, page["items"])
        return Answer(page)

    @routes.get("/v1/accounts/{account_id}", response_model=AccountShape, dependencies=[api.roles(*READERS)])
    async def account(account_id: str, request: Request) -> Response:
        return Answer(await _account(api, request, account_id))

    return routes


def account_shape(row: asyncpg.Record) -> dict[str, Any]:
    """A row as `AccountShape`, name and details still sealed."""
    return {
        **_ACCOUNT.values(row),
        "details": row["details"],
        "time_zone": from_json(row["terms"])["time_zone"],
        "period": period(row["period_start"], row["period_end"]),
        "version": 1,
        "allowed_actions": not_yet("change_cycle", "close", "hold"),
    }


async def _account(api: Api, request: Request, account_id: str) -> dict[str, Any]:
    row = await api.db.fetchrow("select * from account_row where account_id = $1", account_id)
    if row is None:
        raise not_found("account", account_id)
    account = account_shape(row)
    await open_customers(api, request, [account])
    return account

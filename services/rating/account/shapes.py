"""Accounts as the contract shows them, and the list they are in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final, Literal

import asyncpg
from fastapi import Request
from pydantic import BaseModel

from services.rating.account.rows import AccountRow
from services.rating.fields import from_json
from shared.http.actions import ActionShape, action
from shared.http.api import Api
from shared.http.customers import open_customers
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.periods import period
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.kernel.bodies import PeriodBody
from shared.kernel.customer import CustomerFields
from shared.kernel.envelope import format_instant

STATUSES: Final = ("active", "on_hold", "closed")
Status = Literal["active", "on_hold", "closed"]


class NextCycleShape(BaseModel):
    """The cycle that the account goes over to on `effective_on`; `transition` is its first period there."""

    cycle_id: str
    effective_on: date
    transition: PeriodBody


class NextPayerShape(BaseModel):
    """Who pays for periods that begin on `effective_on` or later."""

    billed_by: str
    effective_on: date


class HoldShape(BaseModel):
    """Billing runs pass the account by, until the day `until` (excluded); without one until it is released."""

    reason: str
    until: date | None


_ACCOUNT: Final = RowShape(
    AccountRow,
    hidden=(
        "terms",
        "details",
        "period_start",
        "period_end",
        "closed_before",
        "held_reason",
        "held_until",
        "next_cycle",
        "billed_by",
        "payers",
    ),
    renamed={"account_id": "id"},
)


@_ACCOUNT.model
class AccountShape(CustomerFields):
    """An account; `period` is the open one, `null` before the first subscription.

    `status` is as of today in its time zone. `subscriptions_active` counts those that have not ended.
    `billed_by` is who pays for its open period, the account itself where no other does; `next_payer` for those after.
    """

    status: Status
    hold: HoldShape | None
    next_cycle: NextCycleShape | None
    period: PeriodBody | None
    subscriptions_active: int
    billed_by: str
    next_payer: NextPayerShape | None
    allowed_actions: list[ActionShape]


class AccountPage(Page):
    items: list[AccountShape]


def accounts_at(now: datetime) -> str:
    """The source of accounts at an instant of the clock: a hold and a subscription end on a day."""
    today = f"(timestamptz '{format_instant(now)}' at time zone a.time_zone)::date"
    return f"""(
        select a.*, case when a.closed_on is not null then 'closed'
                         when a.held_reason is not null and (a.held_until is null or a.held_until > {today})
                         then 'on_hold' else 'active' end as status,
               n.subscriptions_active
          from account_row a
         cross join lateral (
               select count(*) as subscriptions_active from subscription_row s
                where s.partition = a.partition and s.account_id = a.account_id
                  and (s.ends_on is null or s.ends_on > {today})
                  and not exists (select from subscription_change_row c
                                   where c.partition = s.partition and c.subscription_id = s.subscription_id
                                     and not c.cancelled and c.kind = 'terminate' and c.effective_on <= {today})) n
        ) as account"""


ACCOUNTS: Final = Listing(
    source="account_row",
    columns=(
        *_ACCOUNT.columns,
        *("terms", "details", "period_start", "period_end", "held_reason", "held_until", "next_cycle", "payers"),
        *("status", "subscriptions_active"),
    ),
    filters={
        "id": Filter("account_id"),
        "account_id": Filter("account_id"),
        "q": Filter("account_id", op="prefix"),
        "status": Filter("status", one_of=STATUSES),
        "cycle_id": Filter("cycle_id"),
        "parent_id": Filter("parent_id"),
        "billed_by": Filter("billed_by"),
        "currency": Filter("currency"),
        "from": Filter("opened_on", op=">=", kind="date"),
        "to": Filter("opened_on", op="<=", kind="date"),
    },
    sorts={"id": "account_id", "opened_at": "opened_at", "opened_on": "opened_on"},
    default_sort="id",
    tiebreak="account_id",
)


def account_shape(row: asyncpg.Record) -> dict[str, Any]:
    """A row of `accounts_at` as `AccountShape`, name and details still sealed."""
    held = row["held_reason"] is not None and row["status"] == "on_hold"
    return {
        **_ACCOUNT.values(row),
        "details": row["details"],
        "status": row["status"],
        "hold": {"reason": row["held_reason"], "until": row["held_until"]} if held else None,
        "next_cycle": None if row["next_cycle"] is None else from_json(row["next_cycle"]),
        "period": period(row["period_start"], row["period_end"]),
        "subscriptions_active": row["subscriptions_active"],
        **_payers(row),
        "allowed_actions": _actions(row),
    }


def _payers(row: asyncpg.Record) -> dict[str, Any]:
    """Who pays for the open period, and who after it, where that is another."""
    account_id, starts = row["account_id"], row["period_start"]
    decided = [] if row["payers"] is None else from_json(row["payers"])
    begun = [one for one in decided if one["since"] is None or (starts and one["since"] <= starts.isoformat())]
    now = (begun[-1]["billed_by"] if begun else None) or account_id
    last = decided[-1] if decided else None
    then = (last["billed_by"] or account_id) if last else now
    return {
        "billed_by": now,
        "next_payer": None if last is None or then == now else {"billed_by": then, "effective_on": last["since"]},
    }


async def shown_account(api: Api, request: Request, account_id: str) -> dict[str, Any]:
    """The account as this caller may see it. Raises `not_found`."""
    account = account_shape(await account_row(api, account_id))
    await open_customers(api, request, [account])
    return account


async def account_row(api: Api, account_id: str) -> asyncpg.Record:
    """A row of `accounts_at` now. Raises `not_found`."""
    row: asyncpg.Record | None = await api.db.fetchrow(
        f"select * from {accounts_at(api.clock.now())} where account_id = $1", account_id
    )
    if row is None:
        raise not_found("account", account_id)
    return row


def _actions(row: asyncpg.Record) -> list[dict[str, Any]]:
    status, active = row["status"], row["subscriptions_active"]
    closed = f"it was closed on {row['closed_on']}" if status == "closed" else None
    held = "it is on hold already" if status == "on_hold" else None
    busy = f"subscriptions that have not ended: {active}; end them first" if active else None
    return [
        action("edit"),
        action("change_cycle", why_not=closed),
        action("hold", why_not=closed or held),
        action("release", why_not=None if row["held_reason"] is not None else "it is not on hold"),
        action("close", why_not=closed or busy),
        action("reopen", why_not=None if closed else "it is not closed"),
    ]

"""What a migration would do to the next bill of each subscription, a page of them at a time; nothing is stored."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from decimal import Decimal
from typing import Any, Final, Literal

import asyncpg
from fastapi import Request
from pydantic import BaseModel

from services.rating.active_subscriptions import ON_DAY
from services.rating.plan.state import Plan
from services.rating.plan_migration.decide import asked, moves
from services.rating.plan_migration.messages import MigrationTerms
from services.rating.subscription.messages import ChangePlan
from services.rating.subscription.state import Subscription
from shared.http.api import Api
from shared.kernel.bodies import PeriodBody
from shared.kernel.currency import minor_units
from shared.kernel.decimals import exact, format_decimal
from shared.kernel.errors import Rejection
from shared.kernel.money import MoneyBody
from shared.kernel.wire import read

Preview = Callable[[Request, ChangePlan], Awaitable[dict[str, Any]]]
"""The next bill with a change of plan and without it, as `POST …/change-plan` answers with `preview`."""


class Refused(BaseModel):
    code: str
    detail: str


class PreviewedMove(BaseModel):
    """One subscription: the account's bill for `period`, the first that differs; or why it would not be moved."""

    subscription_id: str
    account_id: str
    period: PeriodBody | None
    without_change: MoneyBody | None
    with_change: MoneyBody | None
    difference: MoneyBody | None
    refused: Refused | None


class PreviewTotal(BaseModel):
    """Sums of the page."""

    currency: str
    without_change: str
    with_change: str
    difference: str


class MigrationPreview(BaseModel):
    """`total` counts the subscriptions that have the plan on that day, in whatever version; `totals` are the page's."""

    preview: Literal[True]
    total: int
    items: list[PreviewedMove]
    totals: list[PreviewTotal]
    next_cursor: str | None


_ON_PLAN: Final = f"{ON_DAY} and ($3::text[] is null or s.account_id = any($3))"


async def preview_page(
    api: Api,
    request: Request,
    preview: Preview,
    terms: MigrationTerms,
    account_ids: Sequence[str] | None,
    *,
    after: str,
    limit: int,
) -> dict[str, Any]:
    """The answer of `MigrationPreview`, beginning behind the subscription `after`."""
    who = ([terms.from_plan], terms.on, None if account_ids is None else list(account_ids))
    total = await api.db.fetchval(f"select count(*) {_ON_PLAN}", *who)
    plan = await _plan(api, terms.from_plan)
    rows = await api.db.fetch(
        f"""select s.partition, s.subscription_id {_ON_PLAN} and s.subscription_id > $4
             order by s.subscription_id limit $5""",
        *who,
        after,
        limit + 1,
    )
    page = rows[:limit]
    held = [subscription for subscription in await _states(api, page) if moves(terms, subscription, plan)]
    items = [await _previewed(request, preview, asked(terms, subscription)) for subscription in held]
    return {
        "preview": True,
        "total": total,
        "items": items,
        "totals": _totals(items),
        "next_cursor": page[-1]["subscription_id"] if len(rows) > limit else None,
    }


async def _previewed(request: Request, preview: Preview, change: ChangePlan) -> dict[str, Any]:
    nothing = dict.fromkeys(("period", "without_change", "with_change", "difference", "refused"))
    found = {"subscription_id": change.subscription_id, "account_id": change.account_id, **nothing}
    try:
        answer = await preview(request, change)
    except Rejection as refusal:
        return {**found, "refused": {"code": refusal.code, "detail": refusal.detail}}
    without = answer["without_change"]
    return {
        **found,
        "period": answer["period"],
        "without_change": without and without["amount"],
        "with_change": answer["with_change"]["amount"],
        "difference": answer["difference"],
    }


def _totals(items: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    currencies = sorted({item["difference"]["currency"] for item in items if item["difference"]})
    return [{"currency": currency, **_sums(items, currency)} for currency in currencies]


def _sums(items: Sequence[dict[str, Any]], currency: str) -> dict[str, str]:
    names = ("without_change", "with_change", "difference")
    mine = [item for item in items if item["difference"] and item["difference"]["currency"] == currency]
    with exact():
        sums = {name: sum((Decimal(i[name]["amount"]) for i in mine if i[name]), Decimal(0)) for name in names}
    return {name: format_decimal(amount, decimals_min=minor_units(currency)) for name, amount in sums.items()}


async def _plan(api: Api, plan_id: str) -> Plan:
    body = await api.db.fetchval(
        "select body from state where partition = 0 and kind = $1 and key = $2", Plan.__name__, plan_id
    )
    if body is None:
        raise Rejection("plan_not_found", f"there is no plan {plan_id!r}", pointer="/from_plan_id")
    return read(Plan, body)


async def _states(api: Api, rows: Sequence[asyncpg.Record]) -> list[Subscription]:
    found = await api.db.fetch(
        """select s.body from unnest($1::int[], $2::text[]) with ordinality as asked (partition, key, n)
             join state s on s.partition = asked.partition and s.kind = $3 and s.key = asked.key order by n""",
        [row["partition"] for row in rows],
        [row["subscription_id"] for row in rows],
        Subscription.__name__,
    )
    return [read(Subscription, row["body"]) for row in found]

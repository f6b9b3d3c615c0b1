"""Who has a version of a plan today (UTC's): pinned to it, or following the plan while it is in force.

A page looks at some hundred subscriptions that have the plan, in the order of their ids, so it may show fewer than
`limit` and still name a `next_cursor`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final

from fastapi import Query
from pydantic import BaseModel

from services.rating.active_subscriptions import ON_DAY
from services.rating.period.stored_states import StoredStates
from services.rating.plan.state import Plan
from services.rating.subscription.state import Subscription
from shared.http.api import Api
from shared.kernel.wire import read

LOOKED_AT: Final = 500

Limit = Annotated[int, Query(ge=1, le=200)]

_CANDIDATES: Final = f"""
select s.partition, s.subscription_id {ON_DAY} and s.subscription_id > $3
 order by s.subscription_id limit {LOOKED_AT + 1}
"""


class UserShape(BaseModel):
    """`pinned`: it keeps the version whatever is published; `since` is the first day of its terms."""

    subscription_id: str
    account_id: str
    pinned: bool
    since: date


class UserPage(BaseModel):
    items: list[UserShape]
    next_cursor: str | None


async def users_of(api: Api, plan_id: str, version: int, *, limit: int, after: str) -> dict[str, Any]:
    today = api.clock.now().date()
    async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        plan = (await StoredStates(connection, home=0).load(Plan, [plan_id])).get(plan_id)
        rows = await connection.fetch(_CANDIDATES, [plan_id], today, after)
        looked_at = rows[:LOOKED_AT]
        bodies = await connection.fetch(
            """select s.key, s.body from unnest($1::int[], $2::text[]) as w (partition, key)
                 join state s on s.partition = w.partition and s.kind = $3 and s.key = w.key order by s.key""",
            [row["partition"] for row in looked_at],
            [row["subscription_id"] for row in looked_at],
            Subscription.__name__,
        )
    held = (read(Subscription, row["body"]) for row in bodies)
    users = [found for one in held if plan and (found := _user(one, plan, version, today))]
    more = len(users) > limit or len(rows) > LOOKED_AT
    shown = users[:limit]
    last = shown[-1]["subscription_id"] if len(users) > limit else looked_at[-1]["subscription_id"] if more else None
    return {"items": shown, "next_cursor": last}


def _user(subscription: Subscription, plan: Plan, version: int, today: date) -> dict[str, Any] | None:
    day = max(today, subscription.start)
    term = subscription.terms_on(day)
    priced = term.version_of(plan, day) if term and term.plan_id == plan.plan_id else None
    if term is None or priced is None or priced.version != version:
        return None
    return {
        "subscription_id": subscription.subscription_id,
        "account_id": subscription.account_id,
        "pinned": term.plan_version is not None,
        "since": term.start,
    }

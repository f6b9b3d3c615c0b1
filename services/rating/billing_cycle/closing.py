"""Why the current periods of a cycle's accounts are not closed yet: how many wait for what, and some of them.

GET /v1/billing-cycles/monthly/closing
-> {"accounts": 240, "items": [{"reason": "waiting_for_usage", "accounts": 3, "detail": "…",
                                "next_at": "2026-10-01T01:00:00Z", "examples": ["acc-7", "acc-12", "acc-31"]}, …]}

What is to be done comes first. The list of all accounts of a reason is not kept; `/v1/accounts?cycle_id=` has them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel

from services.rating.billing_cycle.api import cycle_row
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS

Reason = Literal["usage_parked", "waiting_for_usage", "closing", "collecting", "period_open", "nothing_subscribed"]

DETAILS: Final[dict[Reason, str]] = {
    "usage_parked": "usage or a command of the account waits for an operator: requeue or discard its dead letters",
    "waiting_for_usage": "the period is over, usage reported before its end has not all arrived: see the sources",
    "closing": "everything is in; it closes within seconds",
    "collecting": "the period is over; usage on its way is waited for until the collection grace has passed",
    "period_open": "the period is not over",
    "nothing_subscribed": "the account has no subscription, so it has no period",
}
EXAMPLES_MAX: Final = 5

# The gate of a close is the earliest of what all sources of usage have told, once each of them has told anything.
_WAITING: Final = """
with mark as (
  select c.partition,
         (select case when count(*) = $4 then min(m.value::timestamptz) end
            from jsonb_each_text(c.watermarks) m) as through
    from meterlog.checkpoint c join meterlog.generation g on g.gen = c.gen and g.active
   where c.topic = 'rating.events'
),
parked as (
  select partition, key, key like 'usage/%' as of_source
    from (select partition, key, convert_from(body, 'utf8')::jsonb as queue from state where kind = 'Parking') s
   where (queue ->> 'next')::bigint > (queue ->> 'first')::bigint
),
account as (
  select a.account_id, d.due_at,
         case when a.period_end is null then 'nothing_subscribed'
              when $2 < a.period_end::timestamp at time zone a.time_zone then 'period_open'
              when exists (select from parked p where p.partition = a.partition
                              and (p.of_source or p.key = a.account_id)) then 'usage_parked'
              when $2 < d.due_at then 'collecting'
              when m.through is null or m.through < d.due_at then 'waiting_for_usage'
              else 'closing' end as reason
    from account_row a
    left join due d on d.partition = a.partition and d.name = 'close/' || a.account_id || '/' || a.period_start
    left join mark m on m.partition = a.partition
   where a.cycle_id = $1 and (a.closed_on is null or d.name is not null)
)
select reason, count(*) as accounts, min(due_at) as next_at,
       (array_agg(account_id order by account_id))[1:$3] as examples
  from account group by reason
"""


class WaitingShape(BaseModel):
    """Accounts that wait for the same; the first of them can close at `next_at` (`null` where none has a period)."""

    reason: Reason
    accounts: int
    detail: str
    next_at: datetime | None
    examples: list[str]


class ClosingShape(BaseModel):
    """All accounts that bill by a cycle, by what their open period waits for. Closed accounts have none."""

    cycle_id: str
    accounts: int
    items: list[WaitingShape]
    as_of: datetime


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get(
        "/v1/billing-cycles/{cycle_id}/closing", response_model=ClosingShape, dependencies=[api.roles(*READERS)]
    )
    async def closing(cycle_id: str) -> Response:
        await cycle_row(api, cycle_id)
        now = api.clock.now()
        rows = await api.db.fetch(_WAITING, cycle_id, now, EXAMPLES_MAX, api.settings.partitions)
        found = {row["reason"]: row for row in rows}
        items = [
            {
                "reason": reason,
                "accounts": found[reason]["accounts"],
                "detail": detail,
                "next_at": found[reason]["next_at"],
                "examples": found[reason]["examples"],
            }
            for reason, detail in DETAILS.items()
            if reason in found
        ]
        accounts = sum(row["accounts"] for row in rows)
        return Answer({"cycle_id": cycle_id, "accounts": accounts, "items": items, "as_of": now})

    return routes

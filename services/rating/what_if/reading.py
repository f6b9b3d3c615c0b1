"""Everybody who was billed by a plan in some months, read from rating's tables page by page.

    async for page in pages(connection, Asked(plan_id="fiber", start=..., end=...)):
        ...                                      # Billed, at most 500 subscriptions, account by account

One cursor over (partition, account, subscription) in the caller's transaction, so that all pages show one moment and
only one is in memory. Usage comes from the sums of its days, summed up by period and meter in the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Final

import asyncpg

from services.rating.account.state import Account
from services.rating.period.messages import RESTING_FEE, SET_UP
from services.rating.period.stored_states import StoredStates
from services.rating.pricing.engine.contract import ZERO
from services.rating.rated_usage.state import Tally
from services.rating.subscription.state import Subscription
from services.rating.what_if.comparing import Billed, had_plan, period_of
from shared.engine.postgres import Connection
from shared.kernel.decimals import exact
from shared.kernel.errors import NeverBegan
from shared.kernel.period import Period

PAGE: Final = 500
"""Subscriptions of a page: of three months 1,500 periods, which the candidate prices in a fraction of a second."""

_QUERY_S: Final = 60.0

_BILLED: Final = """
  from subscription_row s
  join closed_period c on c.partition = s.partition and c.account_id = s.account_id
 where (s.plan_id = $1
        or exists (select from subscription_change_row n
                    where n.partition = s.partition and n.subscription_id = s.subscription_id
                      and n.plan_id = $1 and not n.cancelled))
   and c.period_start >= $2 and c.period_end <= $3 and c.period_end > s.starts_on
   and ($4::text[] is null or s.account_id = any($4))
"""

_COUNT: Final = f"select count(*) {_BILLED}"

_SUBSCRIPTIONS: Final = f"""
select s.partition, s.account_id, s.subscription_id,
       array_agg(c.period_start order by c.period_start) as starts,
       array_agg(c.period_end order by c.period_start) as ends
{_BILLED}
 group by 1, 2, 3 order by 1, 2, 3
"""

# Those behind a place in the same order, for a page that is asked for by itself.
_BEHIND: Final = f"""
select s.partition, s.account_id, s.subscription_id,
       array_agg(c.period_start order by c.period_start) as starts,
       array_agg(c.period_end order by c.period_start) as ends
{_BILLED}
   and ($5::int is null or (s.partition, s.account_id, s.subscription_id) > ($5, $6::text, $7::text))
 group by 1, 2, 3 order by 1, 2, 3 limit $8
"""

_OF_PAGE: Final = "partition = $1 and subscription_id = any($2) and plan_id = $3"

_USAGE: Final = f"""
select subscription_id, period_start, meter, sum(quantity)::text as quantity, sum(records)::bigint as records,
       count(*) as days
  from (select subscription_id, period_start, meter, quantity, records
          from usage_day where {_OF_PAGE} and day >= $4 and day < $5
         union all
        select subscription_id, period_start, meter, quantity, records
          from late_usage_day l where {_OF_PAGE} and day >= $4 and day < $5
           and exists (select from closed_period c where c.partition = l.partition and c.account_id = l.account_id
                          and c.period_start = l.billed_in)) as used
 group by 1, 2, 3
"""
"""Usage that came late counts once it has been charged."""

_CHARGED: Final = f"""
select subscription_id, period_start, sum(amount) as amount,
       string_agg(case when steps @> '[{{"tier": "included"}}]' then
           (select string_agg(step ->> 'label', E'\\n') from jsonb_array_elements(steps) step
             where step ->> 'tier' = 'included') end, E'\\n') as buckets
  from charge_row
 where {_OF_PAGE} and period_start >= $4 and period_start < $5 and (item is null or item = any($6))
 group by 1, 2
"""

"""An included step with a label names the bucket that paid for it."""

_ITEMS: Final = (SET_UP, RESTING_FEE)
"""What a plan charges beside its recurring and usage prices, and the candidate too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Closed periods that lie in [start, end) of subscriptions to a plan; `account_ids` `None`: of the whole book."""

    plan_id: str
    start: date
    end: date
    account_ids: Sequence[str] | None = None

    @property
    def arguments(self) -> tuple[str, date, date, list[str] | None]:
        return self.plan_id, self.start, self.end, None if self.account_ids is None else list(self.account_ids)


@dataclass(frozen=True, slots=True)
class Page:
    """Some subscriptions, and how many rows of `usage_day` their usage was in."""

    billed: list[Billed]
    usage_days: int


async def count(connection: Connection, asked: Asked) -> int:
    """How many periods there are to compare."""
    found: int = await connection.fetchval(_COUNT, *asked.arguments, timeout=_QUERY_S)
    return found


async def pages(connection: Connection, asked: Asked) -> AsyncIterator[Page]:
    """Within a transaction. A page of one partition has its subscriptions by account."""
    cursor = await connection.cursor(_SUBSCRIPTIONS, *asked.arguments, timeout=_QUERY_S)
    while rows := await cursor.fetch(PAGE, timeout=_QUERY_S):
        for partition, found in groupby(rows, key=lambda row: row["partition"]):
            yield await _page(connection, partition, list(found), asked)


Place = tuple[int, str, str]
"""Partition, account and subscription: where a page ends."""


async def page_behind(
    connection: Connection, asked: Asked, after: Place | None, size: int
) -> tuple[list[Billed], Place | None]:
    """So many subscriptions behind a place (`None`: from the first), and the place of the last if there are more."""
    behind = after or (None, None, None)
    rows = await connection.fetch(_BEHIND, *asked.arguments, *behind, size + 1, timeout=_QUERY_S)
    shown, billed = rows[:size], list[Billed]()
    for partition, found in groupby(shown, key=lambda row: row["partition"]):
        billed += (await _page(connection, partition, list(found), asked)).billed
    if len(rows) <= size:
        return billed, None
    last = shown[-1]
    return billed, (last["partition"], last["account_id"], last["subscription_id"])


async def _page(connection: Connection, partition: int, rows: Sequence[asyncpg.Record], asked: Asked) -> Page:
    ids = [row["subscription_id"] for row in rows]
    which = (partition, ids, asked.plan_id, asked.start, asked.end)
    usage = await connection.fetch(_USAGE, *which, timeout=_QUERY_S)
    charged = await connection.fetch(_CHARGED, *which, list(_ITEMS), timeout=_QUERY_S)
    states = StoredStates(connection, home=partition)
    accounts = await states.load(Account, list({row["account_id"] for row in rows}))
    subscriptions = await states.load(Subscription, ids)
    usage_of, charged_of = _by_subscription(usage), _by_subscription(charged)
    billed = [
        _billed(row, accounts, subscriptions, usage_of[row["subscription_id"]], charged_of[row["subscription_id"]])
        for row in rows
    ]
    with_plan = [_with_plan(one, asked.plan_id) for one in billed]
    return Page([one for one in with_plan if one.periods], sum(row["days"] for row in usage))


def _with_plan(billed: Billed, plan_id: str) -> Billed:
    """The same with those periods only in which it had the plan, or was charged for it."""
    touched = billed.usage.keys() | billed.charged.keys()
    periods = [
        period for period in billed.periods if period.start in touched or had_plan(billed.subscription, plan_id, period)
    ]
    return replace(billed, periods=periods)


def _by_subscription(rows: Sequence[asyncpg.Record]) -> defaultdict[str, list[asyncpg.Record]]:
    found: defaultdict[str, list[asyncpg.Record]] = defaultdict(list)
    for row in rows:
        found[row["subscription_id"]].append(row)
    return found


def _billed(
    row: asyncpg.Record,
    accounts: dict[str, Account],
    subscriptions: dict[str, Subscription],
    usage: Sequence[asyncpg.Record],
    charged: Sequence[asyncpg.Record],
) -> Billed:
    account, subscription = accounts.get(row["account_id"]), subscriptions.get(row["subscription_id"])
    if account is None or subscription is None:
        raise NeverBegan(f"{row['subscription_id']} of {row['account_id']} has a row and no state")
    periods = [Period(start, end) for start, end in zip(row["starts"], row["ends"], strict=True)]
    by_meter: dict[date, dict[str, Tally]] = {}
    for used in usage:
        tally = Tally(int(used["quantity"]), used["records"])
        by_meter.setdefault(used["period_start"], {})[used["meter"]] = tally
    return Billed(
        account=account,
        subscription=subscription,
        periods=periods,
        usage=by_meter,
        charged=_charged_by_period(charged, periods),
        buckets=_buckets_by_period(charged, periods),
    )


def _charged_by_period(charged: Sequence[asyncpg.Record], periods: Sequence[Period]) -> dict[date, Decimal]:
    """A line counts in the period in which its service begins."""
    amounts: dict[date, Decimal] = {}
    with exact():
        for line in charged:
            period = _period(periods, line)
            if period is not None:
                amounts[period.start] = amounts.get(period.start, ZERO) + line["amount"]
    return amounts


def _buckets_by_period(charged: Sequence[asyncpg.Record], periods: Sequence[Period]) -> dict[date, set[str]]:
    found: dict[date, set[str]] = {}
    for line in charged:
        period = _period(periods, line)
        if period is not None and line["buckets"]:
            found.setdefault(period.start, set()).update(line["buckets"].split("\n"))
    return found


def _period(periods: Sequence[Period], line: asyncpg.Record) -> Period | None:
    return period_of(periods, line["period_start"])

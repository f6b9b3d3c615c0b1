"""The days of a subscription's usage, read from `usage_day` for the batch that asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from services.rating.rated_usage.by_day import (
    DAYS_MAX,
    ClosedRow,
    ClosedUsage,
    DayOfUsage,
    RecordsOfDay,
    UsageBehind,
    UsageByDay,
)
from services.rating.rated_usage.state import ROWS_OF_PERIOD_MAX, UsageOfPeriod
from services.rating.record_pages import DAYS, LATE_DAYS
from shared.engine.postgres import Connection

_DAYS: Final = f"""
select period_start, day, meter, plan_id, plan_version, quantity, records from usage_day
 where partition = $1 and subscription_id = $2 and period_start >= $3
 order by day, meter, plan_id, plan_version limit {DAYS_MAX + 1}
"""


async def usage_by_day(connection: Connection, partition: int, keys: Sequence[str]) -> Mapping[str, UsageByDay]:
    """What each of those subscriptions used since those days (`by_day_key`)."""
    found: dict[str, UsageByDay] = {}
    for key in keys:
        subscription_id, _, start = key.rpartition("|")
        rows = await connection.fetch(_DAYS, partition, subscription_id, date.fromisoformat(start))
        days = [
            DayOfUsage(
                row["period_start"],
                row["day"],
                row["meter"],
                row["plan_id"],
                row["plan_version"],
                int(Decimal(row["quantity"])),
                row["records"],
            )
            for row in rows[:DAYS_MAX]
        ]
        found[key] = UsageByDay(name=key, days=days, complete=len(rows) <= DAYS_MAX)
    return found


_OF_PERIODS: Final = f"""
select asked.key, of_day.* from unnest($2::text[], $3::text[], $4::date[], $5::date[])
       as asked (key, subscription_id, period_start, period_end)
 cross join lateral (
       select period_start, day, meter, plan_id, plan_version, quantity, records from usage_day
        where partition = $1 and subscription_id = asked.subscription_id
          and day >= asked.period_start and day < asked.period_end
        order by meter, day, plan_version, plan_id limit {ROWS_OF_PERIOD_MAX}) as of_day
"""


async def usage_of_periods(connection: Connection, partition: int, keys: Sequence[str]) -> Mapping[str, UsageOfPeriod]:
    """What each of those subscriptions used in a period (`of_period_key`): one question for all closes of a batch."""
    asked = [key.rsplit("|", 2) for key in keys]
    starts, ends = ([date.fromisoformat(parts[n]) for parts in asked] for n in (1, 2))
    rows = await connection.fetch(_OF_PERIODS, partition, keys, [parts[0] for parts in asked], starts, ends)
    days: dict[str, list[DayOfUsage]] = {}
    for row in rows:
        key, *of_day = ({**row, "quantity": int(Decimal(row["quantity"]))}).values()
        days.setdefault(key, []).append(DayOfUsage(*of_day))
    return {key: UsageOfPeriod(name=key, days=found) for key, found in days.items()}


_BEHIND: Final = f"""
select day, meter, plan_id, plan_version, {DAYS.whole("of_day")} as positions from usage_day as of_day
 where partition = $1 and subscription_id = $2 and day >= $3
 order by day, meter, plan_id, plan_version limit {DAYS_MAX}
"""


async def usage_behind(connection: Connection, partition: int, keys: Sequence[str]) -> Mapping[str, UsageBehind]:
    """The records of each of those subscriptions from those days on (`by_day_key`)."""
    found: dict[str, UsageBehind] = {}
    for key in keys:
        subscription_id, _, since = key.rpartition("|")
        rows = await connection.fetch(_BEHIND, partition, subscription_id, date.fromisoformat(since))
        found[key] = UsageBehind(name=key, days=[RecordsOfDay(*row.values()) for row in rows])
    return found


_CLOSED: Final = f"""
select period_start, day, meter, plan_id, plan_version, quantity, records, null::date as billed_in,
       case when day >= $4 then {DAYS.whole("of_day")} else ''::bytea end as counted, ''::bytea as credited
  from usage_day as of_day where partition = $1 and subscription_id = $2 and period_start >= $3 and period_start < $5
union all
select period_start, day, meter, plan_id, plan_version, quantity, records, billed_in,
       case when day >= $4 then {LATE_DAYS.whole("of_day")} else ''::bytea end,
       case when day >= $4 then credited else ''::bytea end
  from late_usage_day as of_day
 where partition = $1 and subscription_id = $2 and period_start >= $3 and period_start < $5
order by day, meter, plan_id, plan_version, billed_in nulls first limit {DAYS_MAX + 1}
"""


async def closed_usage(connection: Connection, partition: int, keys: Sequence[str]) -> Mapping[str, ClosedUsage]:
    """What each of those subscriptions used in closed periods (`closed_key`)."""
    found: dict[str, ClosedUsage] = {}
    for key in keys:
        subscription_id, *days = key.rsplit("|", 3)
        rows = await connection.fetch(_CLOSED, partition, subscription_id, *map(date.fromisoformat, days))
        known = [ClosedRow(*{**row, "quantity": int(Decimal(row["quantity"]))}.values()) for row in rows[:DAYS_MAX]]
        found[key] = ClosedUsage(name=key, rows=known, complete=len(rows) <= DAYS_MAX)
    return found

"""How many subscriptions have which plan on a day (UTC's), by what they began with and what has changed of them since.

await active_by_plan(api.db, ["fiber", "cable"], date(2026, 9, 1))      # {"fiber": 118}
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import asyncpg

# Those that began with one of the plans `$1`, or have gone over to one, whenever that was.
EVER_ON_PLAN: Final = """
select partition, subscription_id from subscription_row where plan_id = any($1::text[])
 union select partition, subscription_id from subscription_change_row
        where kind = 'plan' and not cancelled and plan_id = any($1::text[])
"""

# What of them has a plan on the day `$2`: not ended, with the plan of the last change until then.
ON_DAY: Final = f"""
  from ({EVER_ON_PLAN}) ever join subscription_row s using (partition, subscription_id)
  left join lateral (select c.plan_id from subscription_change_row c
                      where c.partition = s.partition and c.subscription_id = s.subscription_id and not c.cancelled
                        and c.kind = 'plan' and c.effective_on <= greatest($2::date, s.starts_on)
                      order by c.effective_on desc, c.seq desc limit 1) p on true
 where coalesce(p.plan_id, s.plan_id) = any($1::text[])
   and (s.ends_on is null or s.ends_on > $2::date)
   and not exists (select from subscription_change_row c
                    where c.partition = s.partition and c.subscription_id = s.subscription_id and not c.cancelled
                      and c.kind = 'terminate' and c.effective_on <= $2::date)
"""


async def active_by_plan(db: asyncpg.Pool[Any], plans: Sequence[str], today: date) -> dict[str, int]:
    """By plan, of those that have begun; a plan that nobody has is not there."""
    rows = await db.fetch(
        f"""select coalesce(p.plan_id, s.plan_id) as plan_id, count(*) as active {ON_DAY}
               and s.starts_on <= $2::date group by 1""",
        list(plans),
        today,
    )
    return {row["plan_id"]: row["active"] for row in rows}

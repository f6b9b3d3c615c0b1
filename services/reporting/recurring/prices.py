"""What a plan costs for a month, as SQL: for lists of subscriptions. Reports are exact (figures/recurring.py).

monthly("r.plan_id", "r.plan_version", "r.day", "r.frequency")      39.90; 9.9666… of 29.90 a quarter
"""

from __future__ import annotations

from typing import Final

_TIMES: Final = """
(case coalesce(nullif(p.price -> 'interval', 'null'::jsonb), {frequency}::jsonb)
      when '"month"' then 12 when '"quarter"' then 4 when '"year"' then 1
      else 365.25 / (coalesce(nullif(p.price -> 'interval', 'null'::jsonb), {frequency}::jsonb) ->> 'days')::int end)"""


def monthly(plan: str, version: str, day: str, frequency: str) -> str:
    """The recurring prices of a version, or where it is 0 of the one in force on a day; all are our own SQL text."""
    times = _TIMES.format(frequency=frequency)
    return f"""coalesce((
        select sum((p.price ->> 'amount')::numeric * {times}) / 12
          from plan_row v cross join lateral jsonb_array_elements(v.recurring) as p (price)
         where v.plan_id = {plan}
           and v.version = coalesce(nullif({version}, 0), (
               select f.version from plan_in_force f
                where f.plan_id = {plan} and f.since <= {day} and f.until > {day}))), 0)"""

"""How dunning stands with each account of a page, and when it loses service: from what is owed and the policy.

acc-1   open       step 1 of 3, Letter, since 2026-10-15      less service from 2026-10-29, in 4 days
acc-2   none       nothing overdue; INV-7 is due on 2026-11-15  less service from 2026-11-29, in 35 days

Days keep the distance that decision 91 gives them. Who is exempt, or owes nothing, has none; of who owes so little that
he is not dunned for it, the day is the one of the case that more of it would open.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Literal

import asyncpg
import msgspec
from pydantic import BaseModel, Field

from services.reporting.dunning.astray import astray
from shared.http.filtering import Filter

Status = Literal["none", "open", "promised", "paused", "exempt"]
Access = Literal["open", "throttled", "blocked"]

DUNNING_STATES: Final = (
    "open",
    "promised",
    "paused",
    "exempt",
    "restricted",
    "paid_and_restricted",
    "overdue_and_open",
)
DUNNING_COLUMNS: Final = """d.case_id as dunning_case, d.since as dunning_since, d.opened_on as dunning_opened_on,
               d.step_on as dunning_step_on, coalesce(d.paused, false) as dunning_paused, d.paused_until,
               coalesce(d.step, 0) as dunning_step, coalesce(d.access, 'open') as dunning_access,
               coalesce(d.policy_id, b.policy_id) as dunning_policy,
               coalesce(v.steps, b.steps)::text as dunning_steps,
               dp.pay_by as promised_by, first_due.due_on as first_due_on,
               dx.account_id is not null as dunning_exempt"""
"""What `dunning_shape` reads, of the tables that `dunning_joins` joins to accounts `a`."""


class CustomerDunning(BaseModel):
    """`restricted_on` is the day from which the account has less service than now if it pays nothing until then."""

    status: Status
    policy_id: str | None = Field(description="By which policy; null where nobody would dun the account.")
    case_id: str | None
    step: int = Field(description="How many steps are taken.")
    step_name: str | None
    since: date | None = Field(description="The earliest day on which something unpaid was due, of an open case.")
    access: Access
    restricted_on: date | None
    days_to_restriction: int | None


class Step(msgspec.Struct, frozen=True):
    name: str
    after_days: int
    access: str | None = None


def dunning_joins(today: str) -> str:
    """`today` is an expression of accounts `a`."""
    return f"""left join dunning_row d on d.account_id = a.account_id and d.cleared_on is null
          left join dunning_policy_row v on v.policy_id = d.policy_id and v.version = d.policy_version
          left join lateral (select * from dunning_by b
                where b.account_partition = a.partition and b.account_id = a.account_id) b on true
          left join dunning_promise_row dp
            on dp.partition = a.partition and dp.account_id = a.account_id and dp.is_open
          left join dunning_exempt_row dx on dx.partition = a.partition and dx.account_id = a.account_id
                and dx.exempt and (dx.until is null or dx.until > {today})
          left join lateral (
               select min(due_on) as due_on from receivable_row r
                where r.partition = a.partition and r.account_id = a.account_id and r.open > r.disputed
               ) first_due on true"""


def dunning_filter(now: datetime = datetime.min.replace(tzinfo=UTC)) -> Filter:
    """How dunning stands with `customer` of a list, at an instant of the clock."""
    of = "{0}.partition = customer.partition and {0}.account_id = customer.account_id"
    case = f"select from dunning_row d where {of.format('d')} and d.cleared_on is null"
    promise = f"exists (select from dunning_promise_row p where {of.format('p')} and p.is_open)"
    exempt = f"select from dunning_exempt_row e where {of.format('e')} and e.exempt"
    found = f"in (select partition, account_id from {astray(now)} where kind = {{value}})"
    where = f"""(case {{value}}
        when 'open' then exists ({case} and not d.paused) and not {promise}
        when 'promised' then {promise}
        when 'paused' then exists ({case} and d.paused)
        when 'exempt' then exists ({exempt} and (e.until is null or e.until > customer.today))
        when 'restricted' then exists ({case} and d.access <> 'open')
        else (customer.partition, customer.account_id) {found} end)"""
    return Filter(where=where, one_of=DUNNING_STATES)


def restricted_on(row: asyncpg.Record, steps: tuple[Step, ...]) -> date | None:
    """The day of the next step that leaves another access than now and not all; `None` where none is to come."""
    since, taken = row["dunning_since"] or row["first_due_on"], row["dunning_step"]
    left = steps[taken:]
    less = next((step for step in left if step.access not in (None, "open", row["dunning_access"])), None)
    paused_for_good = row["dunning_paused"] and row["paused_until"] is None
    if since is None or less is None or row["dunning_exempt"] or paused_for_good:
        return None
    first = left[0]
    days = [_after(since, first.after_days), _after(since, 1), row["dunning_opened_on"], row["paused_until"]]
    if taken and row["dunning_step_on"] is not None:
        days.append(_after(row["dunning_step_on"], first.after_days - steps[taken - 1].after_days))
    if row["promised_by"] is not None:
        days.append(_after(row["promised_by"], 1))
    day = max((day for day in days if day is not None and day > row["today"]), default=row["today"])
    return _after(day, less.after_days - first.after_days)


def dunning_shape(row: asyncpg.Record) -> dict[str, Any]:
    """A row with `DUNNING_COLUMNS` and `today`, as `CustomerDunning`."""
    steps = msgspec.json.decode(row["dunning_steps"], type=tuple[Step, ...]) if row["dunning_steps"] else ()
    day, taken = restricted_on(row, steps), row["dunning_step"]
    return {
        "status": _status(row),
        "policy_id": row["dunning_policy"],
        "case_id": row["dunning_case"],
        "since": row["dunning_since"],
        "access": row["dunning_access"],
        "step": taken,
        "step_name": steps[taken - 1].name if 0 < taken <= len(steps) else None,
        "restricted_on": day,
        "days_to_restriction": None if day is None else (day - row["today"]).days,
    }


def _status(row: asyncpg.Record) -> Status:
    if row["dunning_exempt"]:
        return "exempt"
    if row["dunning_case"] is None:
        return "none"
    return "paused" if row["dunning_paused"] else "promised" if row["promised_by"] is not None else "open"


def _after(day: date, days: int) -> date:
    return day + timedelta(days=days) if days <= (date.max - day).days else date.max

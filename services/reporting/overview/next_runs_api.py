"""What the next billing run of each cycle will be about.

GET /v1/overview/next-runs
{"items": [{"cycle_id": "monthly", "name": "Monthly", "target_date": "2026-12-01", "customers": 214,
            "drafts": 3, "expected": [{"currency": "EUR", "amount": "9120.00", "like": "2026-11-01"}]}], "as_of": ...}

A cycle's next run is over the periods that end first among its customers' open ones. What it will come to nobody knows
before they are closed: `expected` is what the cycle's invoices of the period before came to, with tax, as an estimate,
and a dry run says more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from shared.engine.postgres import Connection
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.kernel.money import format_amount

CYCLES_MAX: Final = 50
"""So many are told of, those that are due first."""

_NEXT: Final = f"""
with account as (
  select a.cycle_id, a.period_end, a.partition, a.account_id from account_row a
   where a.closed_on is null and a.period_end is not null
), next_due as (
  select cycle_id, min(period_end) as target_date from account group by cycle_id
)
select c.cycle_id, c.name, d.target_date,
       (select count(*) from account a where a.cycle_id = d.cycle_id and a.period_end = d.target_date) as customers,
       (select count(*) from invoice_row i
          join account_row a on a.partition = i.partition and a.account_id = i.account_id
         where i.status = 'draft' and i.period_end <= d.target_date
           and coalesce(i.cycle_id, a.cycle_id) = d.cycle_id) as drafts
  from next_due d join cycle_row c on c.cycle_id = d.cycle_id
 order by d.target_date, c.cycle_id limit {CYCLES_MAX}
"""

_LAST: Final = """
with last as (
  select c.cycle_id, p.period_end from unnest($1::text[]) as c (cycle_id)
   cross join lateral (select period_end from invoice_row i
                        where i.cycle_id = c.cycle_id and i.status = 'issued'
                        order by period_end desc limit 1) as p
)
select i.cycle_id, i.period_end, i.currency, sum(i.total) as amount
  from last join invoice_row i
    on i.cycle_id = last.cycle_id and i.period_end = last.period_end and i.status = 'issued'
 group by 1, 2, 3 order by 1, 3
"""


class ExpectedTotal(BaseModel):
    currency: str
    amount: str
    like: date = Field(description="The end of the period whose invoices came to that.")


class NextRun(BaseModel):
    """`customers` have an open period that ends on `target_date`; `drafts` of periods that end by then are there."""

    cycle_id: str
    name: str
    target_date: date
    customers: int
    drafts: int
    expected: list[ExpectedTotal]


class NextRuns(BaseModel):
    items: list[NextRun]
    as_of: datetime


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.get("/v1/overview/next-runs", dependencies=[api.roles(*READERS)], response_model=NextRuns)
    async def read_next_runs() -> Response:
        """The next billing run of each cycle: over what, for how many, and what to expect of it."""
        async with api.db.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
            runs = await connection.fetch(_NEXT)
            expected = await _expected(connection, [run["cycle_id"] for run in runs])
        items = [{**dict(run), "expected": expected.get(run["cycle_id"], [])} for run in runs]
        return Answer({"items": items, "as_of": api.clock.now()})

    return routes


async def _expected(connection: Connection, cycles: list[str]) -> Mapping[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in await connection.fetch(_LAST, cycles):
        amount = format_amount(row["amount"], row["currency"])
        found[row["cycle_id"]].append({"currency": row["currency"], "amount": amount, "like": row["period_end"]})
    return found

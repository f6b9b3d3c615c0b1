"""How customers pay: by method, what came in and what went out again, and how many tries succeeded.

`collected` is what came in, less what was recorded in error; `returned` is what was refunded or charged back, less
chargebacks that were won. `success_percent` is of the tries that ended, to one decimal: hard declines and soft failures
are the others. By default the twelve months up to today. Amounts of different currencies are different rows.

    {"group": "card", "currency": "EUR", "collected": "990.00", "returned": "20.00", "payments": 31, "declined": 2,
     "failed": 3, "success_percent": "86.1"}
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from pydantic import BaseModel

from services.reporting.database import Database
from services.reporting.reports.contract import Question, Report, Row, amounts, fetch, percent


class MethodRow(BaseModel):
    """A method, or a month or day of all methods; `payments` came in, `declined` and `failed` did not."""

    group: str
    currency: str
    collected: str
    returned: str
    payments: int
    declined: int
    failed: int
    success_percent: str | None


GROUPS: Final = {
    "method": "method",
    "month": "date_trunc('month', day::timestamp)::date::text",
    "day": "day::text",
}

SQL: Final = """
select {group} as name, currency,
       sum(case outcome when 'succeeded' then amount when 'reversed' then -amount else 0 end) as collected,
       sum(case when outcome in ('refunded', 'charged_back') then amount
                when outcome = 'chargeback_reversed' then -amount else 0 end) as returned,
       sum(case outcome when 'succeeded' then payments when 'reversed' then -payments else 0 end)::bigint as payments,
       sum(case outcome when 'declined' then payments else 0 end)::bigint as declined,
       sum(case outcome when 'failed' then payments else 0 end)::bigint as failed
  from payment_day
 where day between :start and :end and (:currency is null or currency = :currency)
 group by 1, 2 order by 1, 2
"""


def asked(question: Question) -> Question:
    end = question.end or question.today
    start = question.start or end.replace(year=end.year - 1, day=1)
    return replace(question, start=start, end=end, group_by=question.group_by or "method")


async def run(database: Database, question: Question) -> Sequence[Row]:
    rows = await fetch(database, SQL.format(group=GROUPS[question.group_by or "method"]), question)
    return [
        {"group": row["name"], "currency": row["currency"]}
        | amounts(row, "collected", "returned")
        | {name: row[name] for name in ("payments", "declined", "failed")}
        | {"success_percent": percent(Decimal(row["payments"]), _ended(row))}
        for row in rows
    ]


def _ended(row: Row) -> Decimal:
    return Decimal(row["payments"] + row["declined"] + row["failed"])


REPORT: Final = Report(
    name="payment-methods",
    row=MethodRow,
    run=run,
    asked=asked,
    takes=("from", "to", "group_by", "currency"),
    groups=tuple(GROUPS),
    examples=(
        {
            **{"group": "card", "currency": "EUR", "collected": "990.00", "returned": "20.00", "payments": 31},
            **{"declined": 2, "failed": 3, "success_percent": "86.1"},
        },
    ),
)

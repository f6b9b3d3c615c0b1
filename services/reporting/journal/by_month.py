"""An account of the journal by month, as reports tell it: what it was, what came to it and left it, what it is.

deferred_revenue   2026-11   opening 0.00   came 92.00   left 30.00   closing 62.00   all revenue of the month 42.40

From sums that are kept as entries are written: a report reads some rows for each month, plan and rate of tax, however
many lines there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from services.reporting.database import Database
from services.reporting.reports.contract import Question, Row, fetch
from shared.kernel.decimals import EXACT
from shared.kernel.money import format_amount

GROUPS: Final = ("month", "plan")
ZERO: Final = Decimal(0)


class Told(NamedTuple):
    """How an account is told of: by kinds that take from it (of a liability) or add to it, and the names for that."""

    account: str
    came: str
    left: str
    sql: str


_SUMS: Final = """
select month, currency, {plan} as plan_id,
       sum(case when account = '{account}' then {came} else 0 end) as came,
       sum(case when account = '{account}' then {left} else 0 end) as left_it,
       sum(case when account in ('revenue', 'late_fees') then credit - debit else 0 end) as recognised
  from journal_sum
 where month <= :end and account in ('{account}', 'revenue', 'late_fees')
   and (:currency is null or currency = :currency)
 group by 1, 2, 3
"""


def _sql(account: str, came: str, left: str) -> str:
    return _SUMS.replace("{account}", account).replace("{came}", came).replace("{left}", left)


DEFERRED: Final = Told(
    "deferred_revenue",
    "deferred",
    "released",
    _sql(
        "deferred_revenue",
        "(case when kind = 'release' then 0 else credit - debit end)",
        "(case when kind = 'release' then debit - credit else 0 end)",
    ),
)
UNBILLED: Final = Told(
    "unbilled_revenue",
    "earned",
    "billed",
    _sql(
        "unbilled_revenue",
        "(case when kind in ('accrual', 'accrual_reversed') then debit - credit else 0 end)",
        "(case when kind in ('accrual', 'accrual_reversed') then 0 else credit - debit end)",
    ),
)


async def by_month(database: Database, question: Question, told: Told) -> Sequence[Row]:
    """Rows by month and currency, and by plan where that is asked for; months without anything are left out."""
    by_plan = question.group_by == "plan"
    sql = told.sql.replace("{plan}", "plan_id" if by_plan else "null::text")
    sums: dict[tuple[str, str | None], dict[date, Mapping[str, Any]]] = defaultdict(dict)
    for row in await fetch(database, sql, question):
        sums[row["currency"], row["plan_id"]][row["month"]] = row
    rows = [
        row
        for (currency, plan_id), months in sums.items()
        for row in _rows(question, told, currency, months, {"plan_id": plan_id} if by_plan else {})
    ]
    return sorted(rows, key=lambda row: (row["month"], row["currency"], row.get("plan_id") or ""))


def _rows(
    question: Question, told: Told, currency: str, months: Mapping[date, Mapping[str, Any]], about: Row
) -> Iterator[Row]:
    assert question.start is not None and question.end is not None
    balance = ZERO
    for month in sorted({*months, *_between(question.start, question.end)}):
        found = months.get(month)
        came, left, earned = (found[name] if found else ZERO for name in ("came", "left_it", "recognised"))
        opening, balance = balance, EXACT.subtract(EXACT.add(balance, came), left)
        if month < question.start or not (opening or came or left or earned):
            continue
        amounts = {"opening": opening, told.came: came, told.left: left, "closing": balance, "recognised": earned}
        shown = {name: format_amount(amount, currency) for name, amount in amounts.items()}
        yield {"month": f"{month:%Y-%m}", "currency": currency, **about, **shown}


def _between(start: date, end: date) -> Iterator[date]:
    month = start
    while month <= end:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)

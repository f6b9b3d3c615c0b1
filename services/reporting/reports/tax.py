"""Tax of issued documents by category (UNTDID 5305) and rate, by day of issue: what a VAT return asks for (R39).

`base` and `tax` are of invoices and debit notes less credit notes; what credit notes took off is told beside them.
What is void does not count. By default the month before today's. Amounts of different currencies are different rows.

    {"group": "2026-09-01", "currency": "EUR", "category": "S", "rate": "20", "base": "990.00", "tax": "198.00",
     "credited_base": "10.00", "credited_tax": "2.00", "documents": 118}
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from pydantic import BaseModel

from services.reporting.database import Database
from services.reporting.reports.contract import Question, Report, Row, amounts, fetch
from shared.kernel.decimals import format_decimal


class TaxRow(BaseModel):
    """A category and rate; `rate` is in percent, `documents` are those that name it."""

    group: str
    currency: str
    category: str
    rate: str
    base: str
    tax: str
    credited_base: str
    credited_tax: str
    documents: int


GROUPS: Final = {
    "month": "date_trunc('month', day::timestamp)::date::text",
    "day": "day::text",
    "rate": "trim_scale(rate)::text",
}
COLUMNS: Final = ("base", "tax", "credited_base", "credited_tax")

SQL: Final = """
select {group} as name, currency, category, rate,
       sum(case document when 'invoice' then base else -base end) as base,
       sum(case document when 'invoice' then tax else -tax end) as tax,
       sum(base) filter (where document = 'credit_note') as credited_base,
       sum(tax) filter (where document = 'credit_note') as credited_tax,
       sum(documents)::bigint as documents
  from taxed_day
 where day between :start and :end and (:currency is null or currency = :currency)
 group by 1, 2, 3, 4 having sum(documents) <> 0 order by 1, 2, 3, 4
"""


def asked(question: Question) -> Question:
    """The month before this one, where no days are given."""
    end = question.end or question.today.replace(day=1) - timedelta(days=1)
    return replace(question, start=question.start or end.replace(day=1), end=end, group_by=question.group_by or "month")


async def run(database: Database, question: Question) -> Sequence[Row]:
    rows = await fetch(database, SQL.format(group=GROUPS[question.group_by or "month"]), question)
    return [
        {"group": row["name"], "currency": row["currency"], "category": row["category"]}
        | {"rate": format_decimal(row["rate"])}
        | amounts(row, *COLUMNS)
        | {"documents": row["documents"]}
        for row in rows
    ]


REPORT: Final = Report(
    name="tax",
    row=TaxRow,
    run=run,
    asked=asked,
    takes=("from", "to", "group_by", "currency"),
    groups=tuple(GROUPS),
    examples=(
        {
            **{"group": "2026-09-01", "currency": "EUR", "category": "S", "rate": "20", "base": "990.00"},
            **{"tax": "198.00", "credited_base": "10.00", "credited_tax": "2.00", "documents": 118},
        },
    ),
)

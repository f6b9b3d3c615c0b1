"""Tax of issued documents by category (UNTDID 5305) and rate, by day of issue: what a VAT return asks for (R39).

`base` and `tax` are of invoices and debit notes less credit notes; what credit notes took off is told beside them.
What is void does not count. By default the month before today's. Amounts of different currencies are different rows.

    {"group": "2026-09-01", "currency": "EUR", "category": "S", "rate": "20", "base": "990.00", "tax": "198.00",
     "credited_base": "10.00", "credited_tax": "2.00", "documents": 118}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from services.reporting.database import Database
from services.reporting.report.drilling import between, days_of, rows_at
from services.reporting.reports.contract import Column, Question, Report, Row, amounts, fetch
from shared.kernel.decimals import format_decimal

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


async def run(database: Database, question: Question) -> Sequence[Row]:
    rows = await fetch(database, SQL.format(group=GROUPS[question.group_by or "month"]), question)
    return [
        {"group": row["name"], "currency": row["currency"], "category": row["category"]}
        | {"rate": format_decimal(row["rate"])}
        | amounts(row, *COLUMNS)
        | {"documents": row["documents"]}
        for row in rows
    ]


def drill(question: Question, row: Row) -> Mapping[str, str | None]:
    of = {name: row[name] for name in ("currency", "category", "rate")} | between(days_of(question, row["group"]))
    every = rows_at("tax-amounts", **of)
    credited = rows_at("tax-amounts", **of, document="credit_note")
    return dict.fromkeys(("base", "tax", "documents"), every) | dict.fromkeys(
        ("credited_base", "credited_tax"), credited
    )


REPORT: Final = Report(
    name="tax",
    definition="Tax of issued documents by category and rate, by day of issue.",
    columns=(
        Column("group", "text", "the first day of the month or day, or the rate"),
        Column("currency", "text", "the currency of its amounts"),
        Column("category", "text", "the category of tax (UNTDID 5305)"),
        Column("rate", "percent", "the rate"),
        Column("base", "money", "what is taxed, of invoices and debit notes less credit notes"),
        Column("tax", "money", "the tax of it"),
        Column("credited_base", "money", "what of the base credit notes took off"),
        Column("credited_tax", "money", "what of the tax credit notes took off"),
        Column("documents", "count", "documents that name this category and rate"),
    ),
    run=run,
    drill=drill,
    default_group="month",
    default_range="last_month",
    takes=("from", "to", "group_by", "currency"),
    groups=tuple(GROUPS),
    examples=(
        {
            **{"group": "2026-09-01", "currency": "EUR", "category": "S", "rate": "20", "base": "990.00"},
            **{"tax": "198.00", "credited_base": "10.00", "credited_tax": "2.00", "documents": 118},
        },
    ),
)

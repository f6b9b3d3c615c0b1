"""The hundred plans that brought most, net of tax and of credit notes, by day of issue.

What belongs to no plan (fees, discounts of a document, amounts carried forward) is in no row, and in `percent` all the
same: it is of all that was invoiced in the currency. By default the twelve months up to today.

    {"plan_id": "fibre", "currency": "EUR", "place": 1, "lines": 1180, "recurring": "39900.00", "usage": "2500.00",
     "net": "42400.00", "percent": "61.2"}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from services.reporting.database import Database
from services.reporting.report.drilling import between, rows_at
from services.reporting.reports.contract import Column, Question, Report, Row, amounts, fetch, percent

MOST: Final = 100
AMOUNTS: Final = ("recurring", "usage", "net")

SQL: Final = f"""
with plan as (
  select plan_id, currency, sum(lines)::bigint as lines, sum(net) as net,
         sum(net) filter (where kind = 'recurring') as recurring, sum(net) filter (where kind = 'usage') as usage
    from invoiced_day
   where day between :start and :end and (:currency is null or currency = :currency)
   group by 1, 2),
placed as (
  select *, row_number() over (partition by currency order by net desc, plan_id) as place
    from plan where plan_id <> '' and (lines <> 0 or net <> 0)),
everything as (select currency, sum(net) as everything from plan group by 1)
select * from placed join everything using (currency) where place <= {MOST} order by currency, place
"""


async def run(database: Database, question: Question) -> Sequence[Row]:
    return [
        {name: row[name] for name in ("plan_id", "currency", "place", "lines")}
        | amounts(row, *AMOUNTS)
        | {"percent": percent(row["net"], row["everything"])}
        for row in await fetch(database, SQL, question)
    ]


def drill(question: Question, row: Row) -> Mapping[str, str | None]:
    of = {"plan_id": row["plan_id"], "currency": row["currency"], **between(question.days)}
    return {
        "lines": rows_at("billed-lines", **of, line=True),
        "recurring": rows_at("billed-lines", **of, kind="recurring"),
        "usage": rows_at("billed-lines", **of, kind="usage"),
        "net": rows_at("billed-lines", **of),
    }


REPORT: Final = Report(
    name="top-plans",
    definition="The hundred plans that brought most, net of tax and of credit notes.",
    columns=(
        Column("plan_id", "text", "the plan"),
        Column("currency", "text", "the currency of its amounts"),
        Column("place", "count", "the place among those of its currency"),
        Column("lines", "count", "lines of documents"),
        Column("recurring", "money", "charges for a time"),
        Column("usage", "money", "charges for what was used"),
        Column("net", "money", "all that was invoiced of it, without tax, less credit notes"),
        Column(
            "percent",
            "percent",
            "the share of all that was invoiced in the currency",
            formula="net / net of everything x 100",
            nullable=True,
        ),
    ),
    run=run,
    drill=drill,
    takes=("from", "to", "currency"),
    default_range="twelve_months",
    examples=(
        {
            **{"plan_id": "fibre", "currency": "EUR", "place": 1, "lines": 1180, "recurring": "39900.00"},
            **{"usage": "2500.00", "net": "42400.00", "percent": "61.2"},
        },
    ),
)

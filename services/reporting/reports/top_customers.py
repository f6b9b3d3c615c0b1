"""The hundred customers of whom most was invoiced, net of tax and of credit notes, by month of issue.

`from` and `to` are days; the months in which they are count whole. `percent` is of all that was invoiced in that
currency, to one decimal. By default the twelve months up to today. Each currency has a hundred of its own.

    {"account_id": "acc-7", "currency": "EUR", "place": 1, "invoices": 12, "net": "1200.00", "total": "1440.00",
     "percent": "4.1"}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from services.reporting.database import Database
from services.reporting.invoiced.spans import spans
from services.reporting.report.drilling import between, month_of, rows_at
from services.reporting.reports.contract import Column, Question, Report, Row, amounts, fetch, percent

MOST: Final = 100

SQL: Final = f"""
with customer as (
  select account_id, currency, sum(invoices)::bigint as invoices, sum(net) as net, sum(total) as total
    from invoiced_account
   where (months = 12 and month = any(:years) or months = 3 and month = any(:quarters)
          or months = 1 and month = any(:single))
     and (:currency is null or currency = :currency)
   group by 1, 2),
placed as (
  select *, sum(net) over (partition by currency) as everything,
         row_number() over (partition by currency order by net desc, account_id) as place
    from customer where invoices <> 0 or net <> 0)
select * from placed where place <= {MOST} order by currency, place
"""


async def run(database: Database, question: Question) -> Sequence[Row]:
    years, quarters, single = spans(*question.days).values()
    return [
        {name: row[name] for name in ("account_id", "currency", "place", "invoices")}
        | amounts(row, "net", "total")
        | {"percent": percent(row["net"], row["everything"])}
        for row in await fetch(database, SQL, question, years=years, quarters=quarters, single=single)
    ]


def drill(question: Question, row: Row) -> Mapping[str, str | None]:
    start, end = question.days
    of = {"account_id": row["account_id"], "currency": row["currency"], **between((start, month_of(end)[1]))}
    invoices = rows_at("documents", **of, document=("invoice", "debit_note"))
    return {"invoices": invoices} | dict.fromkeys(("net", "total"), rows_at("documents", **of))


REPORT: Final = Report(
    name="top-customers",
    definition="The hundred customers of whom most was invoiced, net of tax and of credit notes.",
    columns=(
        Column("account_id", "text", "the customer"),
        Column("currency", "text", "the currency of its amounts"),
        Column("place", "count", "the place among those of its currency"),
        Column("invoices", "count", "invoices that were issued"),
        Column("net", "money", "what was invoiced, without tax, less credit notes"),
        Column("total", "money", "what was invoiced with tax, less credit notes"),
        Column(
            "percent",
            "percent",
            "the share of all that was invoiced in the currency",
            formula="net / net of all customers x 100",
            nullable=True,
        ),
    ),
    run=run,
    drill=drill,
    default_range="twelve_months",
    whole_months=True,
    takes=("from", "to", "currency"),
    examples=(
        {
            **{"account_id": "acc-7", "currency": "EUR", "place": 1, "invoices": 12, "net": "1200.00"},
            **{"total": "1440.00", "percent": "4.1"},
        },
    ),
)

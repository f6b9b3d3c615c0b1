"""The hundred customers of whom most was invoiced, net of tax and of credit notes, by month of issue.

`from` and `to` are days; the months in which they are count whole. `percent` is of all that was invoiced in that
currency, to one decimal. By default the twelve months up to today. Each currency has a hundred of its own.

    {"account_id": "acc-7", "currency": "EUR", "place": 1, "invoices": 12, "net": "1200.00", "total": "1440.00",
     "percent": "4.1"}
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pydantic import BaseModel

from services.reporting.database import Database
from services.reporting.reports.contract import Question, Report, Row, amounts, fetch, percent


class CustomerRow(BaseModel):
    """A customer; those with the same amount stand in the order of their ids."""

    account_id: str
    currency: str
    place: int
    invoices: int
    net: str
    total: str
    percent: str | None


MOST: Final = 100

SQL: Final = f"""
with customer as (
  select account_id, currency, sum(invoices)::bigint as invoices, sum(net) as net, sum(total) as total
    from invoiced_account
   where month between date_trunc('month', :start::timestamp)::date and :end
     and (:currency is null or currency = :currency)
   group by 1, 2),
placed as (
  select *, sum(net) over (partition by currency) as everything,
         row_number() over (partition by currency order by net desc, account_id) as place
    from customer where invoices <> 0 or net <> 0)
select * from placed where place <= {MOST} order by currency, place
"""


def asked(question: Question) -> Question:
    end = question.end or question.today
    return replace(question, start=question.start or end.replace(year=end.year - 1, day=1), end=end)


async def run(database: Database, question: Question) -> Sequence[Row]:
    return [
        {name: row[name] for name in ("account_id", "currency", "place", "invoices")}
        | amounts(row, "net", "total")
        | {"percent": percent(row["net"], row["everything"])}
        for row in await fetch(database, SQL, question)
    ]


REPORT: Final = Report(
    name="top-customers",
    row=CustomerRow,
    run=run,
    asked=asked,
    takes=("from", "to", "currency"),
    examples=(
        {
            **{"account_id": "acc-7", "currency": "EUR", "place": 1, "invoices": 12, "net": "1200.00"},
            **{"total": "1440.00", "percent": "4.1"},
        },
    ),
)

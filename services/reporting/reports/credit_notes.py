"""Credit notes by day of issue and the reason that was given: how many, for how much, and beside what was invoiced.

`percent_of_invoiced` is their net of what was invoiced net in the same days, to one decimal; null where nothing was.
By default the twelve months up to today. Amounts of different currencies are different rows.

    {"group": "service_outage", "currency": "EUR", "notes": 4, "net": "40.00", "tax": "8.00", "total": "48.00",
     "percent_of_invoiced": "3.2"}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from services.reporting.database import Database
from services.reporting.report.drilling import between, days_of, rows_at
from services.reporting.reports.contract import Column, Question, Report, Row, amounts, fetch, percent

GROUPS: Final = {
    "reason": "reason",
    "month": "date_trunc('month', day::timestamp)::date::text",
    "day": "day::text",
}

SQL: Final = """
with note as (
  select {group} as name, currency, sum(notes)::bigint as notes, sum(net) as net, sum(tax) as tax, sum(total) as total
    from credited_day
   where day between :start and :end and (:currency is null or currency = :currency)
   group by 1, 2),
invoiced as (
  select {of} as name, currency, sum(base) as net
    from taxed_day where document = 'invoice' and day between :start and :end group by 1, 2)
select n.*, i.net as invoiced
  from note n left join invoiced i on i.currency = n.currency and (i.name is null or i.name = n.name)
 order by n.name, n.currency
"""


async def run(database: Database, question: Question) -> Sequence[Row]:
    by = question.group_by or "reason"
    # A reason is beside everything that was invoiced, a month beside what was invoiced in it.
    sql = SQL.format(group=GROUPS[by], of="null::text" if by == "reason" else GROUPS[by])
    return [
        {"group": row["name"], "currency": row["currency"], "notes": row["notes"]}
        | amounts(row, "net", "tax", "total")
        | {"percent_of_invoiced": percent(row["net"], row["invoiced"] or Decimal(0))}
        for row in await fetch(database, sql, question)
    ]


def drill(question: Question, row: Row) -> Mapping[str, str | None]:
    reason = row["group"] if question.group_by == "reason" else None
    of = {"status": "issued", "currency": row["currency"], "reason": reason}
    notes = rows_at("/v1/credit-notes", **of, **between(days_of(question, row["group"])))
    return dict.fromkeys(("notes", "net", "tax", "total"), notes)


REPORT: Final = Report(
    name="credit-notes",
    definition="Credit notes by day of issue and by reason, beside what was invoiced.",
    columns=(
        Column("group", "text", "the reason, or the first day of the month or day"),
        Column("currency", "text", "the currency of its amounts"),
        Column("notes", "count", "credit notes that were issued"),
        Column("net", "money", "what they take off, without tax"),
        Column("tax", "money", "the tax that they take off"),
        Column("total", "money", "what they take off", formula="net + tax"),
        Column(
            "percent_of_invoiced",
            "percent",
            "their share of what was invoiced in the same days",
            formula="net of credit notes / net of invoices x 100",
            nullable=True,
        ),
    ),
    run=run,
    drill=drill,
    default_group="reason",
    default_range="twelve_months",
    takes=("from", "to", "group_by", "currency"),
    groups=tuple(GROUPS),
    examples=(
        {
            **{"group": "service_outage", "currency": "EUR", "notes": 4, "net": "40.00", "tax": "8.00"},
            **{"total": "48.00", "percent_of_invoiced": "3.2"},
        },
    ),
)

"""What was invoiced, net of tax, by date of issue: recurring charges, usage, true-ups, and what was carried forward or
discounted (`other`, of no plan). Credit notes count below zero, on the day they were issued; what is void does not.

`from` and `to` are days of issue, both included; by default the twelve months up to today. `group` is the month's (or
day's) first date, or the id that was grouped by. Amounts of different currencies are different rows.

    {"group": "2026-09-01", "currency": "EUR", "recurring": "990.00", "usage": "250.00", "true_up": "0.00",
     "other": "0.00", "net": "1240.00", "lines": 118}
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from services.reporting.database import Database
from services.reporting.reports.contract import Column, Question, Report, Row, amounts, fetch

BY_DAY: Final = {
    "month": "date_trunc('month', d.day::timestamp)::date::text",
    "day": "d.day::text",
    "plan": "d.plan_id",
    "meter": "d.meter",
}
"""Of sums that are kept by day."""
BY_LINE: Final = {"account": "l.account_id", "subscription": "coalesce(l.subscription_id, '')"}
"""Of the documents' lines themselves."""
GROUPS: Final = {**BY_DAY, **BY_LINE}

SUMS: Final = """
select {group} as name, d.currency,
       sum(d.net) filter (where d.kind = 'recurring') as recurring,
       sum(d.net) filter (where d.kind = 'usage') as usage,
       sum(d.net) filter (where d.kind = 'true_up') as true_up,
       sum(d.net) filter (where d.kind not in ('recurring', 'usage', 'true_up')) as other,
       sum(d.net) as net, sum(d.lines)::bigint as lines
  from invoiced_day d
 where d.day between :start and :end and (:currency is null or d.currency = :currency)
 group by 1, 2 having sum(d.lines) <> 0 or sum(d.net) <> 0 order by 1, 2
"""

LINES: Final = """
with line as (
  select i.account_id, i.currency, l.subscription_id, l.kind, l.net
    from invoice_row i
    join invoice_line_row l on l.partition = i.partition and l.invoice_id = i.invoice_id
   where i.status = 'issued' and i.issued_on between :start and :end
  union all
  select i.account_id, i.currency, null, 'discount', -(a.allowance ->> 'amount')::numeric
    from invoice_row i cross join lateral jsonb_array_elements(i.allowances) as a (allowance)
   where i.status = 'issued' and i.issued_on between :start and :end
  union all
  select n.account_id, n.currency, l.subscription_id, l.kind, -l.net
    from credit_note_row n
    join credit_note_line_row l on l.partition = n.partition and l.credit_note_id = n.credit_note_id
   where n.issued_on between :start and :end
)
select {group} as name, l.currency,
       sum(l.net) filter (where l.kind = 'recurring') as recurring,
       sum(l.net) filter (where l.kind = 'usage') as usage,
       sum(l.net) filter (where l.kind = 'true_up') as true_up,
       sum(l.net) filter (where l.kind not in ('recurring', 'usage', 'true_up')) as other,
       sum(l.net) as net, count(*) filter (where l.kind <> 'discount') as lines
  from line l
 where :currency is null or l.currency = :currency
 group by 1, 2 order by 1, 2
"""


async def run(database: Database, question: Question) -> Sequence[Row]:
    group = question.group_by or "month"
    sql = SUMS if group in BY_DAY else LINES
    rows = await fetch(database, sql.format(group=GROUPS[group]), question)
    columns = ("recurring", "usage", "true_up", "other", "net")
    return [
        {"group": row["name"], "currency": row["currency"], **amounts(row, *columns), "lines": row["lines"]}
        for row in rows
    ]


REPORT: Final = Report(
    name="revenue",
    definition="What was invoiced, net of tax and of credit notes, by date of issue.",
    columns=(
        Column("group", "text", "the first day of the month or day, or the id that was grouped by"),
        Column("currency", "text", "the currency of its amounts"),
        Column("recurring", "money", "charges for a time"),
        Column("usage", "money", "charges for what was used"),
        Column("true_up", "money", "corrections of charges"),
        Column("other", "money", "whatever else: one-time charges, fees, discounts, amounts carried forward"),
        Column("net", "money", "what was invoiced, without tax", formula="recurring + usage + true_up + other"),
        Column("lines", "count", "lines of documents"),
    ),
    run=run,
    default_group="month",
    default_range="twelve_months",
    takes=("from", "to", "group_by", "currency"),
    groups=tuple(GROUPS),
    examples=(
        {
            **{"group": "2026-09-01", "currency": "EUR", "recurring": "990.00", "usage": "250.00", "true_up": "0.00"},
            **{"other": "0.00", "net": "1240.00", "lines": 118},
        },
    ),
)

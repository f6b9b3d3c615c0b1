"""What was invoiced, net of tax, by date of issue: recurring charges, usage, true-ups, one-time charges, and what was
carried forward or discounted (`other`, of no plan). Credit notes count below zero, on the day they were issued; what
is void does not. `service` is what the latest version of the plan says, `region` the smallest tax jurisdiction of the
document.

`from` and `to` are days of issue, both included; by default the twelve months up to today. `group` is the month's (or
day's) first date, or the id that was grouped by. Amounts of different currencies are different rows.

    {"group": "2026-09-01", "currency": "EUR", "recurring": "990.00", "usage": "250.00", "true_up": "0.00",
     "one_time": "0.00", "other": "0.00", "net": "1240.00", "lines": 118}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from services.reporting.database import Database
from services.reporting.report.drilling import between, days_of, rows_at
from services.reporting.reports.contract import Column, Question, Report, Row, amounts, fetch
from shared.http.problems import BadParameter

BY_DAY: Final = {
    "month": "date_trunc('month', d.day::timestamp)::date::text",
    "day": "d.day::text",
    "plan": "d.plan_id",
    "meter": "d.meter",
    "service": "coalesce(s.service_id, '')",
    "region": "d.region",
    "kind": "d.kind",
}
"""Of sums that are kept by day."""
BY_LINE: Final = {"account": "l.account_id", "subscription": "coalesce(l.subscription_id, '')"}
"""Of the documents' lines themselves."""
GROUPS: Final = {**BY_DAY, **BY_LINE}
FILTERS: Final = {
    **{"plan": "plan_id", "meter": "meter", "service": "service_id", "region": "region", "kind": "kind"},
    **{"account": "account_id", "subscription": "subscription_id"},
}
"""What the list of lines calls a group."""
KINDS: Final = ("recurring", "usage", "true_up", "one_time")

SUMS: Final = """
select {group} as name, d.currency,
       sum(d.net) filter (where d.kind = 'recurring') as recurring,
       sum(d.net) filter (where d.kind = 'usage') as usage,
       sum(d.net) filter (where d.kind = 'true_up') as true_up,
       sum(d.net) filter (where d.kind = 'one_time') as one_time,
       sum(d.net) filter (where d.kind not in ('recurring', 'usage', 'true_up', 'one_time')) as other,
       sum(d.net) as net, sum(d.lines)::bigint as lines
  from invoiced_day d left join plan_service s on s.plan_id = d.plan_id
 where d.day between :start and :end and (:currency is null or d.currency = :currency)
 group by 1, 2 having sum(d.lines) <> 0 or sum(d.net) <> 0 order by 1, 2 limit :rows_max + 1
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
       sum(l.net) filter (where l.kind = 'one_time') as one_time,
       sum(l.net) filter (where l.kind not in ('recurring', 'usage', 'true_up', 'one_time')) as other,
       sum(l.net) as net, count(*) filter (where l.kind <> 'discount') as lines
  from line l
 where :currency is null or l.currency = :currency
 group by 1, 2 order by 1, 2 limit :rows_max + 1
"""


DOCUMENTS: Final = """
select coalesce(sum(invoices), 0)::bigint as documents from invoice_sum
 where status = 'issued' and issued_on between :start and :end and (:currency is null or currency = :currency)
"""
DOCUMENTS_MAX: Final = 250_000
"""So many documents are summed line by line in about a second."""


async def _check(database: Database, question: Question) -> None:
    """Raises `BadParameter` where lines of too many documents would be summed for an answer."""
    (row,) = await fetch(database, DOCUMENTS, question)
    if row["documents"] > DOCUMENTS_MAX:
        detail = (
            f"{row['documents']} documents were issued on these days; by account or subscription at most"
            f" {DOCUMENTS_MAX} are summed: ask for fewer days or one currency"
        )
        raise BadParameter("group_by", detail, code="too_many_rows")


async def run(database: Database, question: Question) -> Sequence[Row]:
    group = question.group_by or "month"
    if group in BY_LINE:
        await _check(database, question)
    sql = SUMS if group in BY_DAY else LINES
    rows = await fetch(database, sql.format(group=GROUPS[group]), question)
    columns = (*KINDS, "other", "net")
    return [
        {"group": row["name"], "currency": row["currency"], **amounts(row, *columns), "lines": row["lines"]}
        for row in rows
    ]


def drill(question: Question, row: Row) -> Mapping[str, str | None]:
    group_by = question.group_by or "month"
    of = {"currency": row["currency"], **between(days_of(question, row["group"]))}
    if group_by in FILTERS:
        of[FILTERS[group_by]] = row["group"]
    found = {"net": rows_at("billed-lines", **of), "lines": rows_at("billed-lines", **of, line=True)}
    if group_by != "kind":
        found |= {kind: rows_at("billed-lines", **of, kind=kind) for kind in KINDS}
        found["other"] = rows_at("billed-lines", **of, not_kind=",".join(KINDS))
    return found


REPORT: Final = Report(
    name="revenue",
    definition="What was invoiced, net of tax and of credit notes, by date of issue.",
    about="Credit notes count below zero, on the day they were issued; an invoice that is void does not count. A plan"
    " is of the service that its latest version says, a document of the smallest tax jurisdiction that it is taxed in.",
    columns=(
        Column("group", "text", "the first day of the month or day, or the id that was grouped by"),
        Column("currency", "text", "the currency of its amounts"),
        Column("recurring", "money", "charges for a time"),
        Column("usage", "money", "charges for what was used"),
        Column("true_up", "money", "corrections of charges"),
        Column("one_time", "money", "charges that are made once"),
        Column("other", "money", "whatever else: fees, discounts, amounts carried forward"),
        Column("net", "money", "what was invoiced, without tax", "recurring + usage + true_up + one_time + other"),
        Column("lines", "count", "lines of documents"),
    ),
    run=run,
    drill=drill,
    default_group="month",
    default_range="twelve_months",
    takes=("from", "to", "group_by", "currency"),
    groups=tuple(GROUPS),
    examples=(
        {
            **{"group": "2026-09-01", "currency": "EUR", "recurring": "990.00", "usage": "250.00", "true_up": "0.00"},
            **{"one_time": "0.00", "other": "0.00", "net": "1240.00", "lines": 118},
        },
    ),
)

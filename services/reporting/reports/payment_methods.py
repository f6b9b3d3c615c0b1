"""How customers pay: by method, what came in and what went out again, and how many tries succeeded.

`collected` is what came in, less what was recorded in error; `returned` is what was refunded or charged back, less
chargebacks that were won. `success_percent` is of the tries that ended, to one decimal: hard declines and soft failures
are the others. By default the twelve months up to today. Amounts of different currencies are different rows.

    {"group": "card", "currency": "EUR", "collected": "990.00", "returned": "20.00", "payments": 31, "declined": 2,
     "failed": 3, "success_percent": "86.1"}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from services.reporting.database import Database
from services.reporting.report.drilling import between, days_of, rows_at
from services.reporting.reports.contract import Column, Question, Report, Row, amounts, fetch, percent

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
       coalesce(sum(payments) filter (where outcome = 'reversed'), 0)::bigint as reversed,
       sum(case outcome when 'declined' then payments else 0 end)::bigint as declined,
       sum(case outcome when 'failed' then payments else 0 end)::bigint as failed
  from payment_day
 where day between :start and :end and (:currency is null or currency = :currency)
 group by 1, 2 order by 1, 2
"""


async def run(database: Database, question: Question) -> Sequence[Row]:
    rows = await fetch(database, SQL.format(group=GROUPS[question.group_by or "method"]), question)
    return [
        {"group": row["name"], "currency": row["currency"]}
        | amounts(row, "collected", "returned")
        | {name: row[name] for name in ("payments", "declined", "failed", "reversed")}
        | {"success_percent": percent(Decimal(row["payments"]), _ended(row))}
        for row in rows
    ]


def _ended(row: Row) -> Decimal:
    return Decimal(row["payments"] + row["declined"] + row["failed"])


def drill(question: Question, row: Row) -> Mapping[str, str | None]:
    method = row["group"] if question.group_by == "method" else None
    of = {"currency": row["currency"], "method": method, **between(days_of(question, row["group"]))}
    outcomes: dict[str, str | tuple[str, ...]] = {
        "collected": ("succeeded", "reversed"),
        "returned": ("refunded", "charged_back", "chargeback_reversed"),
        **{"declined": "declined", "failed": "failed"},
    }
    if not row["reversed"]:  # one that was recorded in error takes back a row, and is one
        outcomes["payments"] = ("succeeded",)
    return {name: rows_at("payment-events", **of, outcome=outcome) for name, outcome in outcomes.items()}


REPORT: Final = Report(
    name="payment-methods",
    definition="How customers pay: what came in by which method, and how many tries succeeded.",
    columns=(
        Column("group", "text", "the method, or the first day of the month or day"),
        Column("currency", "text", "the currency of its amounts"),
        Column("collected", "money", "what came in, less what was recorded in error"),
        Column("returned", "money", "what was refunded or charged back, less chargebacks that were won"),
        Column("payments", "count", "payments that came in, less those recorded in error"),
        Column("declined", "count", "tries that failed for good"),
        Column("failed", "count", "tries that failed and may be repeated"),
        Column(
            "success_percent",
            "percent",
            "how many of the tries that ended succeeded",
            formula="payments / (payments + declined + failed) x 100",
            nullable=True,
        ),
    ),
    run=run,
    drill=drill,
    default_group="method",
    default_range="twelve_months",
    takes=("from", "to", "group_by", "currency"),
    groups=tuple(GROUPS),
    examples=(
        {
            **{"group": "card", "currency": "EUR", "collected": "990.00", "returned": "20.00", "payments": 31},
            **{"declined": 2, "failed": 3, "success_percent": "86.1"},
        },
    ),
)

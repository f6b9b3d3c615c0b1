"""How accurate billing was: what had to be credited, as a part of what was invoiced, by month of issue.

A month in which nothing was credited is at 0.0 %. A credit note counts in its own month, whichever month its invoice is
of. By default the twelve months up to today.

    {"month": "2026-10", "currency": "EUR", "invoiced": "5000.00", "credited": "12.50", "notes": 2,
     "credited_percent": "0.3"}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from services.reporting.database import Database
from services.reporting.figures.drills import credited_rows, invoiced_rows
from services.reporting.figures.money import money_by_month
from services.reporting.report.drilling import month_of
from services.reporting.reports.contract import Column, Question, Report, Row, amounts


async def run(database: Database, question: Question) -> Sequence[Row]:
    rows: list[Row] = []
    for currency, months in (await money_by_month(database, question)).items():
        for month in months.values():
            if month.invoiced or month.notes:
                money = {"currency": currency, "invoiced": month.invoiced, "credited": month.credited}
                shown = {
                    "month": f"{month.first:%Y-%m}",
                    "currency": currency,
                    **amounts(money, "invoiced", "credited"),
                }
                rows.append({**shown, "notes": month.notes, "credited_percent": month.credited_percent})
    return sorted(rows, key=lambda row: (row["month"], row["currency"]))


def drill(question: Question, row: Row) -> Mapping[str, str | None]:
    first, last = month_of(date.fromisoformat(row["month"] + "-01"))
    days, currency = (first, min(last, question.days[1])), row["currency"]
    notes = credited_rows(days, currency)
    return {"invoiced": invoiced_rows(days, currency), "credited": notes, "notes": notes}


REPORT: Final = Report(
    name="billing-accuracy",
    definition="What had to be credited, as a part of what was invoiced.",
    columns=(
        Column("month", "month", "the month of issue"),
        Column("currency", "text", "the currency of its amounts"),
        Column("invoiced", "money", "totals of invoices that were issued in the month and are not void"),
        Column("credited", "money", "totals of credit notes that were issued in it"),
        Column("notes", "count", "credit notes that were issued in it"),
        Column("credited_percent", "percent", "how much was credited", "credited / invoiced x 100", nullable=True),
    ),
    run=run,
    drill=drill,
    takes=("from", "to", "currency"),
    default_range="twelve_months",
    whole_months=True,
    examples=(
        {
            **{"month": "2026-10", "currency": "EUR", "invoiced": "5000.00", "credited": "12.50", "notes": 2},
            "credited_percent": "0.3",
        },
    ),
)

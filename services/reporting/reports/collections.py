"""What was invoiced and what came in, by month of issue and of receipt, and how long customers take to pay.

`collected` is of whatever invoices, so a month may collect more than it invoiced. DSO (days sales outstanding) is
counted back from the month's last day, or from the last day asked for:

    outstanding 80.00, invoiced in the ninety days before 150.00     80.00 x 90 / 150.00 = 48.0 days

    {"month": "2026-10", "currency": "EUR", "invoiced": "50.00", "credited": "0.00", "collected": "40.00",
     "collection_percent": "80.0", "outstanding": "80.00", "overdue": "30.00", "overdue_percent": "37.5", "dso": "48.0"}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from services.reporting.database import Database
from services.reporting.figures.drills import collected_rows, credited_rows, invoiced_rows, open_rows, overdue_rows
from services.reporting.figures.money import DSO_DAYS, money_by_month
from services.reporting.report.drilling import month_of
from services.reporting.reports.contract import Column, Question, Report, Row, amounts

AMOUNTS: Final = ("invoiced", "credited", "collected", "outstanding", "overdue")


async def run(database: Database, question: Question) -> Sequence[Row]:
    rows: list[Row] = []
    for currency, months in (await money_by_month(database, question)).items():
        for month in months.values():
            money = amounts({"currency": currency, **{name: getattr(month, name) for name in AMOUNTS}}, *AMOUNTS)
            shares = ("collection_percent", "overdue_percent", "dso")
            row = {"month": f"{month.first:%Y-%m}", "currency": currency, **money}
            rows.append(row | {name: getattr(month, name) for name in shares})
    return sorted(rows, key=lambda row: (row["month"], row["currency"]))


def drill(question: Question, row: Row) -> Mapping[str, str | None]:
    first, last = month_of(date.fromisoformat(row["month"] + "-01"))
    days, currency = (first, min(last, question.days[1])), row["currency"]
    return {
        "invoiced": invoiced_rows(days, currency),
        "credited": credited_rows(days, currency),
        "collected": collected_rows(days, currency),
        "outstanding": open_rows(question, days, currency),
        "overdue": overdue_rows(question, days, currency),
    }


REPORT: Final = Report(
    name="collections",
    definition="What was invoiced and what came in, by month, and how many days of invoices are outstanding.",
    about="What came in may be for invoices of any month.",
    columns=(
        Column("month", "month", "the month"),
        Column("currency", "text", "the currency of its amounts"),
        Column("invoiced", "money", "totals of invoices that were issued in the month and are not void"),
        Column("credited", "money", "totals of credit notes that were issued in it"),
        Column("collected", "money", "money that came in, less what went back"),
        Column(
            "collection_percent",
            "percent",
            "what came in, of what was invoiced",
            formula="collected / (invoiced - credited) x 100",
            nullable=True,
        ),
        Column("outstanding", "money", "what was open at its end", adds_up=False),
        Column("overdue", "money", "what of it was past its due date", adds_up=False),
        Column("overdue_percent", "percent", "how much of it", "overdue / outstanding x 100", nullable=True),
        Column(
            "dso",
            "days",
            "days sales outstanding: how many days of invoices are open at its end",
            formula=f"outstanding x {DSO_DAYS} / invoiced in the {DSO_DAYS} days before",
            nullable=True,
        ),
    ),
    run=run,
    drill=drill,
    takes=("from", "to", "currency"),
    default_range="twelve_months",
    whole_months=True,
    examples=(
        {
            **{"month": "2026-10", "currency": "EUR", "invoiced": "50.00", "credited": "0.00", "collected": "40.00"},
            **{"collection_percent": "80.0", "outstanding": "80.00", "overdue": "30.00", "overdue_percent": "37.5"},
            "dso": "48.0",
        },
    ),
)

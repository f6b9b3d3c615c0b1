"""Monthly recurring revenue and how it moved: what came with new accounts, what grew and shrank, what was lost.

`opening` + `new` + `expansion` + `reactivation` - `contraction` - `churn` = `closing`, to the cent. An account's first
subscription is new, its next ones expand it, its last one that ends is churn; one that comes back is a reactivation.
Another plan, quantity or version of a plan expands or contracts. What counts is said in figures/recurring.py.

    {"month": "2026-10", "currency": "EUR", "opening": "119.70", "new": "39.90", "expansion": "0.00",
     "contraction": "0.00", "churn": "39.90", "reactivation": "0.00", "closing": "119.70", "churn_percent": "33.3",
     "accounts": 3, "arpu": "39.90"}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from services.reporting.database import Database
from services.reporting.figures.recurring import PARTS, recurring_by_month
from services.reporting.report.drilling import between, month_of, rows_at
from services.reporting.reports.contract import Column, Question, Report, Row


async def run(database: Database, question: Question) -> Sequence[Row]:
    rows = [
        {"month": f"{month.first:%Y-%m}", "currency": currency}
        | {name: month.amount(name) for name in ("opening", *PARTS, "closing")}
        | {"churn_percent": month.churn_percent, "accounts": month.accounts, "arpu": month.arpu}
        | {"repriced": month.repriced}
        for currency, months in (await recurring_by_month(database, question)).items()
        for month in months.values()
        if month.opening or month.parts
    ]
    return sorted(rows, key=lambda row: (row["month"], row["currency"]))


def drill(question: Question, row: Row) -> Mapping[str, str | None]:
    """Changes of the month, each at its price on its day; what is in force, only as of today."""
    first, last = month_of(date.fromisoformat(row["month"] + "-01"))
    days, currency = (first, min(last, question.days[1])), row["currency"]
    found: dict[str, str | None] = {
        part: rows_at("recurring-changes", currency=currency, part=part, **between(days))
        for part in PARTS
        if not (row["repriced"] and part in ("expansion", "contraction"))
    }
    if first <= question.today == days[1]:
        found["closing"] = rows_at("recurring-subscriptions", currency=currency)
    return found


REPORT: Final = Report(
    name="mrr",
    definition="Monthly recurring revenue: what it was, what came to it, what was lost, and what it is.",
    about="A subscription counts from the first day that its prices cost something (its trial is over) until it ends,"
    " whether or not its service rests, with the flat prices of its plan's version in force, times its quantity. A"
    " price of a quarter counts a third of itself, one of a year a twelfth, one of n days 365.25 / 12 / n; one without"
    " an interval is of the account's billing cycle. Usage, charges that are made once, discounts and tax do not count;"
    " a price that includes tax counts as it is written. Who goes over to another subscription on a day is not lost.",
    columns=(
        Column("month", "month", "the month"),
        Column("currency", "text", "the currency of its amounts"),
        Column("opening", "money", "recurring revenue of a month when it began", adds_up=False),
        Column("new", "money", "of accounts that never had a subscription before"),
        Column("expansion", "money", "more of accounts that had one: other plans, more of them, higher prices"),
        Column("contraction", "money", "less of accounts that still have one"),
        Column("churn", "money", "of accounts whose last subscription ended"),
        Column("reactivation", "money", "of accounts that had one once and have one again"),
        Column(
            "closing",
            "money",
            "recurring revenue of a month at its end",
            "opening + new + expansion + reactivation - contraction - churn",
            adds_up=False,
        ),
        Column("churn_percent", "percent", "how much was lost", "churn / opening x 100", nullable=True),
        Column("accounts", "count", "accounts that had a subscription at its end", adds_up=False),
        Column("arpu", "money", "average revenue per user", "closing / accounts", nullable=True, adds_up=False),
    ),
    run=run,
    drill=drill,
    takes=("from", "to", "currency"),
    default_range="twelve_months",
    whole_months=True,
    examples=(
        {
            **{"month": "2026-10", "currency": "EUR", "opening": "119.70", "new": "39.90", "expansion": "0.00"},
            **{"contraction": "0.00", "churn": "39.90", "reactivation": "0.00", "closing": "119.70"},
            **{"churn_percent": "33.3", "accounts": 3, "arpu": "39.90"},
        },
    ),
)

"""Revenue that is earned and not billed yet (R59), by month: usage and other charges in arrears.

A charge of a closed period is earned on the days of its service and owed when its invoice is issued. `opening` +
`earned` - `billed` = `closing`. What open periods would cost is no revenue yet: `GET /v1/accounts/{id}/unbilled` says
it for an account. The entries behind a row: `/v1/journal?account=unbilled_revenue` with its days, and its plan.

    {"month": "2026-10", "currency": "EUR", "plan_id": null, "opening": "0.00", "earned": "12.40", "billed": "0.00",
     "closing": "12.40", "recognised": "12.40"}

`recognised` is all revenue of the month, of whatever kind. By default the twelve months up to this one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from services.reporting.database import Database
from services.reporting.journal.by_month import GROUPS, UNBILLED, by_month
from services.reporting.report.drilling import between, month_of, rows_at
from services.reporting.reports.contract import Column, Question, Report, Row

ACCRUALS: Final = ("accrual", "accrual_reversed")


async def run(database: Database, question: Question) -> Sequence[Row]:
    return await by_month(database, question, UNBILLED)


def drill(question: Question, row: Row) -> Mapping[str, str | None]:
    month = month_of(date.fromisoformat(row["month"] + "-01"))
    about = {"currency": row["currency"], "plan_id": row.get("plan_id")}
    of = {**about, "account": "unbilled_revenue"}
    return {
        "opening": rows_at("postings", **of, to=month[0] - timedelta(days=1)),
        "earned": rows_at("postings", **of, **between(month), kind=ACCRUALS),
        "billed": rows_at("postings", **of, **between(month), not_kind=",".join(ACCRUALS)),
        "closing": rows_at("postings", **of, to=month[1]),
        "recognised": rows_at("postings", **about, **between(month), account=("revenue", "late_fees")),
    }


REPORT: Final = Report(
    name="unbilled",
    definition="Revenue that is earned and not billed yet, by month.",
    columns=(
        Column("month", "month", "the month"),
        Column("currency", "text", "the currency of its amounts"),
        Column("plan_id", "text", "the plan, with `group_by=plan`; empty for what has none", optional=True),
        Column("opening", "money", "what was earned and not billed when the month began", adds_up=False),
        Column("earned", "money", "what was earned in it before it was billed"),
        Column("billed", "money", "what of it was billed in the month"),
        Column("closing", "money", "what is unbilled at its end", formula="opening + earned - billed", adds_up=False),
        Column("recognised", "money", "all revenue of the month, of whatever kind"),
    ),
    run=run,
    drill=drill,
    default_group="month",
    default_range="twelve_months",
    whole_months=True,
    takes=("from", "to", "group_by", "currency"),
    groups=GROUPS,
    examples=(
        {
            **{"month": "2026-10", "currency": "EUR", "plan_id": "home", "opening": "0.00", "earned": "12.40"},
            **{"billed": "0.00", "closing": "12.40", "recognised": "12.40"},
        },
    ),
)

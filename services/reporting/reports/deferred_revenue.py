"""Revenue that is billed and not earned yet (R59), by month: what of it was earned, and what is left at the end.

An amount that is billed in advance is deferred when it is issued, and released day by day of its service, the last day
taking the residue; a credit note takes back by the same days. `opening` + `deferred` - `released` = `closing`. Months
to come show what is going to be earned if nothing else is billed. The entries behind a row:
`/v1/journal?account=deferred_revenue` with its days, and its plan.

    {"month": "2026-11", "currency": "EUR", "plan_id": null, "opening": "0.00", "deferred": "92.00",
     "released": "30.00", "closing": "62.00", "recognised": "42.40"}

`recognised` is all revenue of the month, of whatever kind. By default the twelve months up to this one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from services.reporting.database import Database
from services.reporting.journal.by_month import DEFERRED, GROUPS, by_month
from services.reporting.report.drilling import between, month_of, rows_at
from services.reporting.reports.contract import Column, Question, Report, Row


async def run(database: Database, question: Question) -> Sequence[Row]:
    return await by_month(database, question, DEFERRED)


def drill(question: Question, row: Row) -> Mapping[str, str | None]:
    month = month_of(date.fromisoformat(row["month"] + "-01"))
    about = {"currency": row["currency"], "plan_id": row.get("plan_id")}
    of = {**about, "account": "deferred_revenue"}
    return {
        "opening": rows_at("postings", **of, to=month[0] - timedelta(days=1)),
        "deferred": rows_at("postings", **of, **between(month), not_kind="release"),
        "released": rows_at("postings", **of, **between(month), kind="release"),
        "closing": rows_at("postings", **of, to=month[1]),
        "recognised": rows_at("postings", **about, **between(month), account=("revenue", "late_fees")),
    }


REPORT: Final = Report(
    name="deferred-revenue",
    definition="Revenue that is billed and not earned yet, by month.",
    columns=(
        Column("month", "month", "the month"),
        Column("currency", "text", "the currency of its amounts"),
        Column("plan_id", "text", "the plan, with `group_by=plan`; empty for what has none", optional=True),
        Column("opening", "money", "what was deferred when the month began", adds_up=False),
        Column("deferred", "money", "what was billed in it and is earned later"),
        Column("released", "money", "what of it was earned in the month"),
        Column("closing", "money", "what is deferred at its end", "opening + deferred - released", adds_up=False),
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
            **{"month": "2026-11", "currency": "EUR", "plan_id": "home", "opening": "0.00", "deferred": "92.00"},
            **{"released": "30.00", "closing": "62.00", "recognised": "42.40"},
        },
    ),
)

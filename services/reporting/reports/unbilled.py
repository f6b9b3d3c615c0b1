"""Revenue that is earned and not billed yet (R59), by month: usage and other charges in arrears.

A charge of a closed period is earned on the days of its service and owed when its invoice is issued. `opening` +
`earned` - `billed` = `closing`. What open periods would cost is no revenue yet: `GET /v1/accounts/{id}/unbilled` says
it for an account. The entries behind a row: `/v1/journal?account=unbilled_revenue` with its days, and its plan.

    {"month": "2026-10", "currency": "EUR", "plan_id": null, "opening": "0.00", "earned": "12.40", "billed": "0.00",
     "closing": "12.40", "recognised": "12.40"}

`recognised` is all revenue of the month, of whatever kind. By default the twelve months up to this one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pydantic import BaseModel, Field

from services.reporting.database import Database
from services.reporting.journal.by_month import GROUPS, UNBILLED, asked, by_month
from services.reporting.reports.contract import Question, Report, Row


class UnbilledRow(BaseModel):
    """A month: what was earned in it before it was billed, what of that was billed, and what is unbilled at its end."""

    month: str
    currency: str
    plan_id: str | None = Field(default=None, description="With `group_by=plan`; empty for what has none.")
    opening: str
    earned: str
    billed: str
    closing: str
    recognised: str


async def run(database: Database, question: Question) -> Sequence[Row]:
    return await by_month(database, question, UNBILLED)


REPORT: Final = Report(
    name="unbilled",
    row=UnbilledRow,
    run=run,
    asked=asked,
    takes=("from", "to", "group_by", "currency"),
    groups=GROUPS,
    examples=(
        {
            **{"month": "2026-10", "currency": "EUR", "plan_id": "home", "opening": "0.00", "earned": "12.40"},
            **{"billed": "0.00", "closing": "12.40", "recognised": "12.40"},
        },
    ),
)

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

from collections.abc import Sequence
from typing import Final

from pydantic import BaseModel, Field

from services.reporting.database import Database
from services.reporting.journal.by_month import DEFERRED, GROUPS, asked, by_month
from services.reporting.reports.contract import Question, Report, Row


class DeferredRow(BaseModel):
    """A month: what was deferred in it and released, and what is deferred at its end."""

    month: str
    currency: str
    plan_id: str | None = Field(default=None, description="With `group_by=plan`; empty for what has none.")
    opening: str
    deferred: str
    released: str
    closing: str
    recognised: str


async def run(database: Database, question: Question) -> Sequence[Row]:
    return await by_month(database, question, DEFERRED)


REPORT: Final = Report(
    name="deferred-revenue",
    row=DeferredRow,
    run=run,
    asked=asked,
    takes=("from", "to", "group_by", "currency"),
    groups=GROUPS,
    examples=(
        {
            **{"month": "2026-11", "currency": "EUR", "plan_id": "home", "opening": "0.00", "deferred": "92.00"},
            **{"released": "30.00", "closing": "62.00", "recognised": "42.40"},
        },
    ),
)

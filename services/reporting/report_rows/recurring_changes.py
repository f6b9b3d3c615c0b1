"""Changes of recurring revenue: what subscriptions began, changed and ended, at their prices on that day."""

from __future__ import annotations

from typing import Final

from services.reporting.figures.recurring import PARTS
from services.reporting.recurring.prices import monthly
from services.reporting.report_rows.contract import BY_DAY, Column, Filter, RowList

_BEFORE: Final = monthly("r.plan_before", "r.version_before", "r.day", "r.frequency")
_AFTER: Final = monthly("r.plan_id", "r.plan_version", "r.day", "r.frequency")

LIST: Final = RowList(
    name="recurring-changes",
    definition="Changes of recurring revenue by subscription, at the prices of their day.",
    columns=(
        Column("day", "date", "the first day on which it counts"),
        Column("subscription_id", "text", "the subscription"),
        Column("account_id", "text", "the account"),
        Column("part", "text", "new, expansion, contraction, churn or reactivation"),
        Column("plan_before", "text", "the plan before; empty for what began"),
        Column("quantity_before", "count", "how many of it"),
        Column("plan_id", "text", "the plan from then on; empty for what ended"),
        Column("quantity", "count", "how many of it"),
        Column("currency", "text", "the currency"),
        Column("monthly", "money", "by how much a month's recurring revenue changes, above zero", rounds=True),
    ),
    source=f"""(
select r.*, case when movement in ('new', 'churn', 'reactivation') then movement
                 when change >= 0 then 'expansion' else 'contraction' end as part, abs(change) as monthly
  from (select r.*, r.quantity * {_AFTER} - r.quantity_before * {_BEFORE} as change,
               format('%s/%s', r.subscription_id, r.day) as place
          from recurring_change_row r) r) as recurring_change""",
    filters={**BY_DAY, "part": Filter("part", one_of=PARTS), "account_id": Filter("account_id")},
    sums=("monthly",),
)

"""Subscriptions that count for recurring revenue today, with what they pay for a month."""

from __future__ import annotations

from datetime import datetime

from services.reporting.recurring.prices import monthly
from services.reporting.report_rows.contract import Column, Filter, RowList


def source_at(now: datetime) -> str:
    """The day is our own text, never the caller's."""
    today = f"date '{now.date().isoformat()}'"
    price = monthly("r.plan_id", "r.plan_version", today, "r.frequency")
    return f"""(
select r.*, r.quantity * {price} as monthly, r.subscription_id as place
  from recurring_change_row r
 where r.day <= {today} and r.quantity > 0
   and not exists (select from recurring_change_row n
                    where n.partition = r.partition and n.subscription_id = r.subscription_id
                      and n.day > r.day and n.day <= {today})) as recurring_subscription"""


LIST = RowList(
    name="recurring-subscriptions",
    definition="Subscriptions that count for recurring revenue today.",
    columns=(
        Column("day", "date", "since when it is so"),
        Column("subscription_id", "text", "the subscription"),
        Column("account_id", "text", "the account"),
        Column("plan_id", "text", "the plan"),
        Column("quantity", "count", "how many of it"),
        Column("currency", "text", "the currency"),
        Column("monthly", "money", "recurring revenue of a month", rounds=True),
    ),
    source_at=source_at,
    filters={name: Filter(name) for name in ("currency", "account_id", "plan_id")},
    sums=("monthly",),
)

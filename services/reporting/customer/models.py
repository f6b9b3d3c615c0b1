"""A customer: the account with its calendar, terms and balance."""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import Field

from services.reporting.customer.rows import AccountRow
from services.reporting.dunning.customers import CustomerDunning
from shared.http.pages import Page
from shared.http.row_shape import RowShape
from shared.kernel.bodies import PeriodBody
from shared.kernel.customer import CustomerFields
from shared.kernel.money import MoneyBody

CUSTOMER: Final = RowShape(
    AccountRow,
    hidden=(
        *("details", "cycle_id", "frequency", "anchor_day", "anchor_month", "time_zone"),
        *("period_start", "period_end", "opened_at", "counts_from", "calendar", "next_calendar"),
        *("held_reason", "held_until", "renamed_at"),
    ),
)


@CUSTOMER.model
class CustomerConfig(CustomerFields):
    status: Literal["active", "on_hold", "closed"]
    held_reason: str | None = Field(description="Why billing runs pass it by, while they do.")
    cycle: dict[str, Any]
    terms_days: int | None
    terms_source: Literal["account", "operator"] | None = Field(description="Whose the terms are.")
    tax: dict[str, Any] | None = Field(description="The tax profile: its kind and what it knows.")
    tax_rate: str | None = Field(description="In percent, of an account with one rate.")
    open_period: PeriodBody | None
    subscriptions: int
    open: MoneyBody = Field(description="Outstanding, over all issued invoices.")
    overdue: MoneyBody
    credit: MoneyBody
    dunning: CustomerDunning


class CustomerConfigPage(Page):
    items: list[CustomerConfig]

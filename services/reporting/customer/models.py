"""A customer: the account with its calendar, terms and balance."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from shared.http.pages import Page
from shared.kernel.bodies import PeriodBody
from shared.kernel.customer import CustomerFields
from shared.kernel.money import MoneyBody


class CustomerConfig(CustomerFields):
    account_id: str
    name: str
    currency: str
    cycle: dict[str, Any]
    tax_rate: str
    terms_days: int | None
    opened_on: date
    open_period: PeriodBody | None
    subscriptions: int
    open: MoneyBody = Field(description="Outstanding, over all issued invoices.")
    overdue: MoneyBody
    credit: MoneyBody


class CustomerConfigPage(Page):
    items: list[CustomerConfig]

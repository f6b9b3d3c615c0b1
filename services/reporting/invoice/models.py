"""An invoice as lists and its own page show it: the document, and what has been paid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from shared.http.actions import ActionShape
from shared.http.pages import Page, Total
from shared.kernel.bodies import PeriodBody
from shared.kernel.money import MoneyBody


class InvoiceTotal(Total):
    net: str
    total: str
    paid: str
    due: str


class Invoice(BaseModel):
    """`provisional`: tax and total of a draft are a forecast at the account's rate until it is locked.

    `account_name` is "sealed" for those who may not read names. `time_zone` is the account's: its days and its billing
    periods begin at midnight there.
    """

    id: str
    number: str | None
    account_id: str
    account_name: str | None
    cycle_id: str | None
    run_id: str | None
    status: Literal["draft", "locked", "issued", "void", "carried_forward"]
    carried_into: str | None
    payment_status: Literal["unpaid", "partially_paid", "paid"]
    issued_on: date | None
    due_on: date | None
    days_overdue: int
    time_zone: str
    period: PeriodBody
    net: MoneyBody
    tax: MoneyBody
    total: MoneyBody
    provisional: bool
    paid: MoneyBody
    due: MoneyBody = Field(description="Outstanding: what is left to pay. On the document it is the amount due.")
    version: int
    allowed_actions: list[ActionShape]


class InvoiceLine(BaseModel):
    """A line of kind `carried_forward` has no charge, subscription or plan: `carried_from` is the draft it sums up."""

    n: int
    description: str
    kind: str
    charge_id: str | None
    subscription_id: str | None
    plan_id: str | None
    plan_version: int | None
    carried_from: str | None
    meter: str | None
    unit: str | None
    quantity: str | None
    records: int
    period: PeriodBody
    net: MoneyBody


class TaxGroup(BaseModel):
    category: str
    rate: str
    base: str
    tax: str


class Allocation(BaseModel):
    payment_id: str
    amount: MoneyBody
    received_on: date


class InvoiceDetail(Invoice):
    lines: list[InvoiceLine]
    tax_groups: list[TaxGroup]
    payments: list[Allocation]


class InvoicePage(Page):
    items: list[Invoice]
    totals: Sequence[InvoiceTotal]

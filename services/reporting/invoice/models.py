"""An invoice as lists and its own page show it: the document, and what has been paid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, Literal

from pydantic import AwareDatetime, BaseModel, Field

from services.reporting.invoice.rows import InvoiceLineRow, InvoiceRow
from shared.http.actions import ActionShape
from shared.http.pages import Page, Total
from shared.http.row_shape import RowShape
from shared.kernel.bodies import PeriodBody
from shared.kernel.money import MoneyBody


class InvoiceTotal(Total):
    net: str
    total: str
    paid: str
    credited: str
    due: str


INVOICE: Final = RowShape(
    InvoiceRow,
    hidden=("currency", "period_start", "period_end", "tax_groups", "drafted_at"),
    renamed={"invoice_id": "id"},
)
LINE: Final = RowShape(InvoiceLineRow, hidden=("invoice_id", "period_start", "period_end", "added_at"))


@INVOICE.model
class Invoice(BaseModel):
    """`provisional`: tax and total of a draft are a forecast at the account's rate until it is locked.

    A draft that another account pays is `passed_on`: `passed_to` is that account, `passed_into` its invoice. One that
    was credited in full and issued anew is `replaced_by` another, which `replaces` it.

    `total` = `paid` + `credited` + `due`, where `credited` is what credit notes took off what was due; what they credit
    of what was paid is credit of the account.

    `account_name` is "sealed" for those who may not read names. `time_zone` is the account's: its days and its billing
    periods begin at midnight there.
    """

    account_name: str | None
    payment_status: Literal["unpaid", "partially_paid", "paid"]
    days_overdue: int
    time_zone: str
    period: PeriodBody
    paid: MoneyBody
    credited: MoneyBody
    due: MoneyBody = Field(description="Outstanding: what is left to pay. On the document it is the amount due.")
    allowed_actions: list[ActionShape]


@LINE.model
class InvoiceLine(BaseModel):
    """A line of kind `carried_forward` has no charge, subscription or plan: `carried_from` is the draft it sums up.

    `account_id`: whose charge it is, where another account pays.
    """

    period: PeriodBody


class TaxGroup(BaseModel):
    category: str
    rate: str
    base: str
    tax: str


class Allocation(BaseModel):
    payment_id: str
    amount: MoneyBody
    received_on: date


class CreditAllocation(BaseModel):
    """What a credit note of another invoice has paid of this one."""

    credit_note_id: str
    number: str
    amount: MoneyBody


class CreditNote(BaseModel):
    """A credit note of this invoice: `applied` lowered what was due of it."""

    id: str
    number: str
    issued_on: date
    reason: str
    total: MoneyBody
    applied: MoneyBody | None
    reissued_as: str | None


class InvoiceDetail(Invoice):
    lines: list[InvoiceLine]
    tax_groups: list[TaxGroup]
    payments: list[Allocation]
    credits: list[CreditAllocation]
    credit_notes: list[CreditNote]
    as_of: date | None = None
    known_at: AwareDatetime | None = None


class InvoicePage(Page):
    items: list[Invoice]
    totals: Sequence[InvoiceTotal]

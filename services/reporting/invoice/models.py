"""An invoice as lists and its own page show it: the document, and what has been paid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, Literal

from pydantic import AwareDatetime, BaseModel, Field

from services.reporting.delivery.rows import Status as DeliveryStatus
from services.reporting.invoice.rows import InvoiceLineRow, InvoiceRow
from shared.http.actions import ActionShape
from shared.http.allowances import AllowanceShape
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
    hidden=(
        *("currency", "period_start", "period_end", "tax_groups", "allowances", "drafted_at", "locked_at"),
        *("approval", "clearance", "kind", "region"),
        *(f"approval_{name}" for name in ("version", "asked_by", "by", "reason")),
        *(f"clearance_{name}" for name in ("authority", "reference", "reason", "at")),
    ),
    renamed={"invoice_id": "id"},
)
LINE: Final = RowShape(InvoiceLineRow, hidden=("invoice_id", "period_start", "period_end", "added_at"))


class Approval(BaseModel):
    """What was asked or said of the draft as it is now; `null` where it has changed since, or nobody was asked."""

    status: Literal["waiting", "approved", "rejected"]
    asked_by: str | None
    by: str | None
    reason: str | None


class Clearance(BaseModel):
    """How far it is with a tax authority; `reference` is the number that it has there."""

    status: Literal["none", "waiting", "submitted", "cleared", "rejected"]
    authority: str | None
    reference: str | None
    reason: str | None
    at: AwareDatetime | None


@INVOICE.model
class Invoice(BaseModel):
    """`provisional`: tax and total of a draft are a forecast at the account's rate until it is locked.

    A draft that another account pays is `passed_on`: `passed_to` is that account, `passed_into` its invoice. One that
    was credited in full and issued anew is `replaced_by` another, which `replaces` it.

    `total` = `paid` + `credited` + `written_off` + `due`, where `credited` is what credit notes took off what was due;
    what they credit of what was paid is credit of the account. `written_off` was given up.

    One of kind `debit_note` raises the invoice that it `corrects`, for a `reason`.

    `sent_at`: when a delivery of it went through for the first time. `delivery_status` is that of its deliveries, of
    several the one that needs a look soonest; `null` where none was asked for, and with `known_at`.

    `account_name` is "sealed" for those who may not read names. `time_zone` is the account's: its days and its billing
    periods begin at midnight there.
    """

    account_name: str | None
    kind: Literal["invoice", "debit_note"]
    approval: Approval | None
    clearance: Clearance
    payment_status: Literal["unpaid", "partially_paid", "paid", "written_off"]
    days_overdue: int
    time_zone: str
    period: PeriodBody
    paid: MoneyBody
    credited: MoneyBody
    written_off: MoneyBody
    due: MoneyBody = Field(description="Outstanding: what is left to pay. On the document it is the amount due.")
    sent_at: AwareDatetime | None
    delivery_status: DeliveryStatus | None
    allowed_actions: list[ActionShape]


@LINE.model
class InvoiceLine(BaseModel):
    """A line of kind `carried_forward` has no charge, subscription or plan: `carried_from` is the draft it sums up.

    `account_id`: whose charge it is, where another account pays. `gross`: what it is priced at, where that includes
    tax; else `null`.
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
    """What a credit note of another invoice has paid of this one; or credit that was `granted`, whose id it has then,
    and no number."""

    credit_note_id: str
    number: str | None
    granted: bool
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


class DebitNote(BaseModel):
    """A debit note of this invoice, an invoice of its own that `GET /v1/invoices/{id}` shows."""

    id: str
    number: str | None
    status: str
    issued_on: date | None
    reason: str
    total: MoneyBody
    due: MoneyBody


class InvoiceDetail(Invoice):
    """The nets of the `lines` less the `allowances` are `net`."""

    lines: list[InvoiceLine]
    tax_groups: list[TaxGroup]
    allowances: list[AllowanceShape]
    payments: list[Allocation]
    credits: list[CreditAllocation]
    credit_notes: list[CreditNote]
    debit_notes: list[DebitNote]
    as_of: date | None = None
    known_at: AwareDatetime | None = None


class InvoicePage(Page):
    items: list[Invoice]
    totals: Sequence[InvoiceTotal]

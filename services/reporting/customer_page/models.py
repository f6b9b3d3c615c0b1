"""The customer's page, as far as reporting tells it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, BaseModel

from services.reporting.invoice.rows import Status
from shared.kernel.money import MoneyBody


class CustomerPageShape(BaseModel):
    """Who reads this page, and what is owed. `today` is the account's day; the link works until `link_expires_at`."""

    name: str
    language: str | None
    currency: str
    time_zone: str
    today: date
    status: Literal["active", "closed"]
    owed: MoneyBody
    overdue: MoneyBody
    link_expires_at: AwareDatetime


class CustomerInvoice(BaseModel):
    """An issued invoice or debit note; `due` is what is still to be paid."""

    id: str
    number: str
    kind: Literal["invoice", "debit_note"]
    status: Status
    payment_status: Literal["unpaid", "partially_paid", "paid", "written_off"]
    issued_on: date
    due_on: date
    days_overdue: int
    total: MoneyBody
    due: MoneyBody


class CustomerCreditNote(BaseModel):
    """What was taken back of an invoice; `invoice_number` is null where that is not known here."""

    id: str
    number: str
    invoice_id: str
    invoice_number: str | None
    issued_on: date
    reason: str
    net: MoneyBody
    tax: MoneyBody
    total: MoneyBody


class CustomerCreditNotes(BaseModel):
    """The latest first."""

    items: list[CustomerCreditNote]
    total: int
    next_cursor: str | None


class CustomerInvoices(BaseModel):
    """The latest first."""

    items: list[CustomerInvoice]
    total: int
    next_cursor: str | None

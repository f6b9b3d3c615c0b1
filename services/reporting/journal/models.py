"""Shapes of the journal's answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import AwareDatetime, BaseModel

from services.payments.bookkeeping.messages import LedgerAccount
from services.reporting.journal.postings import Kind
from shared.http.pages import Page, Total
from shared.kernel.money import MoneyBody


class JournalSideShape(BaseModel):
    """An account of the journal, and the number and name that the chart of the day has for it."""

    account: LedgerAccount
    number: str
    name: str


class JournalPostingShape(BaseModel):
    """`amount` is debited to one account and credited to the other. The rest says what it is about: the line of the
    document, its plan and subscription, how it is taxed, the way of paying, and the days on which it is earned, both
    included; empty where it does not apply."""

    n: int
    debit: JournalSideShape
    credit: JournalSideShape
    amount: MoneyBody
    line_n: int | None
    plan_id: str
    subscription_id: str
    charge_id: str
    tax_class: str
    tax_category: str
    tax_rate: str
    method: str
    earned_from: date | None
    earned_to: date | None


class JournalEntryShape(BaseModel):
    """What one event books on one day. `id` derives from the event, so that it is the same whatever is rebuilt;
    `event_id` leads to that. `amount` is the sum of its debits, which is that of its credits. `export_id` is the export
    that has it; an entry that came too late for a closed month is booked in bookkeeping on `posted_on`. `legal_entity`
    is whose books it is in: that of the invoice, or else of the account; empty for the operator."""

    id: str
    booked_on: date
    posted_on: date
    kind: Kind
    account_id: str
    legal_entity: str
    document_id: str
    number: str
    invoice_id: str | None
    amount: MoneyBody
    postings: list[JournalPostingShape]
    event_id: str
    event_type: str
    recorded_at: AwareDatetime
    actor: str | None
    export_id: str | None


class JournalTotal(Total):
    """`amount` is the sum of debits; `credit` that of credits, the same."""

    credit: str


class JournalPage(Page):
    items: list[JournalEntryShape]
    totals: Sequence[JournalTotal]


class TrialBalanceRow(BaseModel):
    """A number of the chart: what was debited and credited from `from` to `to` (whole months), and the balances before
    and behind, debits above zero. Sums of a currency are zero."""

    number: str
    name: str
    account: LedgerAccount
    currency: str
    opening: str
    debit: str
    credit: str
    closing: str


class TrialBalance(BaseModel):
    """The accounts, in the order of their numbers."""

    items: list[TrialBalanceRow]
    month_from: str
    month_to: str
    as_of: AwareDatetime


class JournalExportFile(BaseModel):
    """A file of an export: of one month of bookkeeping, in one currency; `part` counts from 1."""

    format: Literal["csv", "datev"]
    month: str
    currency: str
    part: int
    url: str


class JournalExportSummary(BaseModel):
    """An export: what is booked up to the end of `month` and was in no export before. It never changes. What belongs to
    days before `opens_on` is posted on that day."""

    id: str
    n: int
    month: str
    closes: bool
    opens_on: date | None
    exported_at: AwareDatetime
    exported_by: str | None


class JournalExportShape(JournalExportSummary):
    """With what it has. `files` are the same whenever they are fetched, each of at most 99,999 postings; those of DATEV
    are there where the chart names a consultant and a client."""

    postings: int
    entries: int
    files: list[JournalExportFile]


class JournalExportPage(BaseModel):
    """`closed_through` is the last month that is closed."""

    items: list[JournalExportSummary]
    total: int
    closed_through: str | None

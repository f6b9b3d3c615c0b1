"""The shapes of reporting's answers, for the OpenAPI document and the clients generated from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.http.pages import Page, Total
from shared.kernel.bodies import PeriodBody
from shared.kernel.customer import CustomerFields
from shared.kernel.money import MoneyBody


class AllowedAction(BaseModel):
    action: str
    allowed: bool
    reason: str | None


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
    allowed_actions: list[AllowedAction]


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


class Event(BaseModel):
    """One entry of the audit trail; `data` only where one event, or a timeline, is asked for."""

    id: str
    topic: str
    type: str
    aggregate_id: str
    account_id: str | None
    actor: str | None
    correlation_id: str | None
    causation_id: str | None
    recorded_at: datetime
    version: int
    data: dict[str, Any] | None = None


class DeadLetterAction(BaseModel):
    action: Literal["requeue", "discard"]
    allowed: bool
    reason: str | None


class DeadLetterPayload(BaseModel):
    """The first 64 KiB. `base64` is given where the text is not exactly those bytes."""

    size_bytes: int
    truncated: bool
    text: str
    base64: str | None


class DeadLetter(BaseModel):
    """An input that a bug put aside, or bytes that could not be read.

    `parked` ones stand in the queue of their `parking_key`, `stands_behind` counts those before it; `input` is where it
    was read, `attempts` how often it crashed, `actor` who had sent it. `payload` and `headers` only where one is asked
    for.
    """

    id: str
    service: str
    kind: Literal["parked", "command", "bytes"]
    status: Literal["open", "requeued", "discarded"]
    type: str | None
    subject: str
    parking_key: str | None
    stands_behind: int | None
    account_id: str | None
    command_id: str | None
    input: str
    error: str
    attempts: int
    actor: str | None
    size_bytes: int
    recorded_at: datetime
    tried_at: datetime | None
    resolved_at: datetime | None
    resolved_by: str | None
    reason: str | None
    allowed_actions: list[DeadLetterAction]
    payload: DeadLetterPayload | None = None
    headers: dict[str, str] | None = None


class DeadLetterPage(Page):
    items: list[DeadLetter]


class EventPage(Page):
    items: list[Event]


class Timeline(BaseModel):
    items: list[Event]


class UsageRecord(BaseModel):
    citation: str
    source: str
    id: str
    resource: str | None
    meter: str | None
    kind: str | None
    quantity: str | None
    started_at: datetime | None
    recorded_at: datetime
    account_id: str | None
    subscription_id: str | None
    state: str
    reason: str | None
    detail: str | None


class UsagePage(Page):
    items: list[UsageRecord]


class UsageCharge(BaseModel):
    charge_id: str
    kind: str
    billing_period: PeriodBody
    amount: MoneyBody


class UsageLine(BaseModel):
    invoice_id: str
    number: str | None
    n: int
    net: MoneyBody


class UsageRecordDetail(UsageRecord):
    """A record with its way: where it stands in the log, which charges it is part of, and their invoice lines.

    `ended_at` is `started_at` where the record gave one instant only; both are null of a record that was set aside.
    """

    ended_at: datetime | None
    attributes: dict[str, Any] | None
    session: None
    charges: list[UsageCharge]
    lines: list[UsageLine]
    copies: list[UsageRecord]


class UsageBucket(BaseModel):
    start: datetime
    state: str | None = None
    meter: str | None = None
    records: int
    quantity: str | None = None


class UsageSummary(BaseModel):
    bucket: Literal["day", "hour"]
    by: Literal["state", "meter"]
    items: list[UsageBucket]
    as_of: datetime


class InvoiceCounts(BaseModel):
    draft: int
    issued: int


class UsageCounts(BaseModel):
    records: int
    quarantined: int


class OverviewTotal(BaseModel):
    currency: str
    invoiced: str
    paid: str
    open: str = Field(description="Outstanding: what is left to pay of all issued invoices.")
    overdue: str


class ChecklistStep(BaseModel):
    step: Literal["cycle", "plan", "account", "subscription", "usage", "invoice"]
    done: bool


class Overview(BaseModel):
    as_of: datetime
    accounts: int
    subscriptions: int
    invoices: InvoiceCounts
    usage: UsageCounts
    totals: list[OverviewTotal]
    checklist: list[ChecklistStep]


class ServiceNotice(BaseModel):
    name: str
    detail: str


class AttentionItem(BaseModel):
    """`services` names those that it is about, and says what is wrong: where they stand still, and for how long."""

    kind: Literal[
        "services_not_ready",
        "stale_projection",
        "quarantined_usage",
        "parked_inputs",
        "dead_letters",
        "overdue_invoices",
        "invoices_below_zero",
    ]
    count: int
    severity: Literal["info", "warning", "error"]
    link: str | None
    services: list[ServiceNotice] | None = None


class Attention(BaseModel):
    items: list[AttentionItem]


class Report(BaseModel):
    """Rows of a report, and what it answers: `from` and `to` are days, both included, also where they are its own
    default; `null` where it takes no such parameter or none was given.
    """

    items: Sequence[BaseModel]
    as_of: datetime
    from_: date | None = Field(alias="from")
    to: date | None
    group_by: str | None
    currency: str | None


class Found(BaseModel):
    kind: str
    id: str
    label: str
    account_id: str | None
    account_name: str | None


class SearchResult(BaseModel):
    items: list[Found]


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


class Credentials(BaseModel):
    model_config = ConfigDict(extra="forbid")

    email: str = Field(min_length=3, max_length=254)
    password: str = Field(min_length=1, max_length=256)


class SessionView(BaseModel):
    """Who is logged in. `email` is null for an API key, which has a `name` instead."""

    email: str | None
    name: str | None = None
    role: str
    allowed: list[str]

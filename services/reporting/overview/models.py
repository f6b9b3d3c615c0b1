"""The figures of the start page, and what asks for attention."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field


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
        "spend_caps_reached",
        "paid_and_restricted",
        "overdue_and_open",
        "credit_limits_reached",
        "top_ups_switched_off",
        "restricted_for_debt",
        "sources_silent",
        "locked_invoices",
        "unrated_usage",
        "failed_deliveries",
        "runs_to_confirm",
        "failed_payments",
        "webhooks_disabled",
    ]
    count: int
    severity: Literal["info", "warning", "error"]
    link: str | None
    services: list[ServiceNotice] | None = None


class Attention(BaseModel):
    """`unanswered`: services that did not say what waits there: where it names one, an empty list is no all-clear."""

    items: list[AttentionItem]
    unanswered: list[str] = []

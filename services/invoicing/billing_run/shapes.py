"""Billing runs as the contract shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import AwareDatetime, BaseModel

from shared.http.actions import ActionShape
from shared.http.pages import Page, Total
from shared.kernel.money import MoneyBody

Outcome = Literal["invoiced", "not_closed", "on_hold", "deferred", "waiting_approval", "failed"]
RunStatus = Literal["running", "completed", "previewed", "cancelled"]


class ScopeShape(BaseModel):
    cycle_id: str | None = None
    account_ids: list[str] | None = None


class FailureShape(BaseModel):
    """How many accounts have failed for one reason."""

    reason: str
    accounts: int


class RunShape(BaseModel):
    """A billing run; `not_closed` counts accounts whose period is still open, `failed` drafts that need a person or are
    below zero, `on_hold` those that people keep back, `deferred` those left for the account's next invoice,
    `waiting_approval` those that nobody has approved: a later run takes them when somebody has.
    `finished_at` is when its last page was walked or its last invoice issued; `null` while it runs, which it does until
    `partitions_done` are all `partitions`. A run `confirms` the dry run that was looked at, or `retries` the failures
    of another.
    """

    id: str
    status: RunStatus
    scope: ScopeShape
    target_date: date
    dry_run: bool
    accounts: int
    invoices: int
    not_closed: int
    failed: int
    on_hold: int
    deferred: int
    waiting_approval: int
    failures: list[FailureShape]
    confirms: str | None
    retries: str | None
    partitions: int
    partitions_done: int
    totals: list[Total]
    started_at: AwareDatetime
    started_by: str | None
    finished_at: AwareDatetime | None
    version: int
    allowed_actions: list[ActionShape]


class RunPage(Page):
    items: list[RunShape]


class RunResultShape(BaseModel):
    """What a run found at an account: the invoice, or why there is none.

    Of a period that is still open `unbilled_href` leads to what would be billed now: provisional, as usage still comes.
    """

    account_id: str
    outcome: Outcome
    reason: str | None
    invoice_id: str | None
    number: str | None
    status: str | None
    net: MoneyBody | None
    tax: MoneyBody | None
    total: MoneyBody | None
    unbilled_href: str | None


class RunTotal(Total):
    net: str
    tax: str


class RunResultPage(Page):
    items: list[RunResultShape]
    totals: Sequence[RunTotal]

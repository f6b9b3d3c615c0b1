"""Billing runs as rows: a run, its pages, what each page found; and the cycles that a run may name.

run-1   2026-10-01   cycle monthly   4 partitions      page 0: 100 accounts, 98 invoices, 1 not closed, 1 failed
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from services.invoicing.billing_run.messages import (
    BillingCycleForgotten,
    BillingCycleKnown,
    BillingRunPageWalked,
    BillingRunStarted,
)
from shared.engine.rows import Amount, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, copy, insert, upsert


class BillingCycleRow(Row, frozen=True, kw_only=True):
    """A cycle of rating that a run may name; one that was deleted is not `known`."""

    TABLE = "billing_cycle"
    KEY = ("cycle_id",)

    cycle_id: str
    name: str
    known: bool = True


class BillingRunRow(Row, frozen=True, kw_only=True):
    """A run as it was asked for, and by whom; without `account_ids` it is over all of `cycle_id`."""

    TABLE = "billing_run"
    KEY = ("run_id",)

    run_id: str
    target_date: date
    dry_run: bool
    partitions: int
    cycle_id: str | None
    account_ids: tuple[str, ...] | None
    confirms: str | None
    retries: str | None
    policy: Jsonb | None
    started_at: datetime
    started_by: str | None


class BillingRunPageRow(Row, frozen=True, kw_only=True):
    """What a partition has walked: up to a page of accounts, and how many of them came to what."""

    TABLE = "billing_run_page"
    KEY = ("run_id", "page")

    run_id: str
    page: int
    accounts: int
    invoices: int
    not_closed: int
    failed: int
    on_hold: int
    deferred: int
    waiting_approval: int
    last: bool
    cancelled: bool
    walked_at: datetime
    seq: int


class BillingRunResultRow(Row, frozen=True, kw_only=True):
    """The n-th account of a page at which there was something to say."""

    TABLE = "billing_run_result"
    KEY = ("run_id", "page", "n")

    run_id: str
    page: int
    n: int
    account_id: str
    outcome: str
    invoice_id: str | None
    currency: str | None
    net: Amount | None
    tax: Amount | None
    total: Amount | None
    reason: str | None


TABLES: Final = Tables(
    upsert(BillingCycleRow), copy(BillingRunRow), insert(BillingRunPageRow), insert(BillingRunResultRow)
)


Shown = BillingCycleKnown | BillingCycleForgotten | BillingRunStarted | BillingRunPageWalked
"""The events that these rows are made of."""


def rows(applied: AppliedOf[Shown]) -> Iterator[Columns]:
    event, envelope = applied.event, applied.envelope
    match event:
        case BillingCycleKnown():
            yield BillingCycleRow.of(event)
        case BillingCycleForgotten():
            yield BillingCycleRow(cycle_id=event.cycle_id, name="", known=False)
        case BillingRunStarted():
            accounts = None if event.account_ids is None else tuple(event.account_ids)
            yield BillingRunRow.of(
                event,
                policy=None if event.policy is None else jsonb(event.policy),
                account_ids=accounts,
                started_at=envelope.recorded_at,
                started_by=envelope.actor,
            )
        case BillingRunPageWalked():
            yield BillingRunPageRow.of(event, walked_at=envelope.recorded_at, seq=envelope.seq)
            for n, found in enumerate(event.outcomes, 1):
                yield BillingRunResultRow.of(found, run_id=event.run_id, page=event.page, n=n)

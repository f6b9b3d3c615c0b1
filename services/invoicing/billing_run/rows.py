"""Billing runs as rows: a run, its pages, what each page found; and the cycles that a run may name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from services.invoicing.billing_run.messages import (
    BillingCycleKnown,
    BillingRunPageWalked,
    BillingRunStarted,
    RunOutcome,
)
from shared.engine.service import Applied
from shared.kernel.envelope import Envelope

Row = tuple[Any, ...]

_CYCLE: Final = "insert into billing_cycle (partition, cycle_id, name) values ($1, $2, $3)"

_RUN: Final = """
insert into billing_run (partition, run_id, target_date, dry_run, partitions, cycle_id, account_ids, started_at,
                         started_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""

_PAGE: Final = """
insert into billing_run_page (partition, run_id, page, accounts, invoices, not_closed, failed, last, walked_at, seq)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""

_RESULT: Final = """
insert into billing_run_result (partition, run_id, page, n, account_id, outcome, invoice_id, currency, net, tax, total,
                                reason)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
"""

IN_ORDER: Final = (
    _CYCLE,
    _RUN,
    _PAGE,
    _RESULT,
)


def rows(applied: Applied) -> Iterator[tuple[str, Row]]:
    """The statements an event takes part in, with its values but the partition."""
    event, envelope = applied.event, applied.envelope
    match event:
        case BillingCycleKnown():
            yield _CYCLE, (event.cycle_id, event.name)
        case BillingRunStarted():
            yield _RUN, (*_run(event), envelope.recorded_at, envelope.actor)
        case BillingRunPageWalked():
            yield from _page(event, envelope)


def _run(event: BillingRunStarted) -> Row:
    return (
        event.run_id,
        event.target_date,
        event.dry_run,
        event.partitions,
        event.cycle_id,
        event.account_ids,
    )


def _page(event: BillingRunPageWalked, envelope: Envelope) -> Iterator[tuple[str, Row]]:
    counts = (event.accounts, event.invoices, event.not_closed, event.failed)
    yield _PAGE, (event.run_id, event.page, *counts, event.last, envelope.recorded_at, envelope.seq)
    for n, found in enumerate(event.outcomes, 1):
        yield _RESULT, (event.run_id, event.page, n, *_outcome(found))


def _outcome(found: RunOutcome) -> Row:
    return (
        found.account_id,
        found.outcome,
        found.invoice_id,
        found.currency,
        found.net,
        found.tax,
        found.total,
        found.reason,
    )

"""A run that is cancelled locks nothing more, in any partition."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.invoicing.billing_run.messages import (
    BillingRunCancelled,
    BillingRunPageWalked,
    CancelBillingRun,
    StartBillingRun,
    StopWalking,
    WalkAccounts,
    WalkingStopped,
)
from services.invoicing.invoice.messages import InvoiceIssued, InvoiceLocked
from tests.services.invoicing.story import Partitions, invoicing, september_drafted

TARGET = date(2026, 10, 1)
CANCEL = CancelBillingRun(run_id="run-1")
STOP = StopWalking(run_id="run-1")


def test_every_partition_is_told_once() -> None:
    spec = invoicing().when(StartBillingRun(run_id="run-1", target_date=TARGET, cycle_id="monthly"), command_id="go")
    spec.when(CANCEL, command_id="cancel").then(BillingRunCancelled(run_id="run-1", partitions=4))
    assert [(send.message, send.partition) for send in spec.sends] == [(STOP, n) for n in range(4)]
    spec.when(CANCEL, command_id="again").then_nothing()
    spec.when(STOP, command_id="stop").then(WalkingStopped(run_id="run-1"))
    spec.when(STOP, command_id="stop again").then_nothing()


def test_a_run_that_was_never_started_is_not_cancelled() -> None:
    invoicing().when(CANCEL).then_refused("billing_run_not_found")


def test_pages_after_the_stop_lock_nothing_and_end_the_walk() -> None:
    spec = september_drafted(invoicing()).when(STOP, command_id="stop")
    walk = WalkAccounts(run_id="run-1", target_date=TARGET, dry_run=False, cycle_id="monthly")
    [walked] = spec.when(walk, command_id="walk").events
    assert isinstance(walked, BillingRunPageWalked)
    assert (walked.cancelled, walked.last, walked.accounts, walked.invoices, spec.sends) == (True, True, 0, 0, [])


def test_pages_of_named_accounts_end_where_the_last_of_them_ends() -> None:
    spec = september_drafted(invoicing()).when(STOP, command_id="stop")
    for last in (False, True):
        walk = WalkAccounts(run_id="run-1", target_date=TARGET, dry_run=False, account_ids=["acc-1"], last=last)
        [walked] = spec.when(walk, command_id=f"walk {last}").events
        assert isinstance(walked, BillingRunPageWalked) and (walked.cancelled, walked.last) == (True, last)


def test_the_next_run_takes_what_a_cancelled_one_left() -> None:
    partitions = Partitions()
    partitions.draft("acc-1")
    spec = partitions.of("acc-1").when(STOP, command_id="stop")
    walk = WalkAccounts(run_id="run-1", target_date=TARGET, dry_run=False, cycle_id="monthly")
    assert not [event for event in spec.when(walk, command_id="walk").events if isinstance(event, InvoiceLocked)]
    events = partitions.run(StartBillingRun(run_id="run-2", target_date=TARGET, cycle_id="monthly"))
    assert [event.account_id for event in events if isinstance(event, InvoiceIssued)] == ["acc-1"]


def test_two_runs_at_the_same_moment_issue_one_invoice_for_each_account_R12() -> None:
    partitions = Partitions()
    accounts = [f"acc-{n}" for n in range(1, 9)]
    for account in accounts:
        partitions.draft(account)
    both = [StartBillingRun(run_id=run_id, target_date=TARGET, cycle_id="monthly") for run_id in ("run-1", "run-2")]
    walks: list[tuple[Any, int | None]] = [
        (send.message, send.partition) for run in both for send in partitions.of(run.run_id).when(run).sends
    ]
    issued = []
    for walk, partition in sorted(walks, key=lambda sent: (sent[1] or 0, sent[0].key)):
        spec = partitions.specs[partition or 0].when(walk, command_id=f"{walk.key} {partition}")
        for send in list(spec.sends):
            issued += [event for event in partitions.run(send.message) if isinstance(event, InvoiceIssued)]
    assert sorted(invoice.account_id for invoice in issued) == sorted(accounts)

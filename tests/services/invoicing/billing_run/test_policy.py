"""What a run leaves for the account's next invoice, as its policy says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from services.invoicing.billing_run.messages import BillingRunPageWalked, RunPolicy, StartBillingRun
from services.invoicing.invoice.messages import (
    DraftCarriedForward,
    DraftDeferred,
    FinaliseInvoice,
    InvoiceIssued,
    InvoiceLocked,
)
from services.invoicing.invoice.state import invoice_id_of
from tests.services.invoicing.story import OCTOBER, SEPTEMBER, Partitions, charge, closed, tell

POLICY = RunPolicy(skip_zero=True, minimum={"EUR": Decimal("5.00")})
NOVEMBER = date(2026, 11, 1)


def run(run_id: str, *, until: date = date(2026, 10, 1), policy: RunPolicy | None = POLICY, dry: bool = False) -> Any:
    return StartBillingRun(run_id=run_id, target_date=until, cycle_id="monthly", policy=policy, dry_run=dry)


def three_accounts() -> Partitions:
    """Invoices of 0.00, 3.60 and 36.04."""
    partitions = Partitions()
    for account, net in (("acc-1", "0.00"), ("acc-2", "3.00"), ("acc-3", "30.03")):
        partitions.draft(account, net)
    return partitions


def deferred(events: list[Any]) -> list[tuple[str, str]]:
    return sorted((event.account_id, event.reason) for event in events if isinstance(event, DraftDeferred))


def issued(events: list[Any]) -> list[str]:
    return sorted(event.account_id for event in events if isinstance(event, InvoiceIssued))


def test_nothing_and_what_is_below_the_minimum_is_left_for_the_next_invoice() -> None:
    events = three_accounts().run(run("run-1"))
    assert deferred(events) == [("acc-1", "zero_invoice"), ("acc-2", "below_minimum")]
    assert issued(events) == ["acc-3"]
    pages = [event for event in events if isinstance(event, BillingRunPageWalked)]
    assert (sum(page.invoices for page in pages), sum(page.deferred for page in pages)) == (1, 2)


def test_it_is_deferred_once_however_many_runs_meet_it() -> None:
    partitions = three_accounts()
    partitions.run(run("run-1"))
    again = partitions.run(run("run-2"))
    assert (deferred(again), issued(again)) == ([], [])
    assert sum(event.deferred for event in again if isinstance(event, BillingRunPageWalked)) == 2


def test_a_dry_run_defers_nothing_and_a_run_without_policy_issues_all() -> None:
    partitions = three_accounts()
    assert deferred(partitions.run(run("run-1", dry=True))) == []
    partitions.run(run("run-2"))
    assert issued(partitions.run(run("run-3", policy=None))) == ["acc-1", "acc-2"]


def test_a_deferred_draft_is_a_line_of_the_next_invoice_once() -> None:
    partitions = three_accounts()
    partitions.run(run("run-1"))
    spec = partitions.of("acc-2")
    october = [charge(1, "4.00", account="acc-2", period=OCTOBER)]
    tell(spec, *october, closed(1, "4.00", account="acc-2", period=OCTOBER))
    carried = [event for event in spec.events if isinstance(event, DraftCarriedForward)]
    assert [(event.invoice_id, event.line.net) for event in carried] == [
        (invoice_id_of("acc-2", SEPTEMBER), Decimal("3.00"))
    ]
    events = partitions.run(run("run-2", until=NOVEMBER))
    assert [event.total for event in events if isinstance(event, InvoiceIssued)] == [Decimal("8.40")]


def test_a_person_may_issue_a_deferred_draft() -> None:
    partitions = three_accounts()
    partitions.run(run("run-1"))
    asked = FinaliseInvoice(invoice_id=invoice_id_of("acc-2", SEPTEMBER), account_id="acc-2")
    assert isinstance(partitions.run(asked)[0], InvoiceLocked)

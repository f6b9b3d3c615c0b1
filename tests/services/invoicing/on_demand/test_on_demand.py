"""One account is invoiced because somebody asks: all that is complete, once; what is open says when it closes."""

from __future__ import annotations

from datetime import UTC, date, datetime

from services.invoicing.billing_run.messages import RunPolicy
from services.invoicing.invoice.messages import DraftDeferred, InvoiceIssued, InvoiceLocked
from services.invoicing.invoice.state import invoice_id_of
from services.invoicing.on_demand.messages import InvoiceAccount
from services.rating.account.messages import AccountClosed, AccountReopened
from shared.kernel.outcome import CommandRejected
from shared.kernel.period import Period
from tests.services.invoicing.billing_run.test_billing_run import run
from tests.services.invoicing.story import (
    ACCOUNT,
    INVOICE,
    OCTOBER,
    Partitions,
    charge,
    closed,
    invoicing,
    opened,
    september_drafted,
    subscribed,
    tell,
)

ASK = InvoiceAccount(account_id=ACCOUNT, demand_id="d-1")
NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))


def test_all_that_is_complete_of_an_account_is_invoiced_on_demand_once_R12() -> None:
    spec = september_drafted(invoicing())
    tell(spec, charge(1, "5.00", period=OCTOBER), closed(1, "5.00", period=OCTOBER, after=NOVEMBER))
    found = spec.when(ASK).events
    assert [type(event) for event in found] == [InvoiceLocked, InvoiceLocked]
    ids = [event.invoice_id for event in found if isinstance(event, InvoiceLocked) and event.demand_id == "d-1"]
    assert ids == [INVOICE, invoice_id_of(ACCOUNT, OCTOBER)]
    spec.when(ASK, command_id="again").then_refused("period_open", pointer="/account_id")


def test_a_run_after_it_finds_nothing_and_it_finds_nothing_after_a_run_R12() -> None:
    partitions = Partitions()
    partitions.draft(ACCOUNT)
    issued = partitions.run(ASK)
    assert [event.invoice_id for event in issued if isinstance(event, InvoiceIssued)] == [INVOICE]
    assert not [event for event in partitions.run(run()) if isinstance(event, InvoiceLocked)]


def test_a_period_that_is_open_is_refused_with_the_instant_it_closes() -> None:
    spec = tell(invoicing(), opened(zone="America/New_York"), subscribed())
    september = datetime(2026, 9, 15, tzinfo=UTC)
    [refusal] = spec.when(ASK, now=september).then_refused("period_open", pointer="/account_id").events
    assert isinstance(refusal, CommandRejected) and "2026-10-01T04:00:00Z" in refusal.detail


def test_a_period_that_is_over_and_still_open_is_not_said_to_close_in_the_past() -> None:
    spec = tell(invoicing(), opened(), subscribed())
    [refusal] = spec.when(ASK, now=datetime(2026, 10, 1, 12, tzinfo=UTC)).then_refused("period_open").events
    assert isinstance(refusal, CommandRejected)
    assert "it is over" in refusal.detail and "it closes after" not in refusal.detail


def test_what_a_run_has_deferred_is_invoiced_when_somebody_asks() -> None:
    partitions = Partitions()
    partitions.draft(ACCOUNT, "0.00")
    start = run(cycle_id="monthly", policy=RunPolicy(skip_zero=True))
    assert [event for event in partitions.run(start) if isinstance(event, DraftDeferred)]
    assert [event.invoice_id for event in partitions.run(ASK) if isinstance(event, InvoiceIssued)] == [INVOICE]


def test_a_draft_that_stops_does_not_keep_back_the_others_and_alone_is_the_refusal() -> None:
    spec = tell(invoicing(), opened(), subscribed(), charge(1, "5.00"), closed(2, "9.00"))
    spec.when(ASK, command_id="one").then_refused("draft_disagrees", pointer="/account_id")
    tell(spec, charge(1, "5.00", period=OCTOBER), closed(1, "5.00", period=OCTOBER, after=NOVEMBER))
    [locked] = spec.when(ASK, command_id="two").events
    assert isinstance(locked, InvoiceLocked) and locked.invoice_id == invoice_id_of(ACCOUNT, OCTOBER)


def test_an_account_below_zero_unknown_or_without_subscription_is_refused() -> None:
    september_drafted(invoicing(), net="-3.00").when(ASK).then_refused("negative_total")
    invoicing().when(ASK).then_refused("account_not_found", pointer="/account_id")
    tell(invoicing(), opened()).when(ASK).then_refused("nothing_to_bill", pointer="/account_id")


def test_a_closed_account_whose_last_period_is_invoiced_has_nothing_to_invoice() -> None:
    partitions = Partitions()
    partitions.draft(ACCOUNT)
    spec = partitions.of(ACCOUNT)
    tell(spec, AccountClosed(account_id=ACCOUNT, closed_on=date(2026, 10, 2), version=2))
    partitions.run(ASK)
    spec.when(ASK, command_id="october").then_refused("period_open", pointer="/account_id")
    tell(spec, closed(0, "0", period=OCTOBER, after=NOVEMBER))
    spec.when(ASK, command_id="november").then_refused("nothing_to_invoice", pointer="/account_id")
    tell(spec, AccountReopened(account_id=ACCOUNT, version=3))
    spec.when(ASK, command_id="reopened").then_refused("period_open", pointer="/account_id")


def test_a_closed_account_that_never_subscribed_has_nothing_to_invoice() -> None:
    spec = tell(invoicing(), opened(), AccountClosed(account_id=ACCOUNT, closed_on=date(2026, 9, 2), version=2))
    spec.when(ASK).then_refused("nothing_to_invoice", pointer="/account_id")

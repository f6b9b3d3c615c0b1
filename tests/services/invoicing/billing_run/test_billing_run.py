"""A run walks the accounts of every partition and finalises what is due, once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.invoicing.billing_run.messages import (
    BillingCycleForgotten,
    BillingCycleKnown,
    BillingRunPageWalked,
    BillingRunStarted,
    RunOutcome,
    StartBillingRun,
)
from services.invoicing.billing_run.state import ACCOUNTS_PER_PAGE, PAGES_PER_WALK
from services.invoicing.invoice.messages import InvoiceIssued, InvoiceLocked
from services.invoicing.invoice.state import invoice_id_of
from services.rating.account.messages import AccountCycleChanged, AccountHeld, AccountReleased
from services.rating.billing_cycle.messages import BillingCycleDefined, BillingCycleDeleted, CycleTerms
from tests.services.invoicing.story import (
    OCTOBER,
    SEPTEMBER,
    Partitions,
    charge,
    closed,
    invoicing,
    opened,
    subscribed,
    tell,
)


def run(run_id: str = "run-1", *, until: str = "2026-10-01", **scope: Any) -> StartBillingRun:
    return StartBillingRun(run_id=run_id, target_date=date.fromisoformat(until), **(scope or {"cycle_id": "monthly"}))


def counted(events: list[Any]) -> dict[str, Any]:
    pages = [event for event in events if isinstance(event, BillingRunPageWalked)]
    return {
        "accounts": sum(page.accounts for page in pages),
        "invoices": sum(page.invoices for page in pages),
        "not_closed": sum(page.not_closed for page in pages),
        "failed": sum(page.failed for page in pages),
        "amount": sum((page.amounts.get("EUR", Decimal(0)) for page in pages), Decimal(0)),
        "ended": sum(page.last for page in pages),
    }


def four_accounts() -> Partitions:
    """acc-1 and acc-2 are drafted, acc-3 is still open, acc-4 disagrees."""
    partitions = Partitions()
    partitions.draft("acc-1", "30.03")
    partitions.draft("acc-2", "10.00")
    tell(partitions.of("acc-3"), opened("acc-3"), subscribed("acc-3"))
    tell(
        partitions.of("acc-4"), opened("acc-4"), charge(1, "5.00", account="acc-4"), closed(2, "9.00", account="acc-4")
    )
    return partitions


def test_a_run_finalises_what_is_due_and_counts_the_rest() -> None:
    partitions = four_accounts()
    events = partitions.run(run())
    assert counted(events) == {
        "accounts": 4,
        "invoices": 2,
        "not_closed": 1,
        "failed": 1,
        "amount": Decimal("48.04"),  # 36.04 and 12.00
        "ended": 4,
    }
    issued = [event for event in events if isinstance(event, InvoiceIssued)]
    assert sorted((invoice.account_id, invoice.total) for invoice in issued) == [
        ("acc-1", Decimal("36.04")),
        ("acc-2", Decimal("12.00")),
    ]
    assert {invoice.run_id for invoice in issued} == {"run-1"}


def test_a_second_run_to_the_same_date_creates_nothing_R12() -> None:
    partitions = four_accounts()
    partitions.run(run())
    again = counted(partitions.run(run("run-2")))
    assert (again["invoices"], again["amount"]) == (0, 0)


def test_a_dry_run_counts_the_same_and_locks_nothing() -> None:
    partitions = four_accounts()
    dry = partitions.run(run("dry", cycle_id="monthly", dry_run=True))
    assert not [event for event in dry if isinstance(event, InvoiceLocked)]
    assert counted(dry) == counted(partitions.run(run()))


@pytest.mark.parametrize(
    ("until", "invoices", "not_closed"),
    [("2026-09-30", 0, 0), ("2026-10-01", 2, 1), ("2026-10-31", 2, 1), ("2026-11-01", 2, 4)],
)
def test_a_period_is_due_once_its_end_has_come(until: str, invoices: int, not_closed: int) -> None:
    found = counted(four_accounts().run(run(until=until)))
    assert (found["invoices"], found["not_closed"]) == (invoices, not_closed)


def test_a_run_over_a_cycle_leaves_accounts_of_other_cycles_alone() -> None:
    partitions = four_accounts()
    tell(partitions.of("acc-9"), opened("acc-9", cycle="weekly"), charge(1, "7.00", account="acc-9"))
    tell(partitions.of("acc-9"), closed(1, "7.00", account="acc-9"))
    found = counted(partitions.run(run(cycle_id="weekly")))
    assert (found["accounts"], found["invoices"], found["amount"]) == (1, 1, Decimal("8.40"))


def test_a_run_over_named_accounts_bills_only_those() -> None:
    found = counted(four_accounts().run(run(account_ids=["acc-2", "acc-4"])))
    assert (found["accounts"], found["invoices"], found["failed"], found["ended"]) == (2, 1, 1, 4)


def test_an_account_that_is_not_known_fails_by_name() -> None:
    events = four_accounts().run(run(account_ids=["acc-x"]))
    outcomes = [outcome for event in events if isinstance(event, BillingRunPageWalked) for outcome in event.outcomes]
    assert outcomes == [RunOutcome(account_id="acc-x", outcome="failed", reason="unknown_account")]


def test_a_run_names_the_accounts_it_could_not_bill() -> None:
    events = four_accounts().run(run())
    outcomes = {o.account_id: o for e in events if isinstance(e, BillingRunPageWalked) for o in e.outcomes}
    assert outcomes["acc-3"].outcome == "not_closed"
    assert (outcomes["acc-4"].outcome, outcomes["acc-4"].reason) == ("failed", "draft_disagrees")
    assert (outcomes["acc-1"].invoice_id, outcomes["acc-1"].total) == (
        invoice_id_of("acc-1", SEPTEMBER),
        Decimal("36.04"),
    )


def test_an_account_with_two_closed_periods_gets_both_invoices() -> None:
    partitions = Partitions()
    partitions.draft("acc-1", "10.00")
    tell(partitions.of("acc-1"), charge(1, "11.00", account="acc-1", period=OCTOBER))
    tell(partitions.of("acc-1"), closed(1, "11.00", account="acc-1", period=OCTOBER, after=SEPTEMBER))
    found = counted(partitions.run(run(until="2026-11-01")))
    assert (found["invoices"], found["amount"]) == (2, Decimal("25.20"))


def test_a_negative_draft_fails_and_holds_up_nobody_else() -> None:
    partitions = four_accounts()
    partitions.draft("acc-5", "-1.00")
    found = counted(partitions.run(run()))
    assert (found["invoices"], found["failed"]) == (2, 2)


@pytest.mark.parametrize("named", [False, True])
def test_many_accounts_are_walked_in_pages_and_each_is_met_once(named: bool) -> None:
    size = ACCOUNTS_PER_PAGE * PAGES_PER_WALK
    partitions, total = Partitions(count=2), 2 * size + 45
    accounts = [f"cust-{n}" for n in range(total)]
    for account in accounts:
        tell(partitions.of(account), opened(account))
    events = partitions.run(run(account_ids=accounts) if named else run())
    pages = [event for event in events if isinstance(event, BillingRunPageWalked)]
    assert sum(page.accounts for page in pages) == total
    assert max(page.accounts for page in pages) <= size
    assert sorted(page.partition for page in pages if page.last) == [0, 1]
    assert len({(page.partition, page.page) for page in pages}) == len(pages) == 4


def test_the_walk_ends_where_the_last_page_is_exactly_full() -> None:
    partitions = Partitions(count=1)
    for n in range(ACCOUNTS_PER_PAGE * PAGES_PER_WALK):
        tell(partitions.specs[0], opened(f"cust-{n}"))
    pages = [event for event in partitions.run(run()) if isinstance(event, BillingRunPageWalked)]
    assert [(page.accounts, page.last) for page in pages] == [(ACCOUNTS_PER_PAGE * PAGES_PER_WALK, True)]


def test_a_run_over_nobody_ends_in_every_partition() -> None:
    assert counted(Partitions().run(run()))["ended"] == 4


def test_a_run_id_is_used_once() -> None:
    partitions = Partitions()
    first, *_ = partitions.run(run())
    assert isinstance(first, BillingRunStarted)
    partitions.of("run-1").when(run(), command_id="other").then_refused("billing_run_exists", pointer="/id")


def test_a_cycle_defined_in_rating_is_known_here_once() -> None:
    terms = CycleTerms(cycle_id="monthly", frequency="month", anchor_day=1, time_zone="UTC")
    defined = BillingCycleDefined(name="Monthly", terms=terms)
    known = BillingCycleKnown(cycle_id="monthly", name="Monthly", terms=terms)
    spec = tell(invoicing(), defined).then(known)
    tell(spec, defined).then()


def held(account: str = "acc-1", until: str | None = None) -> AccountHeld:
    on = None if until is None else date.fromisoformat(until)
    return AccountHeld(account_id=account, reason="the contract is being checked", until=on, version=2)


def outcomes_of(events: list[Any]) -> list[tuple[str, str, str | None]]:
    pages = [event for event in events if isinstance(event, BillingRunPageWalked)]
    return [(found.account_id, found.outcome, found.reason) for page in pages for found in page.outcomes]


def test_a_run_passes_an_account_on_hold_by_and_says_so() -> None:
    partitions = Partitions()
    partitions.draft("acc-1", "30.03")
    tell(partitions.of("acc-1"), held())
    events = partitions.run(run())
    assert outcomes_of(events) == [("acc-1", "on_hold", "the contract is being checked")]
    assert sum(page.on_hold for page in events if isinstance(page, BillingRunPageWalked)) == 1
    tell(partitions.of("acc-1"), AccountReleased(account_id="acc-1", version=3))
    assert outcomes_of(partitions.run(run("run-2"))) == [("acc-1", "invoiced", None)]


def test_a_hold_is_over_on_the_day_it_names() -> None:
    """The run is of 1 October."""
    for until, outcome in (("2026-10-02", "on_hold"), ("2026-10-01", "invoiced")):
        partitions = Partitions()
        partitions.draft("acc-1", "30.03")
        tell(partitions.of("acc-1"), held(until=until))
        assert [found[1] for found in outcomes_of(partitions.run(run()))] == [outcome]


def test_the_last_draft_of_a_cycle_goes_with_its_runs_and_the_account_with_those_of_the_next() -> None:
    partitions = Partitions()
    partitions.draft("acc-1", "30.03")
    terms = CycleTerms(cycle_id="mid-month", frequency="month", anchor_day=15, time_zone="Europe/Paris")
    changed = AccountCycleChanged(account_id="acc-1", cycle=terms, version=2, effective_on=date(2026, 10, 1))
    tell(partitions.of("acc-1"), changed)
    assert outcomes_of(partitions.run(run("run-1", cycle_id="mid-month", until="2026-10-15"))) == []
    late = run("run-2", cycle_id="mid-month", until="2026-11-01")
    assert outcomes_of(partitions.run(late)) == [("acc-1", "not_closed", None)]
    assert outcomes_of(partitions.run(run("run-3"))) == [("acc-1", "invoiced", None)]


def test_a_cycle_that_is_deleted_is_forgotten_until_it_is_defined_again() -> None:
    terms = CycleTerms(cycle_id="monthly", frequency="month", anchor_day=1, time_zone="UTC")
    defined, deleted = BillingCycleDefined(name="Monthly", terms=terms), BillingCycleDeleted(cycle_id="monthly")
    spec = tell(invoicing(), defined, deleted).then(BillingCycleForgotten(cycle_id="monthly"))
    tell(spec, deleted).then()
    tell(spec, defined).then(BillingCycleKnown(cycle_id="monthly", name="Monthly", terms=terms))

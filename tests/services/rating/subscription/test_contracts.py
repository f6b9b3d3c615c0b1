"""Contracts: until when a customer is bound, what leaving costs, and that the end is told. Worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.rating.account.state import Account
from services.rating.commands import COMMANDS
from services.rating.one_time_charge.messages import OneTimeChargeAdded, OneTimeChargeCancelled
from services.rating.period.charging import plans_of
from services.rating.subscription.contract import leaving
from services.rating.subscription.messages import (
    CancelChange,
    ChangePlan,
    ChangeQuantity,
    ContractEnding,
    ContractTerm,
    PauseSubscription,
    ResumeSubscription,
    StartSubscription,
    SubscriptionStarted,
    SubscriptionTerminated,
    TerminateSubscription,
)
from shared.kernel.decider import Due
from tests.kit.decider import Specification
from tests.services.rating.subscription.story import held, on, other_plan
from tests.services.rating.world import FLAT, account, at, bill, close, cycle, plan, rating

YEAR = ContractTerm(months=12, percent=Decimal(50))


def bound(term: ContractTerm = YEAR, now: str = "2026-09-01 12:00") -> Specification:
    """Fiber at 20.00 a month from September 1, 2026."""
    story = rating(cycle(), *plan(FLAT), *other_plan({**FLAT, "amount": "30.00"}), account(), now=at(now))
    return story.when(
        StartSubscription(
            subscription_id="sub-1", account_id="acc-1", plan_id="fiber", start=date(2026, 9, 1), term=term
        )
    )


def notice_of(story: Specification) -> list[Due]:
    return [due for due in story.state.all(Due) if due.name == "contract/sub-1"]


@pytest.mark.parametrize(
    ("term", "day", "cost"),
    [
        (YEAR,                                              "2026-10-01", "110.00"),  # 11 months of 20.00, half
        (YEAR,                                              "2026-10-16", "105.16"),  # 16 of 31 days, 10 months
        (YEAR,                                              "2027-09-01", "0.00"),    # it is over
        (ContractTerm(months=12, amount=Decimal("99.00")),  "2027-08-31", "99.00"),
        (ContractTerm(months=12),                           "2026-10-01", "0.00"),
        (ContractTerm(end=date(2026, 11, 1), percent=Decimal(100)), "2026-10-01", "20.00"),
    ],
)  # fmt: skip
def test_leaving_early_costs_a_share_of_the_remaining_months_or_a_fixed_amount(
    term: ContractTerm, day: str, cost: str
) -> None:
    story = bound(term)
    found = leaving(account_of(story), held(story), plans_of(held(story), story.state), date.fromisoformat(day))
    assert found is not None and f"{found.amount:.2f}" == cost


def account_of(story: Specification) -> Account:
    found = story.get(Account, "acc-1")
    assert found is not None
    return found


def test_a_termination_before_the_end_charges_the_fee_with_the_last_day() -> None:
    story = bound()
    close(story)
    story.when(on(TerminateSubscription, "2026-11-01"), now=at("2026-10-10 12:00"))
    fee = next(e for e in story.events if isinstance(e, OneTimeChargeAdded))
    assert (fee.amount, fee.on, fee.item) == (Decimal("100.00"), date(2026, 10, 31), "early_termination")
    assert fee.description == "Fiber: early termination, 50 % of the recurring prices from 2026-11-01 to 2027-09-01"
    assert bill(close(story)) == [("one_time", "2026-10-31", "2026-11-01", None, "100.00")]


def test_the_fee_is_waived_with_a_reason() -> None:
    story = bound().when(on(TerminateSubscription, "2026-11-01", waive_fee="moved abroad"))
    terminated = story.events[0]
    assert isinstance(terminated, SubscriptionTerminated) and terminated.fee_waived == "moved abroad"
    assert not any(isinstance(e, OneTimeChargeAdded) for e in story.events)


def test_a_termination_that_is_cancelled_takes_its_fee_back() -> None:
    story = bound().when(on(TerminateSubscription, "2026-11-01"))
    change_id = held(story).end_change or ""
    story.when(CancelChange(subscription_id="sub-1", account_id="acc-1", change_id=change_id))
    assert [type(e) for e in story.events][1:] == [OneTimeChargeCancelled]
    assert "one_time" not in {line[0] for line in bill(close(story))}


def test_a_pause_that_extends_makes_the_contract_longer() -> None:
    """Ten days of pause: what is left on 1 October is eleven months and 10 of September 2027's 30 days, half of it."""
    story = bound().when(on(PauseSubscription, "2026-09-11", billing="extend", until=date(2026, 9, 21)))
    found = leaving(account_of(story), held(story), plans_of(held(story), story.state), date(2026, 10, 1))
    assert found is not None and found.amount == Decimal("113.33")
    assert bill(close(story))[:2] == [
        ("recurring", "2026-09-01", "2026-09-11", None, "6.67"),
        ("recurring", "2026-09-21", "2026-10-01", None, "6.67"),
    ]


def test_a_change_of_plan_may_begin_another_term_else_it_stays() -> None:
    story = bound().when(on(ChangePlan, "2026-10-01", plan_id="office"))
    contract = held(story).timeline[-1].contract
    assert contract is not None and contract.end == date(2027, 9, 1)
    story.when(on(ChangePlan, "2026-11-01", plan_id="fiber", term=ContractTerm(months=24)))
    contract = held(story).timeline[-1].contract
    assert contract is not None and (contract.start, contract.end) == (date(2026, 11, 1), date(2028, 11, 1))


def test_the_end_of_a_contract_is_told_once_so_many_days_before() -> None:
    story = bound()
    (timer,) = notice_of(story)
    assert timer.due_at == at("2027-08-02 00:00")
    command = COMMANDS.decode(timer.command_type, bytes(timer.command))
    story.when(command, now=timer.due_at)
    story.then(ContractEnding(subscription_id="sub-1", account_id="acc-1", end=date(2027, 9, 1), notice_days=30))
    assert notice_of(story) == []
    story.when(on(ChangeQuantity, quantity=2))
    assert notice_of(story) == []
    story.when(command).then_nothing()


def test_a_pause_that_goes_on_puts_the_notice_off_when_it_is_over() -> None:
    story = bound().when(on(PauseSubscription, "2026-09-11", billing="extend"))
    story.when(on(ResumeSubscription, "2026-09-21"))
    (timer,) = notice_of(story)
    assert timer.due_at == at("2027-08-12 00:00")


def test_nothing_is_told_of_a_subscription_that_ends_first() -> None:
    story = bound().when(on(TerminateSubscription, "2026-11-01", waive_fee="moved"))
    assert notice_of(story) == []


@pytest.mark.parametrize(
    ("term", "code", "pointer"),
    [
        (ContractTerm(),                                                  "invalid",        "/term"),
        (ContractTerm(months=12, end=date(2027, 9, 1)),                   "invalid",        "/term"),
        (ContractTerm(months=0),                                          "invalid",        "/term/months"),
        (ContractTerm(end=date(2026, 9, 1)),                              "invalid_period", "/term/end"),
        (ContractTerm(months=1, percent=Decimal(101)),                    "invalid",        "/term/early_termination"),
        (ContractTerm(months=1, percent=Decimal(1), amount=Decimal(1)),   "invalid",        "/term/early_termination"),
    ],
)  # fmt: skip
def test_a_term_that_makes_no_sense_is_refused(term: ContractTerm, code: str, pointer: str) -> None:
    bound(term).then_refused(code, pointer=pointer)


def test_a_term_of_months_ends_in_a_shorter_month_on_its_last_day() -> None:
    story = rating(cycle(), *plan(FLAT), account("2026-08-01"), now=at("2026-08-31 12:00"))
    term = ContractTerm(months=1)
    story.when(
        StartSubscription(
            subscription_id="sub-1", account_id="acc-1", plan_id="fiber", start=date(2026, 8, 31), term=term
        )
    )
    started = story.events[0]
    assert isinstance(started, SubscriptionStarted) and started.term is not None
    assert started.term.end == date(2026, 9, 30)

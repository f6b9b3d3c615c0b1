"""An account is active, on hold or closed: what may be done when, and what becomes of its periods."""

from __future__ import annotations

from datetime import date

import pytest

from services.rating.account.messages import (
    AccountClosed,
    AccountHeld,
    AccountReleased,
    AccountReopened,
    CloseAccount,
    HoldAccount,
    ReleaseAccount,
    ReopenAccount,
)
from services.rating.account.state import Account
from services.rating.period.messages import PeriodClosed
from shared.kernel.decider import Due
from tests.kit.decider import Specification
from tests.services.rating.subscription.test_subscriptions import start
from tests.services.rating.world import (
    FLAT,
    OCTETS,
    account,
    at,
    bill,
    close,
    cycle,
    guided,
    plan,
    rating,
    subscription,
    timer_of,
    used,
)

CLOSE = CloseAccount(account_id="acc-1")
HOLD = HoldAccount(account_id="acc-1", reason="the contract is being checked")


def ended(*prices: dict[str, str]) -> Specification:
    """One subscription, which ended on 20 September."""
    story = rating(cycle(), *plan(*(prices or (FLAT,))), account(), subscription(end="2026-09-20"))
    story.now = at("2026-09-21 12:00")
    return story


def test_a_hold_has_a_reason_and_ends_with_a_day_or_a_release() -> None:
    story = ended().when(HoldAccount(account_id="acc-1", reason="moving house", until=date(2026, 9, 25)))
    story.then(AccountHeld(account_id="acc-1", reason="moving house", until=date(2026, 9, 25), version=2))
    story.when(HOLD).then_refused("account_on_hold")
    story.when(HOLD, now=at("2026-09-25 00:00")).then(AccountHeld(account_id="acc-1", reason=HOLD.reason, version=3))
    story.when(ReleaseAccount(account_id="acc-1")).then(AccountReleased(account_id="acc-1", version=4))
    story.when(ReleaseAccount(account_id="acc-1")).then_refused("account_not_on_hold")


def test_a_hold_that_is_over_when_it_begins_is_refused() -> None:
    command = HoldAccount(account_id="acc-1", reason="x", until=date(2026, 9, 21))
    ended().when(command).then_refused("invalid_period", pointer="/until")


def test_periods_of_an_account_on_hold_close_as_ever() -> None:
    story = ended().when(HOLD)
    assert bill(close(story)) == [("recurring", "2026-09-01", "2026-09-20", None, "12.67")]  # 20.00 × 19 ÷ 30


def test_an_account_with_a_subscription_is_not_closed() -> None:
    story = rating(cycle(), *plan(FLAT), account(), subscription())
    story.when(CLOSE).then_refused("subscriptions_active")


def test_an_account_with_usage_that_is_not_billed_is_not_closed() -> None:
    story = ended(OCTETS).when_event(guided(used(5, "2026-09-10 12:00")))
    story.when(CLOSE).then_refused("usage_unbilled")
    close(story)
    story.when(CLOSE).then(AccountClosed(account_id="acc-1", closed_on=date(2026, 10, 1), version=2))


def test_the_open_period_of_a_closed_account_is_billed_as_its_last() -> None:
    story = ended().when(CLOSE)
    story.then(AccountClosed(account_id="acc-1", closed_on=date(2026, 9, 21), version=2))
    assert bill(close(story)) == [("recurring", "2026-09-01", "2026-09-20", None, "12.67")]
    assert isinstance(story.events[-1], PeriodClosed)
    assert story.state.all(Due) == []


@pytest.mark.parametrize("command", [CLOSE, HOLD])
def test_a_closed_account_is_neither_closed_nor_held(command: CloseAccount | HoldAccount) -> None:
    ended().when(CLOSE).when(command).then_refused("account_closed")


def test_a_closed_account_takes_no_subscription() -> None:
    ended().when(CLOSE).when(start("2026-09-25", subscription_id="sub-2")).then_refused("account_closed")


def test_a_reopened_account_goes_on_after_the_last_period_billed() -> None:
    story = close(ended().when(CLOSE))
    story.when(ReopenAccount(account_id="acc-1"), now=at("2026-10-05 12:00"))
    story.then(AccountReopened(account_id="acc-1", version=3))
    assert timer_of(story).due_at == at("2026-11-01 01:00")
    story.when(start("2026-10-06", subscription_id="sub-2"))
    known = story.get(Account, "acc-1")
    assert known is not None and known.open_period is not None and str(known.open_period.start) == "2026-10-01"
    # 20.00 × 26 ÷ 31, and November in advance
    assert [line[4] for line in bill(close(story))] == ["16.77", "20.00"]


def test_an_account_reopened_before_its_last_period_closed_has_one_timer() -> None:
    story = ended().when(CLOSE).when(ReopenAccount(account_id="acc-1"))
    assert timer_of(story).due_at == at("2026-10-01 01:00")
    story.when(ReopenAccount(account_id="acc-1")).then_refused("account_not_closed")


@pytest.mark.parametrize("command", [HOLD, CLOSE])
def test_of_two_edits_at_once_the_second_is_refused(command: HoldAccount | CloseAccount) -> None:
    story = ended().when(HOLD, expected_version=1)
    story.when(command, expected_version=1).then_refused("version_mismatch")


def test_what_is_not_there_is_told() -> None:
    rating().when(CLOSE).then_refused("account_not_found")

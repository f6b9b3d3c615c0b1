"""Accounts: what is refused, which of their periods is open, and when it closes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.rating.account.messages import AccountOpened, OpenAccount
from services.rating.account.state import Account
from services.rating.subscription.messages import SubscriptionStarted
from shared.kernel.period import Period
from shared.kernel.sealed import Sealed
from tests.services.rating.subscription.test_subscriptions import start
from tests.services.rating.world import (
    FLAT,
    OCTETS,
    PARIS,
    SEPTEMBER,
    account,
    at,
    cycle,
    plan,
    rating,
    subscription,
    terms,
    timer_of,
)


def open_account(**changed: Any) -> OpenAccount:
    fields: dict[str, Any] = {
        "account_id": "acc-1",
        "name": Sealed("v1.k.x"),
        "currency": "EUR",
        "cycle_id": "monthly",
        "tax_rate": Decimal("20"),
    }
    return OpenAccount(**(fields | changed))


def test_an_account_is_opened_on_the_local_day_with_the_terms_of_its_cycle() -> None:
    story = rating(cycle(time_zone=PARIS)).when(open_account(), now=at("2026-08-31 22:30"))
    story.then(
        AccountOpened(
            account_id="acc-1",
            name=Sealed("v1.k.x"),
            currency="EUR",
            cycle=terms(PARIS),
            tax_rate=Decimal("20"),
            opened_on=date(2026, 9, 1),
            collection_grace_s=3600,
        )
    )


def test_the_collection_grace_of_the_day_it_was_opened_is_the_accounts_for_good() -> None:
    story = rating(cycle(), *plan(FLAT)).when(open_account(collection_grace_s=60)).when(start())
    assert timer_of(story).due_at == at("2026-10-01 00:01")


@pytest.mark.parametrize(
    ("changed", "code", "pointer"),
    [
        ({"account_id": "acc-0"},              "account_exists",    "/id"),
        ({"cycle_id": "weekly"},               "cycle_not_found",   "/cycle_id"),
        ({"currency": "EURO"},                 "invalid",           "/currency"),
        ({"tax_rate": Decimal("100.01")},      "invalid",           "/tax_rate"),
        ({"tax_rate": Decimal("-1")},          "invalid",           "/tax_rate"),
    ],
)  # fmt: skip
def test_an_account_that_cannot_be_is_refused(changed: dict[str, Any], code: str, pointer: str) -> None:
    story = rating(cycle(), account(account_id="acc-0"))
    story.when(open_account(**changed)).then_refused(code, pointer=pointer)


def test_a_subscription_opens_the_first_period() -> None:
    story = rating(cycle(), *plan(FLAT), account()).when(start())
    story.then(
        SubscriptionStarted(
            subscription_id="sub-1", account_id="acc-1", plan_id="fiber", start=date(2026, 9, 1), period=SEPTEMBER
        )
    )


@pytest.mark.parametrize(
    ("opened_on",  "starts",                     "first"),
    [
        ("2026-09-20", ["2026-09-25"],               "2026-09-01"),
        ("2026-09-20", ["2026-11-25"],               "2026-09-01"),
        ("2026-09-20", ["2026-07-25"],               "2026-07-01"),
        ("2026-09-20", ["2026-09-25", "2026-07-25"], "2026-07-01"),
        ("2026-09-20", ["2026-07-25", "2026-08-25"], "2026-07-01"),
    ],
)  # fmt: skip
def test_the_first_period_holds_the_earliest_of_opening_and_starts(
    opened_on: str, starts: list[str], first: str
) -> None:
    story = rating(cycle(), *plan(FLAT), account(opened_on))
    for n, day in enumerate(starts):
        story.when(start(day, subscription_id=f"sub-{n}"))
    known = story.get(Account, "acc-1")
    assert known is not None and known.open_period is not None
    assert known.open_period.start.isoformat() == first


def test_a_subscription_into_a_period_that_is_over_puts_its_close_off() -> None:
    story = rating(cycle(), *plan(OCTETS), account(), subscription())
    story.when(start("2026-09-15", subscription_id="sub-2"), now=at("2026-10-01 00:30"))
    assert timer_of(story).due_at == at("2026-10-01 01:30")
    story.when(start("2026-10-01", subscription_id="sub-3"), now=at("2026-10-01 00:45"))
    assert timer_of(story).due_at == at("2026-10-01 01:30")


def test_periods_follow_the_anchor_day_r10() -> None:
    story = rating(cycle(anchor_day=15), *plan(FLAT), account(anchor_day=15)).when(start())
    started = story.events[0]
    assert isinstance(started, SubscriptionStarted)
    assert started.period == Period(date(2026, 8, 15), date(2026, 9, 15))

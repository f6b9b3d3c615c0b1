"""Accounts and subscriptions: what is refused, and which period is open afterwards."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from services.rating.commands import OpenAccount, StartSubscription
from services.rating.domain import Account
from services.rating.events import AccountOpened, SubscriptionStarted
from services.usage.commands import AssignResource
from shared.kernel.decider import Send
from shared.kernel.period import Period
from shared.kernel.sealed import Sealed
from tests.services.rating.world import (
    FLAT,
    OCTETS,
    OCTOBER,
    PARIS,
    SEPTEMBER,
    account,
    at,
    close,
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


def start(day: str = "2026-09-01", end: str | None = None, **changed: Any) -> StartSubscription:
    fields: dict[str, Any] = {
        "subscription_id": "sub-1",
        "account_id": "acc-1",
        "plan_id": "fiber",
        "start": date.fromisoformat(day),
        "end": None if end is None else date.fromisoformat(end),
    }
    return StartSubscription(**(fields | changed))


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


def test_an_account_of_before_the_grace_was_written_down_waits_an_hour() -> None:
    opened = msgspec.structs.replace(account(), collection_grace_s=None)
    assert timer_of(rating(cycle(), *plan(FLAT), opened, subscription())).due_at == at("2026-10-01 01:00")


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


def test_usage_that_names_the_subscription_is_guided_to_it_from_its_first_local_day() -> None:
    story = rating(cycle(time_zone=PARIS), *plan(FLAT), account(time_zone=PARIS))
    story.when(start("2026-09-10", end="2026-11-01"))
    assert story.sends == [
        Send(
            AssignResource(
                resource_id="subscription:sub-1",
                account_id="acc-1",
                subscription_id="sub-1",
                valid_from=at("2026-09-09 22:00"),
                valid_to=at("2026-10-31 23:00"),
                register=True,
            ),
            to="usage",
        )
    ]


@pytest.mark.parametrize(
    ("command", "code", "pointer"),
    [
        (start(subscription_id="sub-0"),        "subscription_exists", "/id"),
        (start(account_id="acc-9"),             "account_not_found",   "/account_id"),
        (start(plan_id="copper"),               "plan_not_found",      "/plan_id"),
        (start("2025-12-31"),                   "no_version_in_force", "/plan_id"),
        (start("2026-09-05", end="2026-09-05"), "invalid_period",      "/end"),
        (start("1970-01-01"),                   "out_of_range",        "/start"),
        (start("2999-12-31"),                   "out_of_range",        "/start"),
    ],
)  # fmt: skip
def test_a_subscription_that_cannot_be_is_refused(command: StartSubscription, code: str, pointer: str) -> None:
    story = rating(cycle(), *plan(FLAT), account(), subscription(subscription_id="sub-0"))
    story.when(command).then_refused(code, pointer=pointer)


def test_plan_and_account_share_a_currency() -> None:
    story = rating(cycle(), *plan(FLAT, currency="USD"), account())
    story.when(start()).then_refused("currency_mismatch", pointer="/plan_id")


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


def test_a_start_in_a_closed_period_is_refused() -> None:
    story = rating(cycle(), *plan(FLAT), account(), subscription())
    close(story)
    story.when(start("2026-09-30", subscription_id="sub-2")).then_refused("period_closed", pointer="/start")
    story.when(start("2026-10-01", subscription_id="sub-2"))
    started = story.events[0]
    assert isinstance(started, SubscriptionStarted)
    assert started.period == OCTOBER


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

"""Subscriptions: what is refused, and what usage is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from services.rating.subscription.messages import StartSubscription, SubscriptionStarted
from services.usage.resource.messages import AssignResource
from shared.kernel.decider import Send
from tests.services.rating.world import (
    FLAT,
    OCTOBER,
    PARIS,
    account,
    at,
    close,
    cycle,
    plan,
    rating,
    subscription,
    timer_of,
)


def start(day: str = "2026-09-01", end: str | None = None, **changed: Any) -> StartSubscription:
    fields: dict[str, Any] = {
        "subscription_id": "sub-1",
        "account_id": "acc-1",
        "plan_id": "fiber",
        "start": date.fromisoformat(day),
        "end": None if end is None else date.fromisoformat(end),
    }
    return StartSubscription(**(fields | changed))


def test_an_account_of_before_the_grace_was_written_down_waits_an_hour() -> None:
    opened = msgspec.structs.replace(account(), collection_grace_s=None)
    assert timer_of(rating(cycle(), *plan(FLAT), opened, subscription())).due_at == at("2026-10-01 01:00")


def test_usage_that_names_the_subscription_is_guided_to_it_from_its_first_local_day() -> None:
    story = rating(cycle(time_zone=PARIS), *plan(FLAT), account(time_zone=PARIS))
    story.when(start("2026-09-10", end="2026-11-01"))
    assert [send for send in story.sends if isinstance(send.message, AssignResource)] == [
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
        (start("1970-01-01"),                   "out_of_bounds",        "/start"),
        (start("2999-12-31"),                   "out_of_bounds",        "/start"),
    ],
)  # fmt: skip
def test_a_subscription_that_cannot_be_is_refused(command: StartSubscription, code: str, pointer: str) -> None:
    story = rating(cycle(), *plan(FLAT), account(), subscription(subscription_id="sub-0"))
    story.when(command).then_refused(code, pointer=pointer)


def test_plan_and_account_share_a_currency() -> None:
    story = rating(cycle(), *plan(FLAT, currency="USD"), account())
    story.when(start()).then_refused("currency_mismatch", pointer="/plan_id")


def test_a_start_in_a_closed_period_is_refused() -> None:
    story = rating(cycle(), *plan(FLAT), account(), subscription())
    close(story)
    story.when(start("2026-09-30", subscription_id="sub-2")).then_refused("period_closed", pointer="/start")
    story.when(start("2026-10-01", subscription_id="sub-2"))
    started = story.events[0]
    assert isinstance(started, SubscriptionStarted)
    assert started.period == OCTOBER

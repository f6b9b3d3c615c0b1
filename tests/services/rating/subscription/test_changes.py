"""Changes of plan and quantity, and what they cost. Amounts worked by hand.

September has 30 days, October 31; a flat price in advance is charged at the close before its period.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.rating.subscription.messages import (
    CancelChange,
    ChangePlan,
    ChangeQuantity,
    PauseSubscription,
    PlanChanged,
    ResumeSubscription,
    StartSubscription,
    SuspendSubscription,
)
from shared.kernel.message import Command
from tests.services.rating.subscription.story import ARREARS, customer, descriptions, held, on, other_plan
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
    used,
)

# -- changes of plan -------------------------------------------------------------------------------------------------


def test_r8_a_change_at_day_15_of_30_gives_back_10_and_charges_15() -> None:
    """September is charged at the close of August: 20.00 for 30 days, of which 15 are left on the 16th."""
    story = rating(
        cycle(),
        *plan(FLAT),
        *other_plan({**FLAT, "amount": "30.00"}),
        account("2026-08-01"),
        now=at("2026-08-01 12:00"),
    ).when(StartSubscription(subscription_id="sub-1", account_id="acc-1", plan_id="fiber", start=date(2026, 8, 1)))
    close(story)
    story.when(on(ChangePlan, "2026-09-16", plan_id="office"), now=at("2026-09-10 12:00"))
    assert bill(close(story)) == [
        ("credit", "2026-09-16", "2026-10-01", None, "-10.00"),
        ("recurring", "2026-09-16", "2026-10-01", None, "15.00"),
        ("recurring", "2026-10-01", "2026-11-01", None, "30.00"),
    ]
    assert descriptions(story) == [
        "15 of 30 days of Fiber: credit for unused time",
        "15 of 30 days of Office 100",
        "Office 100",
    ]


def test_r5_a_change_before_anything_is_charged_gives_two_parts() -> None:
    story = customer().when(on(ChangePlan, "2026-09-16", plan_id="office"))
    assert bill(close(story)) == [
        ("recurring", "2026-09-01", "2026-09-16", None, "10.00"),
        ("recurring", "2026-09-16", "2026-10-01", None, "15.00"),
        ("recurring", "2026-10-01", "2026-11-01", None, "30.00"),
    ]


def test_r5_a_price_in_arrears_is_changed_at_the_close_of_its_period() -> None:
    story = rating(
        cycle(), *plan(ARREARS), *other_plan({**ARREARS, "amount": "30.00"}), account(), subscription()
    ).when(on(ChangePlan, "2026-09-16", plan_id="office"))
    assert bill(close(story)) == [
        ("recurring", "2026-09-01", "2026-09-16", None, "10.00"),
        ("recurring", "2026-09-16", "2026-10-01", None, "15.00"),
    ]


@pytest.mark.parametrize(
    ("day", "lines"),
    [
        ("2026-09-01", [("recurring", "2026-09-01", "2026-10-01", None, "30.00")]),
        (
            "2026-09-30",  # 29 of 30 days at 20.00, one at 30.00
            [
                ("recurring", "2026-09-01", "2026-09-30", None, "19.33"),
                ("recurring", "2026-09-30", "2026-10-01", None, "1.00"),
            ],
        ),
    ],
)
def test_r8_a_change_on_the_first_and_on_the_last_day(day: str, lines: list[tuple[Any, ...]]) -> None:
    story = customer().when(on(ChangePlan, day, plan_id="office"))
    assert bill(close(story)) == [*lines, ("recurring", "2026-10-01", "2026-11-01", None, "30.00")]


def test_r8_two_changes_in_one_period() -> None:
    """Fiber to the 11th, Office to the 21st, Fiber again: 10 days each of 30."""
    story = customer()
    story.when(on(ChangePlan, "2026-09-11", plan_id="office"))
    story.when(on(ChangePlan, "2026-09-21", plan_id="fiber"))
    assert bill(close(story)) == [
        ("recurring", "2026-09-01", "2026-09-11", None, "6.67"),
        ("recurring", "2026-09-11", "2026-09-21", None, "10.00"),
        ("recurring", "2026-09-21", "2026-10-01", None, "6.67"),
        ("recurring", "2026-10-01", "2026-11-01", None, "20.00"),
    ]


def test_of_two_changes_of_one_day_the_last_counts() -> None:
    story = customer()
    story.when(on(ChangePlan, "2026-09-16", plan_id="office"))
    story.when(on(ChangePlan, "2026-09-16", plan_id="fiber", quantity=2))
    assert [(t.start.isoformat(), t.plan_id, t.quantity) for t in held(story).timeline] == [
        ("2026-09-01", "fiber", 1),
        ("2026-09-16", "fiber", 2),
    ]


def test_r11_a_dearer_plan_begins_at_once_and_a_cheaper_one_when_the_period_is_over() -> None:
    story = customer(now="2026-09-10 12:00")
    story.when(on(ChangePlan, plan_id="office"))
    story.when(on(ChangePlan, plan_id="fiber"))
    assert [(t.start.isoformat(), t.plan_id) for t in held(story).timeline] == [
        ("2026-09-01", "fiber"),
        ("2026-09-10", "office"),
        ("2026-10-01", "fiber"),
    ]


def test_a_scheduled_change_can_be_cancelled_and_leaves_no_trace() -> None:
    story = customer(now="2026-09-10 12:00")
    story.when(on(ChangePlan, "2026-09-16", plan_id="office"))
    changed = story.events[0]
    assert isinstance(changed, PlanChanged) and changed.plan_before == "fiber"
    story.when(CancelChange(subscription_id="sub-1", account_id="acc-1", change_id=changed.change_id))
    assert held(story).changes == () and held(story).version == 3
    assert bill(close(story)) == [
        ("recurring", "2026-09-01", "2026-10-01", None, "20.00"),
        ("recurring", "2026-10-01", "2026-11-01", None, "20.00"),
    ]


def test_r8_a_change_that_was_billed_ahead_and_is_cancelled_is_put_right() -> None:
    """October was charged at the close of September as half Fiber, half Office; then the change is called off."""
    story = customer(now="2026-09-10 12:00")
    story.when(on(ChangePlan, "2026-10-17", plan_id="office"))
    change_id = held(story).changes[0].change_id
    assert bill(close(story)) == [
        ("recurring", "2026-09-01", "2026-10-01", None, "20.00"),
        ("recurring", "2026-10-01", "2026-10-17", None, "10.32"),  # 16 ÷ 31 × 20
    ]
    story.when(
        CancelChange(subscription_id="sub-1", account_id="acc-1", change_id=change_id), now=at("2026-10-05 12:00")
    )
    assert bill(close(story)) == [
        ("recurring", "2026-10-17", "2026-11-01", None, "9.68"),  # 15 ÷ 31 × 20
        ("recurring", "2026-11-01", "2026-12-01", None, "20.00"),
    ]


def test_a_change_that_took_effect_cannot_be_cancelled() -> None:
    story = customer(now="2026-09-10 12:00").when(on(ChangePlan, plan_id="office"))
    change_id = held(story).changes[0].change_id
    story.when(CancelChange(subscription_id="sub-1", account_id="acc-1", change_id=change_id))
    story.then_refused("already_effective")
    story.when(CancelChange(subscription_id="sub-1", account_id="acc-1", change_id="other"))
    story.then_refused("unknown_aggregate")


def test_usage_of_a_day_is_priced_by_the_plan_of_that_day() -> None:
    story = rating(
        cycle(), *plan(OCTETS), *other_plan({**OCTETS, "unit_price": "0.02"}), account(), subscription()
    ).when(on(ChangePlan, "2026-09-16", plan_id="office"))
    story.when_event(guided(used(100, "2026-09-16 00:00"), used(100, "2026-09-15 23:59", index=1)))
    assert bill(close(story)) == [
        ("usage", "2026-09-01", "2026-09-16", "100", "1.00"),
        ("usage", "2026-09-16", "2026-10-01", "100", "2.00"),
    ]
    assert descriptions(story) == ["Fiber: Data volume", "Office 100: Data volume"]


def test_a_pinned_version_keeps_its_price_when_the_plan_has_a_new_one() -> None:
    story = rating(
        cycle(),
        *plan(FLAT),
        *plan({**FLAT, "amount": "25.00"}, effective_from="2026-09-16", version=2),
        account(),
    )
    story.when(
        StartSubscription(
            subscription_id="sub-1", account_id="acc-1", plan_id="fiber", start=date(2026, 9, 1), plan_version=1
        )
    )
    assert [line[-1] for line in bill(close(story))] == ["20.00", "20.00"]


# -- quantity --------------------------------------------------------------------------------------------------------


def test_r8_from_three_seats_to_five_in_the_middle() -> None:
    """Three at 20.00 for half of September are 30.00, five 50.00; five for October 100.00."""
    story = customer().when(on(ChangeQuantity, "2026-09-01", quantity=3))
    story.when(on(ChangeQuantity, "2026-09-16", quantity=5))
    assert bill(close(story)) == [
        ("recurring", "2026-09-01", "2026-09-16", "3", "30.00"),
        ("recurring", "2026-09-16", "2026-10-01", "5", "50.00"),
        ("recurring", "2026-10-01", "2026-11-01", "5", "100.00"),
    ]
    story.when(on(ChangeQuantity, "2026-10-01", quantity=4), now=at("2026-10-02 12:00"))
    assert bill(close(story)) == [
        ("credit", "2026-10-01", "2026-11-01", "5", "-100.00"),
        ("recurring", "2026-10-01", "2026-11-01", "4", "80.00"),
        ("recurring", "2026-11-01", "2026-12-01", "4", "80.00"),
    ]


# -- refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "code", "pointer"),
    [
        (on(ChangePlan, "2026-08-31", plan_id="office"),          "out_of_bounds",         "/effective_on"),
        (on(ChangePlan, "2046-01-01", plan_id="office"),          "out_of_bounds",         "/effective_on"),
        (on(ChangePlan, plan_id="copper"),                        "plan_not_found",       "/plan_id"),
        (on(ChangePlan, plan_id="fiber"),                         "nothing_changes",      "/plan_id"),
        (on(ChangePlan, plan_id="office", plan_version=7),        "plan_version_not_found", "/plan_version"),
        (on(ChangePlan, plan_id="office", quantity=0),            "invalid",              "/quantity"),
        (on(ChangeQuantity, quantity=1),                          "nothing_changes",      "/quantity"),
        (on(SuspendSubscription, billing="fee"),                  "invalid",              "/fee"),
        (on(SuspendSubscription, "2026-09-10", until=date(2026, 9, 10)), "invalid_period", "/until"),
        (on(ResumeSubscription),                                  "not_suspended",        "/effective_on"),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_is_refused(command: Command, code: str, pointer: str) -> None:
    customer().when(command).then_refused(code, pointer=pointer)


def test_a_change_in_a_closed_period_is_refused_with_the_earliest_day() -> None:
    story = customer()
    close(story)
    story.when(on(ChangeQuantity, "2026-09-30", quantity=2)).then_refused("period_closed", pointer="/effective_on")
    assert "2026-10-01" in getattr(story.events[0], "detail")  # noqa: B009


def test_a_rest_while_it_rests_is_refused() -> None:
    story = customer().when(on(SuspendSubscription, "2026-09-11"))
    story.when(on(PauseSubscription, "2026-09-15")).then_refused("not_active", pointer="/effective_on")


def test_an_edit_of_an_older_version_is_refused() -> None:
    story = customer().when(on(ChangeQuantity, quantity=2), expected_version=1)
    story.when(on(ChangeQuantity, quantity=3), expected_version=1).then_refused("version_mismatch")


def test_a_change_of_an_unknown_subscription_is_refused() -> None:
    rating(cycle(), account()).when(on(ChangeQuantity, quantity=2)).then_refused("unknown_aggregate")

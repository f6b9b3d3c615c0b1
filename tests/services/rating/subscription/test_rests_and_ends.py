"""Suspensions, pauses, ends and trials, and what they cost. Amounts worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.rating.subscription.messages import (
    CancelChange,
    ChangePlan,
    ChangeQuantity,
    PauseSubscription,
    ResumeSubscription,
    StartSubscription,
    SubscriptionResumed,
    SubscriptionSuspended,
    SubscriptionTerminated,
    SuspendSubscription,
    TerminateSubscription,
)
from tests.services.rating.subscription.story import customer, descriptions, held, on
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
    used,
)

# -- rests -----------------------------------------------------------------------------------------------------------


def test_r57_suspended_for_10_days_for_free() -> None:
    """20 of 30 days are charged: 10 ÷ 30 × 20 = 6.67 to the 11th, and the same from the 21st on."""
    story = customer()
    story.when(on(SuspendSubscription, "2026-09-11", until=date(2026, 9, 21)))
    suspended, resumed = story.events
    assert isinstance(suspended, SubscriptionSuspended) and suspended.billing == "free"
    assert isinstance(resumed, SubscriptionResumed) and resumed.effective_on == date(2026, 9, 21)
    assert bill(close(story)) == [
        ("recurring", "2026-09-01", "2026-09-11", None, "6.67"),
        ("recurring", "2026-09-21", "2026-10-01", None, "6.67"),
        ("recurring", "2026-10-01", "2026-11-01", None, "20.00"),
    ]


def test_a_soft_suspension_names_the_profile_that_the_network_shall_give() -> None:
    story = customer().when(on(SuspendSubscription, "2026-09-11", access="throttled", profile="256k"))
    suspended = story.events[0]
    assert isinstance(suspended, SubscriptionSuspended)
    assert (suspended.access, suspended.profile) == ("throttled", "256k")
    story = customer().when(on(SuspendSubscription, "2026-09-11", access="throttled"))
    story.then_refused("invalid", pointer="/profile")


def test_r57_suspended_after_it_was_charged_gives_back_the_days() -> None:
    """October is charged; from the 11th to the 21st are 10 of 31 days: 6.45."""
    story = customer()
    close(story)
    story.when(on(SuspendSubscription, "2026-10-11"), now=at("2026-10-11 12:00"))
    story.when(on(ResumeSubscription, "2026-10-21"), now=at("2026-10-20 12:00"))
    assert bill(close(story)) == [
        ("credit", "2026-10-11", "2026-10-21", None, "-6.45"),
        ("recurring", "2026-11-01", "2026-12-01", None, "20.00"),
    ]
    assert bill(close(story)) == [("recurring", "2026-12-01", "2027-01-01", None, "20.00")]


def test_r57_a_suspension_may_go_on_costing() -> None:
    story = customer().when(on(SuspendSubscription, "2026-09-11", billing="continue"))
    assert bill(close(story)) == [
        ("recurring", "2026-09-01", "2026-10-01", None, "20.00"),
        ("recurring", "2026-10-01", "2026-11-01", None, "20.00"),
    ]


def test_r57_a_pause_at_a_fee() -> None:
    """October charged at 20.00; paused from the 17th: 15 of 31 days come back, 9.68; the fee of 5.00 for them is 2.42.

    November is paused whole.
    """
    story = customer()
    close(story)
    story.when(on(PauseSubscription, "2026-10-17", billing="fee", fee=Decimal("5.00")), now=at("2026-10-10 12:00"))
    assert sorted(bill(close(story))) == [
        ("credit", "2026-10-17", "2026-11-01", None, "-9.68"),
        ("recurring", "2026-10-17", "2026-11-01", None, "2.42"),
    ]
    assert "15 of 31 days of Fiber: fee while service rests" in descriptions(story)
    story.when(on(ResumeSubscription, "2026-12-01"), now=at("2026-11-20 12:00"))
    assert sorted(bill(close(story))) == [
        ("recurring", "2026-11-01", "2026-12-01", None, "5.00"),
        ("recurring", "2026-12-01", "2027-01-01", None, "20.00"),
    ]


def test_a_resumption_that_comes_early_replaces_the_scheduled_one() -> None:
    story = customer().when(on(SuspendSubscription, "2026-09-11", until=date(2026, 9, 21)))
    story.when(on(ResumeSubscription, "2026-09-15"))
    assert [(t.start.day, t.status) for t in held(story).timeline] == [(1, "active"), (11, "suspended"), (15, "active")]
    assert [change.kind for change in held(story).changes] == ["suspend", "resume"]


def test_a_suspension_that_is_cancelled_takes_its_resumption_with_it() -> None:
    story = customer().when(on(SuspendSubscription, "2026-09-11", until=date(2026, 9, 21)))
    change_id = held(story).changes[0].change_id
    story.when(CancelChange(subscription_id="sub-1", account_id="acc-1", change_id=change_id))
    assert (held(story).changes, [term.status for term in held(story).timeline]) == ((), ["active"])


# -- ends ------------------------------------------------------------------------------------------------------------


def test_r8_terminated_in_the_middle() -> None:
    story = customer()
    close(story)
    story.when(on(TerminateSubscription, "2026-10-17"), now=at("2026-10-10 12:00"))
    assert bill(close(story)) == [("credit", "2026-10-17", "2026-11-01", None, "-9.68")]
    assert bill(close(story)) == []


def test_r12_a_termination_drops_what_was_scheduled_after_it_and_can_be_cancelled() -> None:
    story = customer(now="2026-09-10 12:00")
    story.when(on(ChangePlan, "2026-09-25", plan_id="office"))
    story.when(on(TerminateSubscription, "2026-09-20"))
    assert (held(story).end, held(story).changes) == (date(2026, 9, 20), ())
    story.when(on(ChangeQuantity, "2026-09-20", quantity=2)).then_refused("subscription_ended")
    change_id = held(story).end_change or ""
    story.when(CancelChange(subscription_id="sub-1", account_id="acc-1", change_id=change_id))
    assert held(story).end is None
    assert bill(close(story))[0] == ("recurring", "2026-09-01", "2026-10-01", None, "20.00")


def test_usage_after_the_end_goes_back() -> None:
    story = customer(OCTETS).when(on(TerminateSubscription, "2026-09-16"))
    story.when_event(guided(used(100, "2026-09-16 00:00")))
    assert [returned[1] for returned in getattr(story.events[0], "returned")] == ["no_subscription"]  # noqa: B009


def test_usage_of_this_morning_is_still_charged_where_today_is_given_up() -> None:
    story = customer(OCTETS, now="2026-09-01 12:00")
    story.when_event(guided(used(100, "2026-09-01 10:00")))
    story.when(on(TerminateSubscription, "2026-09-01"))
    assert bill(close(story)) == [("usage", "2026-09-01", "2026-10-01", "100", "1.00")]


def test_an_add_on_ends_with_its_subscription() -> None:
    story = customer().when(
        StartSubscription(
            subscription_id="sub-2",
            account_id="acc-1",
            plan_id="office",
            start=date(2026, 9, 16),
            parent_id="sub-1",
        )
    )
    story.when(on(TerminateSubscription, "2026-10-01"))
    ends = {e.subscription_id: e.effective_on for e in story.events if isinstance(e, SubscriptionTerminated)}
    assert ends == {"sub-1": date(2026, 10, 1), "sub-2": date(2026, 10, 1)}


# -- trials ----------------------------------------------------------------------------------------------------------


def test_a_trial_is_free_and_its_end_is_charged_from() -> None:
    story = rating(cycle(), *plan(FLAT), account())
    story.when(
        StartSubscription(
            subscription_id="sub-1",
            account_id="acc-1",
            plan_id="fiber",
            start=date(2026, 9, 1),
            trial_until=date(2026, 9, 16),
        )
    )
    assert bill(close(story)) == [
        ("recurring", "2026-09-16", "2026-10-01", None, "10.00"),
        ("recurring", "2026-10-01", "2026-11-01", None, "20.00"),
    ]


# -- other prorations ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proration", "credit"),
    [
        ("actual",   "-9.68"),   # 15 ÷ 31
        ("fixed_30", "-9.33"),   # from the 17th to the 30th: 14 ÷ 30
        ("none",     "-20.00"),  # a part of a period costs nothing
        ("full",     None),      # a period begun is paid
    ],
)  # fmt: skip
def test_r7_an_end_gives_back_what_the_price_says(proration: str, credit: str | None) -> None:
    story = customer({**FLAT, "proration": proration})
    close(story)
    story.when(on(TerminateSubscription, "2026-10-17"), now=at("2026-10-10 12:00"))
    expected = [] if credit is None else [("credit", "2026-10-17", "2026-11-01", None, credit)]
    assert bill(close(story)) == expected
    assert bill(close(story)) == []


def test_r9_a_line_with_a_minimum_gives_back_no_more_than_it_cost() -> None:
    """20.00 a month, at least 15.00 a line: 16 days of 31 cost 15.00, so 5.00 come back; the rest never."""
    story = customer({**FLAT, "modifiers": {"minimum": "15.00"}})
    close(story)
    story.when(on(TerminateSubscription, "2026-10-17"), now=at("2026-10-10 12:00"))
    assert [line[-1] for line in bill(close(story))] == ["-5.00"]


def test_r9_credits_of_one_line_never_exceed_it() -> None:
    """Ten suspensions of a day and an end, each rounded on its own: 0.01 a day would come to more than 0.15."""
    story = customer({**FLAT, "amount": "0.15"})
    close(story)
    for day in range(2, 22, 2):
        story.when(
            on(SuspendSubscription, f"2026-10-{day:02}", until=date(2026, 10, day + 1)), now=at("2026-10-01 12:00")
        )
    story.when(on(TerminateSubscription, "2026-10-22"))
    credits = [Decimal(line[-1]) for line in bill(close(story))]
    assert sum(credits) >= Decimal("-0.15") and all(credit < 0 for credit in credits)

"""What the network is told of lines follows from what happens to their subscriptions, in the same transaction."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from services.rating.allowance.messages import BandwidthProfileAsked
from services.rating.bandwidth_profile.messages import BandwidthProfileDefined, BandwidthTerms
from services.rating.plan.messages import PlanDrafted, PlanTerms, PlanVersionPublished
from services.rating.spend_alert.messages import (
    SpendAlertChanged,
    SpendAlertRemoved,
    SpendAlertSet,
    SpendThresholdReached,
    SuspensionAsked,
)
from services.rating.subscription.messages import (
    CancelChange,
    ChangePlan,
    ChangeQuantity,
    PauseSubscription,
    ResumeSubscription,
    StartSubscription,
    SubscriptionSuspended,
    SuspendSubscription,
    TerminateSubscription,
)
from services.usage.access.messages import SetAccess
from shared.kernel.message import Command, Event
from tests.kit.decider import Specification
from tests.services.rating.world import FLAT, SEPTEMBER, account, at, cycle, plan, priced, rating, subscription

PROFILES = tuple(
    BandwidthProfileDefined(profile_id=name, terms=BandwidthTerms(name=name, down_kbps=down, up_kbps=down // 4))
    for name, down in (("fast", 100_000), ("slow", 2_000))
)
FAST: tuple[Event, ...] = (
    PlanDrafted(
        plan_id="fast",
        version=1,
        name="Fast",
        currency="EUR",
        prices=priced(FLAT),
        terms=PlanTerms(bandwidth_profile_id="fast"),
    ),
    PlanVersionPublished(plan_id="fast", version=1, effective_from=date(2026, 1, 1)),
)


def customer(*more: Event) -> Specification:
    """sub-1 of a plan without rates, since 1 September, in Paris; it is noon of the 10th there."""
    world = (cycle(), *PROFILES, *plan(FLAT), *FAST, account(time_zone="Europe/Paris"), subscription())
    return rating(*world, *more, now=at("2026-09-10 10:00"))


def change(kind: type[Command], **fields: Any) -> Any:
    day = fields.pop("on", None)
    effective = {} if kind is CancelChange else {"effective_on": None if day is None else date.fromisoformat(day)}
    return kind(**{"subscription_id": "sub-1", "account_id": "acc-1", **effective, **fields})


def told(story: Specification) -> list[tuple[str, str, list[tuple[str, str, str | None]]]]:
    """The commands to usage: resource, cause, and each step with its instant, state and profile."""
    sent = [send.message for send in story.sends if isinstance(send.message, SetAccess) and send.to == "usage"]
    return [
        (
            message.resource_id,
            message.cause,
            [(f"{s.at:%m-%d %H:%M}", s.state, s.rates.profile if s.rates else None) for s in message.steps],
        )
        for message in sent
    ]


LINE = "subscription:sub-1"
SINCE = ("08-31 22:00", "open", None)


def test_a_suspension_blocks_the_line_from_midnight_of_its_day_where_the_account_is() -> None:
    story = customer().when(change(SuspendSubscription, on="2026-09-12"))
    assert told(story) == [(LINE, "subscription", [SINCE, ("09-11 22:00", "blocked", None)])]
    story.when(change(ResumeSubscription, on="2026-09-15"))
    steps = [SINCE, ("09-11 22:00", "blocked", None), ("09-14 22:00", "open", None)]
    assert told(story)[0] == (LINE, "subscription", steps)


def test_a_soft_suspension_throttles_to_its_profile_with_the_rates_of_now() -> None:
    story = customer().when(change(SuspendSubscription, access="throttled", profile="slow", until=date(2026, 9, 20)))
    steps = [("09-09 22:00", "throttled", "slow"), ("09-19 22:00", "open", None)]
    assert told(story) == [(LINE, "subscription", steps)] * 2
    (message, *_) = [send.message for send in story.sends if isinstance(send.message, SetAccess)]
    assert message.steps[0].rates is not None and message.steps[0].rates.down_kbps == 2_000


def test_a_pause_blocks_and_a_termination_blocks_for_good() -> None:
    story = customer().when(change(PauseSubscription))
    assert told(story) == [(LINE, "subscription", [("09-09 22:00", "blocked", None)])]
    story = customer().when(change(TerminateSubscription, on="2026-09-30"))
    assert told(story) == [(LINE, "subscription", [SINCE, ("09-29 22:00", "blocked", None)])]


def test_a_change_that_is_cancelled_is_taken_back() -> None:
    story = customer().when(change(SuspendSubscription, on="2026-09-12"))
    (suspended,) = [event for event in story.events if isinstance(event, SubscriptionSuspended)]
    story.when(change(CancelChange, change_id=suspended.change_id))
    assert told(story) == [(LINE, "subscription", [SINCE])]


def test_another_plan_tells_its_rates_and_other_changes_tell_nothing() -> None:
    story = customer().when(change(ChangeQuantity, quantity=3))
    assert told(story) == []
    story.when(change(ChangePlan, plan_id="fast", on="2026-09-10"))
    assert told(story) == [(LINE, "subscription", [("09-09 22:00", "open", "fast")])]


def test_a_subscription_that_starts_tells_only_when_it_ends() -> None:
    start = StartSubscription(subscription_id="sub-2", account_id="acc-1", plan_id="fiber", start=date(2026, 9, 10))
    assert told(customer().when(start)) == []
    ending = StartSubscription(
        subscription_id="sub-2",
        account_id="acc-1",
        plan_id="fiber",
        start=date(2026, 9, 10),
        end=date(2026, 9, 20),
    )
    steps = [("09-09 22:00", "open", None), ("09-19 22:00", "blocked", None)]
    assert told(customer().when(ending)) == [("subscription:sub-2", "subscription", steps)]


def react(story: Specification, event: Event) -> Specification:
    """What follows from an event, as if it had been recorded."""
    return story.when_event(event)


def test_fair_use_throttles_and_its_end_clears_what_it_asked_for() -> None:
    asked: dict[str, Any] = {"subscription_id": "sub-1", "account_id": "acc-1", "period": SEPTEMBER}
    story = react(customer(), BandwidthProfileAsked(**asked, profile="slow", reason="fair_use", at="80%"))
    assert told(story) == [(LINE, "fair_use", [("09-10 10:00", "throttled", "slow")])]
    react(story, BandwidthProfileAsked(**asked, profile="fast", reason="allowance_restored"))
    assert told(story) == [(LINE, "fair_use", [("09-10 10:00", "open", "fast")])]
    react(story, BandwidthProfileAsked(**asked, profile=None, reason="allowance_restored"))
    assert told(story) == [(LINE, "fair_use", [])]


def test_a_cap_blocks_every_line_of_the_account_until_the_period_is_over_or_its_alert_is_gone() -> None:
    second = subscription("2026-09-05", subscription_id="sub-2")
    gone = subscription("2026-09-01", end="2026-09-08", subscription_id="sub-3")
    story = customer(second, gone)
    cap: dict[str, Any] = {"alert_id": "al-1", "account_id": "acc-1", "threshold": Decimal("50.00"), "currency": "EUR"}
    story.given(SpendAlertSet(**cap, scope="period", action="cap"))
    react(story, SuspensionAsked(**cap, period=SEPTEMBER, amount=Decimal("50.20")))
    steps = [("09-10 10:00", "blocked", None), ("09-30 22:00", "open", None)]
    assert told(story) == [
        (LINE, "spend_cap:al-1", steps),
        ("subscription:sub-2", "spend_cap:al-1", steps),
    ]
    react(story, SpendAlertRemoved(alert_id="al-1", account_id="acc-1"))
    assert told(story) == [(LINE, "spend_cap:al-1", []), ("subscription:sub-2", "spend_cap:al-1", [])]


def test_a_changed_cap_lifts_what_it_blocked_and_one_that_blocked_nothing_tells_nothing() -> None:
    cap: dict[str, Any] = {"alert_id": "al-1", "account_id": "acc-1", "threshold": Decimal("50.00"), "currency": "EUR"}
    changed = SpendAlertChanged(**{**cap, "threshold": Decimal("80.00")}, version=2, scope="period", action="cap")
    story = customer().given(SpendAlertSet(**cap, scope="period", action="cap"))
    assert told(react(story, changed)) == []
    story.given(
        SpendAlertSet(**{**cap, "alert_id": "al-2"}, scope="period", action="cap"),
        SpendThresholdReached(**{**cap, "alert_id": "al-2"}, period=SEPTEMBER, amount=Decimal("50.20")),
    )
    react(story, msgspec.structs.replace(changed, alert_id="al-2"))
    assert told(story) == [(LINE, "spend_cap:al-2", [])]

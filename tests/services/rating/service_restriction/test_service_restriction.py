"""What collection asks of services: each line as a person would, and back only what it took itself (R57)."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.rating.service_restriction.messages import (
    EndServices,
    LineLeft,
    RestoreServices,
    RestrictServices,
    ServicesEnded,
    ServicesRestored,
    ServicesRestricted,
)
from services.rating.service_restriction.state import ServiceRestriction
from services.rating.subscription.messages import (
    PauseSubscription,
    ResumeSubscription,
    StartSubscription,
    SubscriptionResumed,
    SubscriptionStarted,
    SubscriptionSuspended,
    SubscriptionTerminated,
    SuspendSubscription,
    TerminateSubscription,
)
from services.rating.subscription.state import Subscription
from services.usage.access.messages import SetAccess
from shared.kernel.message import Event
from tests.kit.decider import Specification
from tests.services.rating.subscription.story import customer, on
from tests.services.rating.world import at

CASE: dict[str, Any] = {"account_id": "acc-1", "case_id": "case-1"}
BLOCK = RestrictServices(access="blocked", **CASE)
SLOW = RestrictServices(access="throttled", profile="slow", **CASE)
RESTORE, END = RestoreServices(**CASE), EndServices(**CASE)


def with_two() -> Specification:
    story = customer(now="2026-09-10 12:00")
    story.when(StartSubscription(subscription_id="sub-2", account_id="acc-1", plan_id="office", start=date(2026, 9, 1)))
    return story


def told(story: Specification, kind: type[Event]) -> list[Event]:
    return [event for event in story.events if isinstance(event, kind)]


def status(story: Specification, subscription_id: str, day: str = "2026-09-10") -> str:
    held = story.get(Subscription, subscription_id)
    term = held.terms_on(date.fromisoformat(day)) if held else None
    return "ended" if term is None else term.status


def lines(story: Specification) -> list[tuple[str, str]]:
    """What usage is told of each line: what it has last."""
    sent = [send.message for send in story.sends if isinstance(send.message, SetAccess)]
    return [(message.resource_id, message.steps[-1].state) for message in sent]


def test_every_line_is_blocked_and_given_back() -> None:
    story = with_two().when(BLOCK)
    (restricted,) = told(story, ServicesRestricted)
    assert isinstance(restricted, ServicesRestricted) and restricted.left == ()
    assert [line.subscription_id for line in restricted.lines] == ["sub-1", "sub-2"]
    assert len({line.change_id for line in restricted.lines}) == 2
    assert lines(story) == [("subscription:sub-1", "blocked"), ("subscription:sub-2", "blocked")]
    (first, _) = told(story, SubscriptionSuspended)
    assert isinstance(first, SubscriptionSuspended)
    assert (first.billing, first.reason, first.effective_on) == ("continue", "dunning", date(2026, 9, 10))
    story.when(RESTORE, now=at("2026-09-15 12:00"))
    assert told(story, ServicesRestored) == [ServicesRestored(lines=("sub-1", "sub-2"), **CASE)]
    assert [status(story, name, "2026-09-15") for name in ("sub-1", "sub-2")] == ["active", "active"]
    assert story.get(ServiceRestriction, "acc-1") is None


def test_the_same_asked_twice_is_nothing_and_so_is_giving_back_what_was_not_taken() -> None:
    story = with_two().when(BLOCK)
    story.when(BLOCK).then_nothing()
    story.when(RESTORE).when(RESTORE).then_nothing()


def test_little_becomes_nothing_without_service_between() -> None:
    story = with_two().when(SLOW)
    story.when(BLOCK, now=at("2026-09-14 12:00"))
    assert not told(story, SubscriptionResumed) and len(told(story, SubscriptionSuspended)) == 2
    assert {state for _, state in lines(story)} == {"blocked"}
    story.when(RESTORE, now=at("2026-09-15 12:00"))
    assert len(told(story, SubscriptionResumed)) == 2


def test_what_a_person_suspended_is_neither_taken_nor_given_back() -> None:
    story = with_two().when(on(SuspendSubscription))
    story.when(BLOCK)
    (restricted,) = told(story, ServicesRestricted)
    assert isinstance(restricted, ServicesRestricted)
    assert [line.subscription_id for line in restricted.lines] == ["sub-2"]
    assert restricted.left == (LineLeft(subscription_id="sub-1", reason="not_active"),)
    story.when(RESTORE)
    assert told(story, ServicesRestored) == [ServicesRestored(lines=("sub-2",), **CASE)]
    assert (status(story, "sub-1"), status(story, "sub-2")) == ("suspended", "active")


def test_what_a_person_resumed_and_paused_since_is_left_paused() -> None:
    story = with_two().when(BLOCK)
    story.when(on(ResumeSubscription)).when(on(PauseSubscription))
    story.when(RESTORE)
    (restored,) = told(story, ServicesRestored)
    assert isinstance(restored, ServicesRestored)
    assert restored.left == (LineLeft(subscription_id="sub-1", reason="changed_since"),)
    assert status(story, "sub-1") == "paused"


def test_what_has_ended_meanwhile_is_not_given_back() -> None:
    story = with_two().when(BLOCK)
    story.when(on(TerminateSubscription))
    story.when(RESTORE, now=at("2026-09-12 12:00"))
    (restored,) = told(story, ServicesRestored)
    assert isinstance(restored, ServicesRestored)
    assert restored.left == (LineLeft(subscription_id="sub-1", reason="subscription_ended"),)
    assert restored.lines == ("sub-2",)


def test_what_begins_while_the_account_is_blocked_is_blocked_and_given_back_with_the_rest() -> None:
    story = customer(now="2026-09-10 12:00").when(BLOCK)
    story.when(
        StartSubscription(subscription_id="sub-2", account_id="acc-1", plan_id="office", start=date(2026, 9, 20))
    )
    assert [type(event) for event in story.events][:1] == [SubscriptionStarted]
    (restricted,) = told(story, ServicesRestricted)
    assert isinstance(restricted, ServicesRestricted)
    assert [line.subscription_id for line in restricted.lines] == ["sub-2"]
    assert status(story, "sub-2", "2026-09-20") == "suspended"
    story.when(RESTORE, now=at("2026-09-12 12:00"))
    assert told(story, ServicesRestored) == [ServicesRestored(lines=("sub-1", "sub-2"), **CASE)]
    assert status(story, "sub-2", "2026-09-20") == "active"


def test_every_line_ends_once() -> None:
    story = with_two().when(BLOCK)
    story.when(END)
    assert told(story, ServicesEnded) == [ServicesEnded(lines=("sub-1", "sub-2"), **CASE)]
    assert len(told(story, SubscriptionTerminated)) == 2
    story.when(END).then_nothing()
    story.when(RESTORE)
    (restored,) = told(story, ServicesRestored)
    assert isinstance(restored, ServicesRestored) and restored.lines == ()


def test_an_account_without_lines_is_restricted_for_those_that_may_come() -> None:
    story = customer(now="2026-09-10 12:00").when(on(TerminateSubscription, "2026-09-05"))
    story.when(BLOCK)
    assert told(story, ServicesRestricted) == [ServicesRestricted(access="blocked", **CASE)]

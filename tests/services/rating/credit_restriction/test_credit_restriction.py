"""For want of credit lines are blocked by a cause of their own, and what else blocks them goes on to."""

from __future__ import annotations

from typing import Any

from services.rating.credit_restriction.messages import CreditRestricted, CreditRestrictionLifted, RestrictForCredit
from services.rating.service_restriction.messages import RestrictServices
from services.rating.subscription.messages import StartSubscription, SubscriptionSuspended
from services.usage.access.messages import SetAccess
from tests.kit.decider import Specification
from tests.services.rating.world import FLAT, account, at, cycle, plan, rating, subscription


def customer() -> Specification:
    given = (cycle(), *plan(FLAT), account(), subscription(), subscription(subscription_id="sub-2"))
    return rating(*given, now=at("2026-09-10 12:00"))


def restrict(restricted: bool = True) -> RestrictForCredit:
    return RestrictForCredit(account_id="acc-1", restricted=restricted)


def said(story: Specification) -> list[tuple[Any, ...]]:
    """What usage was told of each line: its cause, and what that asks for."""
    told = [send.message for send in story.sends if isinstance(send.message, SetAccess)]
    return [(one.resource_id, one.cause, [step.state for step in one.steps]) for one in told]


def test_every_line_is_blocked_and_opened_again_once() -> None:
    story = customer().when(restrict())
    assert CreditRestricted(account_id="acc-1") in story.events
    assert said(story) == [
        ("subscription:sub-1", "credit", ["blocked"]),
        ("subscription:sub-2", "credit", ["blocked"]),
    ]
    story.when(restrict()).then_nothing()
    story.when(restrict(False))
    assert CreditRestrictionLifted(account_id="acc-1") in story.events
    assert said(story) == [("subscription:sub-1", "credit", []), ("subscription:sub-2", "credit", [])]
    story.when(restrict(False)).then_nothing()


def test_lifting_it_says_nothing_of_what_dunning_has_blocked() -> None:
    story = customer().when(restrict())
    story.when(RestrictServices(account_id="acc-1", case_id="c-1", access="blocked"))
    assert [type(event) for event in story.events].count(SubscriptionSuspended) == 2
    assert {cause for _, cause, _ in said(story)} == {"subscription"}
    story.when(restrict(False))
    assert {cause for _, cause, _ in said(story)} == {"credit"}
    assert not [event for event in story.events if isinstance(event, SubscriptionSuspended)]


def test_a_line_that_begins_meanwhile_is_blocked_too() -> None:
    story = customer().when(restrict())
    asked = StartSubscription(
        subscription_id="sub-3", account_id="acc-1", plan_id="fiber", start=at("2026-09-10 00:00").date()
    )
    story.when(asked)
    assert ("subscription:sub-3", "credit", ["blocked"]) in said(story)


def test_an_account_that_is_not_there_is_left_alone() -> None:
    rating().when(restrict()).then_nothing()

"""A bandwidth profile with other rates is told to the lines that have it, a page at a time in every partition."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.rating.access.messages import ProfilePageWalked, WalkProfile
from services.rating.bandwidth_profile.messages import BandwidthProfileChanged, BandwidthTerms, ChangeBandwidthProfile
from services.rating.plan_migration.state import SUBSCRIPTIONS_PER_PAGE
from services.rating.subscription.messages import ChangePlan, SubscriptionStarted, SuspendSubscription
from services.usage.access.messages import Rates, UpdateRates
from shared.kernel.message import Event
from tests.kit.decider import Specification
from tests.services.rating.access.test_react import change, customer
from tests.services.rating.world import subscription

SLOWER = BandwidthTerms(name="slow", down_kbps=1_000, up_kbps=500)
RATES = Rates(profile="slow", down_kbps=1_000, up_kbps=500)
WALK = WalkProfile(profile_id="slow", version=2, rates=RATES)


def changed(terms: BandwidthTerms) -> ChangeBandwidthProfile:
    return ChangeBandwidthProfile(profile_id="slow", terms=terms)


def walked(story: Specification) -> ProfilePageWalked:
    (page,) = [event for event in story.events if isinstance(event, ProfilePageWalked)]
    return page


def updated(story: Specification) -> list[tuple[str, Rates]]:
    sent = [send.message for send in story.sends if send.to == "usage"]
    return [(each.resource_id, each.rates) for each in sent if isinstance(each, UpdateRates)]


def onward(story: Specification) -> list[tuple[Any, int | None]]:
    return [(send.message, send.partition) for send in story.sends if isinstance(send.message, WalkProfile)]


def suspended() -> Specification:
    """sub-1 is throttled to `slow`, sub-2 is of the plan that gives `fast`, sub-3 of neither."""
    story = customer(subscription(subscription_id="sub-2"), subscription(subscription_id="sub-3"))
    story.when(change(SuspendSubscription, access="throttled", profile="slow"))
    return story.when(change(ChangePlan, subscription_id="sub-2", plan_id="fast", on="2026-09-20"))


def test_other_rates_are_walked_in_every_partition_and_another_name_in_none() -> None:
    story = customer().when(changed(SLOWER))
    story.then(BandwidthProfileChanged(profile_id="slow", version=2, terms=SLOWER, partitions=4))
    assert onward(story) == [(WALK, partition) for partition in range(4)]
    renamed = BandwidthTerms(name="Slow", down_kbps=1_000, up_kbps=500, description="half")
    story.when(changed(renamed)).then(BandwidthProfileChanged(profile_id="slow", version=3, terms=renamed))
    assert story.sends == []


def test_lines_that_may_have_the_profile_are_told_its_rates_and_no_others() -> None:
    story = suspended().when(WALK)
    assert (walked(story).found, walked(story).last) == (["sub-1"], True)
    assert updated(story) == [("subscription:sub-1", RATES)]
    faster = Rates(profile="fast", down_kbps=200_000, up_kbps=50_000)
    story.when(WalkProfile(profile_id="fast", version=2, rates=faster))
    assert updated(story) == [("subscription:sub-2", faster)]


def test_a_walk_goes_page_by_page_and_each_is_bounded() -> None:
    many: list[Event] = [
        SubscriptionStarted(
            subscription_id=f"sub-{n:03}", account_id="acc-1", plan_id="fast", start=date(2026, 9, 1), period=period
        )
        for period in [subscription().period]
        for n in range(2, 2 * SUBSCRIPTIONS_PER_PAGE + 3)
    ]
    story = customer(*many)
    rates = Rates(profile="fast", down_kbps=1, up_kbps=1)
    command: WalkProfile | None = WalkProfile(profile_id="fast", version=2, rates=rates)
    pages = []
    while command is not None:
        story.when(command)
        pages.append(len(updated(story)))
        assert len(story.events) == 1
        command = next((message for message, partition in onward(story) if partition == 0), None)
    # sub-1, of another plan, stands on the first page.
    assert pages == [SUBSCRIPTIONS_PER_PAGE - 1, SUBSCRIPTIONS_PER_PAGE, 2]
    assert walked(story).last


def test_the_walk_of_an_older_version_ends_where_a_newer_one_is_known() -> None:
    story = suspended().when(changed(SLOWER)).when(changed(BandwidthTerms(name="slow", down_kbps=9, up_kbps=9)))
    story.when(WALK)
    assert (walked(story).found, walked(story).last, story.sends) == ([], True, [])

"""Fair use asks for a bandwidth profile when a step is reached, once, and for the normal one when it is over."""

from __future__ import annotations

from services.rating.allowance.messages import BandwidthProfileAsked, FairUseStep
from tests.kit.decider import Specification
from tests.services.rating.allowance.story import Guide, allowance, customer, top_up
from tests.services.rating.world import at, close, guided, used

STEPS = (FairUseStep(at="80%", profile="slow"), FairUseStep(at="100%", profile="slowest"))


def asked(story: Specification) -> list[tuple[str | None, str, str | None]]:
    return [(e.profile, e.reason, e.at) for e in story.events if isinstance(e, BandwidthProfileAsked)]


def test_r18_a_fair_use_step_is_asked_for_once_when_it_is_reached() -> None:
    story = customer(allowance("100", then=STEPS))
    story.now = at("2026-09-10 12:00")
    usage = Guide(story)
    usage.use(79, "2026-09-05")
    assert asked(story) == []
    usage.use(1, "2026-09-06")
    assert asked(story) == [("slow", "fair_use", "80%")]
    usage.use(10, "2026-09-07")
    assert asked(story) == []
    usage.use(50, "2026-09-07")
    assert asked(story) == [("slowest", "fair_use", "100%")]


def test_r18_a_message_that_passes_two_steps_asks_for_the_last() -> None:
    story = customer(allowance("100", then=STEPS))
    Guide(story).use(500, "2026-09-01")
    assert asked(story) == [("slowest", "fair_use", "100%")]


def test_r18_a_top_up_gives_the_bandwidth_back_that_it_pays_for() -> None:
    """110 of 100 is the last step; with 100 more it is 55 %, below the first."""
    story = customer(allowance("100", then=STEPS))
    story.now = at("2026-09-10 12:00")
    usage = Guide(story)
    usage.use(110, "2026-09-05")
    story.when(top_up("100"))
    assert asked(story) == [(None, "allowance_restored", None)]
    usage.use(60, "2026-09-06")
    assert asked(story) == [("slow", "fair_use", "80%")]


def test_r18_a_new_period_begins_with_the_normal_bandwidth() -> None:
    story = customer(allowance("100", then=STEPS))
    usage = Guide(story)
    usage.use(100, "2026-09-01")
    close(story)
    assert asked(story) == [(None, "allowance_restored", None)]
    close(story)
    assert asked(story) == []


def test_r18_usage_of_the_new_period_restores_it_before_the_old_one_is_closed() -> None:
    story = customer(allowance("100", then=STEPS))
    usage = Guide(story)
    usage.use(100, "2026-09-01")
    story.now = at("2026-10-01 00:30")
    usage.use(1, "2026-10-01")
    assert asked(story) == [(None, "allowance_restored", None)]


def test_a_step_may_be_a_quantity() -> None:
    story = customer(allowance("100", then=(FairUseStep(at="250.5", profile="slow"),)))
    usage = Guide(story)
    usage.use(250, "2026-09-01")
    assert asked(story) == []
    usage.use("0.5", "2026-09-01")
    assert asked(story) == [("slow", "fair_use", "250.5")]


def test_plans_without_steps_ask_for_nothing() -> None:
    story = customer(allowance("100"))
    Guide(story).use(500, "2026-09-01")
    assert asked(story) == []


def of_lines(story: Specification) -> dict[str, tuple[str | None, str]]:
    return {e.subscription_id: (e.profile, e.reason) for e in story.events if isinstance(e, BandwidthProfileAsked)}


def test_r18_a_pool_slows_all_of_its_lines_down_whoever_has_used_it() -> None:
    """Two lines with 100 each: 80 % of 200 is 160, of which one uses 150."""
    story = customer(allowance("100", shared=True, then=STEPS), subscriptions=("sub-1", "sub-2"))
    story.now = at("2026-09-10 12:00")
    usage = Guide(story)
    usage.use(150, "2026-09-05", "sub-1")
    assert of_lines(story) == {}
    usage.use(10, "2026-09-06", "sub-2")
    assert of_lines(story) == {"sub-1": ("slow", "fair_use"), "sub-2": ("slow", "fair_use")}
    usage.use(1, "2026-09-07", "sub-2")
    assert of_lines(story) == {}
    usage.use(39, "2026-09-07", "sub-1")
    assert of_lines(story) == {"sub-1": ("slowest", "fair_use"), "sub-2": ("slowest", "fair_use")}


def test_r18_usage_of_one_message_by_several_lines_of_a_pool_counts_together() -> None:
    story = customer(allowance("100", shared=True, then=STEPS), subscriptions=("sub-1", "sub-2"))
    story.now = at("2026-09-10 12:00")
    records = [used(80, "2026-09-05 12:00", subscription_id=name, index=n) for n, name in enumerate(("sub-1", "sub-2"))]
    story.when_event(guided(*records, n=1, seq=1))
    assert of_lines(story) == {"sub-1": ("slow", "fair_use"), "sub-2": ("slow", "fair_use")}


def test_r18_a_top_up_of_one_line_gives_the_bandwidth_of_its_pool_back() -> None:
    story = customer(allowance("100", shared=True, then=STEPS), subscriptions=("sub-1", "sub-2"))
    story.now = at("2026-09-10 12:00")
    Guide(story).use(160, "2026-09-05", "sub-2")
    story.when(top_up("100"))
    assert of_lines(story) == dict.fromkeys(("sub-1", "sub-2"), (None, "allowance_restored"))


def test_r18_a_new_period_gives_a_pool_its_bandwidth_back() -> None:
    story = customer(allowance("100", shared=True, then=STEPS), subscriptions=("sub-1", "sub-2"))
    Guide(story).use(200, "2026-09-01", "sub-2")
    close(story)
    assert of_lines(story) == dict.fromkeys(("sub-1", "sub-2"), (None, "allowance_restored"))


def test_r18_lines_that_share_nothing_are_not_slowed_down_by_each_other() -> None:
    story = customer(allowance("100", then=STEPS), subscriptions=("sub-1", "sub-2"))
    Guide(story).use(200, "2026-09-01", "sub-2")
    assert of_lines(story) == {"sub-2": ("slowest", "fair_use")}

"""What a line is to have: every cause, in any order, twice, later, and told until it is acknowledged."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import permutations

import pytest

from services.usage.access.decide import timer_name
from services.usage.access.messages import (
    AccessCauseSet,
    AccessState,
    AccessStep,
    AccessUnchanged,
    AccessWanted,
    AssignElement,
    AttemptEnded,
    AttemptStarted,
    CheckAccess,
    ElementAssigned,
    EndAttempt,
    Outcome,
    Rates,
    RepeatAccess,
    SetAccess,
    StartAttempt,
    UpdateRates,
)
from services.usage.access.state import Access
from services.usage.network_element.messages import ElementTerms, NetworkElementDefined
from shared.kernel.decider import Due
from tests.kit.decider import Specification
from tests.services.usage.story import NOON, partition

LINE = "subscription:sub-1"
SLOW = Rates(profile="slow", down_kbps=2000, up_kbps=500)
SLOWER = Rates(profile="slower", down_kbps=500, up_kbps=100)
NORMAL = Rates(profile="100-20", down_kbps=100_000, up_kbps=20_000)


def step(state: AccessState, rates: Rates | None = None, at: datetime = NOON) -> AccessStep:
    return AccessStep(at=at, state=state, rates=rates)


def asks(cause: str, *steps: AccessStep) -> SetAccess:
    return SetAccess(resource_id=LINE, cause=cause, steps=[*steps])


def line(spec: Specification) -> Access:
    found = spec.get(Access, LINE)
    assert found is not None
    return found


def wanted(state: AccessState, version: int, profile: Rates | None = None, *why: str, reason: str = "") -> AccessWanted:
    return AccessWanted(resource_id=LINE, state=state, version=version, profile=profile, why=[*why], reason=reason)


BLOCKED = asks("subscription", step("blocked"))


def test_a_suspension_blocks_the_line_and_its_end_opens_it_with_its_plans_rates() -> None:
    story = partition().when(BLOCKED)
    story.then(
        AccessCauseSet(resource_id=LINE, cause="subscription", steps=BLOCKED.steps),
        wanted("blocked", 1, None, "subscription"),
    )
    story.when(asks("subscription", step("open", NORMAL)))
    assert story.events[1:] == [wanted("open", 2, NORMAL)]


def test_the_same_asked_for_again_is_no_event() -> None:
    story = partition().when(BLOCKED)
    story.when(BLOCKED).then_nothing()
    # Another cause that asks for the same is kept, and nothing else is wanted.
    cap = asks("spend_cap:al-1", step("blocked"))
    story.when(cap).then(AccessCauseSet(resource_id=LINE, cause="spend_cap:al-1", steps=cap.steps))


def test_a_line_that_is_open_anyway_is_not_told_so() -> None:
    story = partition().when(asks("subscription", step("open")))
    assert [type(event) for event in story.events] == [AccessCauseSet]


ALL = (
    asks("subscription", step("open", NORMAL)),
    asks("fair_use", step("throttled", SLOW)),
    asks("another", step("throttled", SLOWER)),
    asks("spend_cap:al-1", step("blocked")),
)


@pytest.mark.parametrize("order", [*permutations(ALL)])
def test_the_strictest_of_several_causes_counts_in_whatever_order_they_come_and_go(
    order: tuple[SetAccess, ...],
) -> None:
    story = partition()
    for asked in order:
        story.when(asked)
    assert (line(story).wanted, line(story).rates) == ("blocked", None)
    story.when(asks("spend_cap:al-1"))
    assert (line(story).wanted, line(story).rates) == ("throttled", SLOWER)
    story.when(asks("another"))
    assert (line(story).wanted, line(story).rates) == ("throttled", SLOW)
    story.when(asks("fair_use"))
    assert (line(story).wanted, line(story).rates) == ("open", NORMAL)
    assert [*line(story).causes] == ["subscription"]


def test_what_a_cause_asks_for_later_is_wanted_when_it_is_due_and_not_before() -> None:
    tomorrow, then = NOON + timedelta(days=1), NOON + timedelta(days=2)
    story = partition().when(asks("subscription", step("blocked", at=tomorrow), step("open", NORMAL, at=then)))
    assert [type(event) for event in story.events] == [AccessCauseSet]
    due = story.get(Due, timer_name(LINE))
    assert due is not None and due.due_at == tomorrow
    check = CheckAccess(resource_id=LINE)
    story.when(check, now=NOON + timedelta(hours=1)).then_nothing()
    story.when(check, now=tomorrow).then(wanted("blocked", 1, None, "subscription"))
    due = story.get(Due, timer_name(LINE))
    assert due is not None and due.due_at == then
    story.when(check, now=then).then(wanted("open", 2, NORMAL))
    assert story.get(Due, timer_name(LINE)) is None
    story.when(check).then_nothing()


def test_a_cause_that_is_taken_back_takes_its_timer_along() -> None:
    story = partition().when(asks("subscription", step("blocked", at=NOON + timedelta(days=1))))
    story.when(asks("subscription"))
    assert story.get(Due, timer_name(LINE)) is None and line(story).version == 0


def test_a_timer_that_comes_late_closes_though_nothing_else_is_wanted_by_then() -> None:
    tomorrow, then = NOON + timedelta(days=1), NOON + timedelta(days=2)
    story = partition().when(asks("subscription", step("blocked", at=tomorrow), step("open", at=then)))
    story.when(CheckAccess(resource_id=LINE), now=then).then(AccessUnchanged(resource_id=LINE))
    assert story.get(Due, timer_name(LINE)) is None


def start(version: int, attempt: int) -> StartAttempt:
    return StartAttempt(resource_id=LINE, version=version, attempt=attempt, element_id="bng-1")


def end(version: int, attempt: int, outcome: Outcome = "acknowledged") -> EndAttempt:
    return EndAttempt(resource_id=LINE, version=version, attempt=attempt, outcome=outcome, answer="ACK")


def test_a_version_is_told_until_it_is_acknowledged_and_never_again() -> None:
    story = partition().when(BLOCKED)
    started = AttemptStarted(resource_id=LINE, version=1, attempt=1, element_id="bng-1")
    story.when(start(1, 1)).then(started)
    # While an attempt runs there is no other.
    story.when(start(1, 2)).then_nothing()
    story.when(end(1, 1, "timed_out"))
    story.when(start(1, 2))
    ended = AttemptEnded(resource_id=LINE, version=1, attempt=2, outcome="acknowledged", answer="ACK")
    story.when(end(1, 2)).then(ended)
    story.when(end(1, 2)).then_nothing()
    story.when(start(1, 3)).then_nothing()


def test_a_version_that_is_superseded_is_neither_started_nor_acknowledged() -> None:
    story = partition().when(BLOCKED).when(start(1, 1)).when(asks("subscription"))
    story.when(end(1, 1)).then_nothing()
    story.when(start(1, 2)).then_nothing()
    story.when(start(2, 1))
    story.when(end(1, 1)).then_nothing()
    story.when(end(2, 1))
    assert (line(story).told, line(story).version) == (2, 2)


def test_told_once_more_it_is_a_new_version_of_the_same() -> None:
    story = partition().when(BLOCKED).when(start(1, 1)).when(end(1, 1))
    again = RepeatAccess(resource_id=LINE, version=1, reason="a session is open")
    story.when(again).then(wanted("blocked", 2, None, "subscription", reason="a session is open"))
    story.when(again).then_nothing()


def test_another_element_is_told_what_the_line_is_to_have() -> None:
    element = NetworkElementDefined(element_id="bng-2", terms=ElementTerms(driver="simulated", address="lose=0"))
    assign = AssignElement(resource_id=LINE, element_id="bng-2")
    partition().when(assign).then_refused("network_element_not_found", pointer="/element_id")
    assigned = ElementAssigned(resource_id=LINE, element_id="bng-2")
    partition().given(element).when(assign).then(assigned)
    story = partition().given(element).when(BLOCKED).when(assign)
    story.then(assigned, wanted("blocked", 2, None, "subscription", reason="another network element"))
    story.when(assign).then_nothing()


# -- a profile that has other rates -----------------------------------------------------------------------------------

HALVED = Rates(profile="slow", down_kbps=1000, up_kbps=250)
UPDATE = UpdateRates(resource_id=LINE, rates=HALVED)


def test_a_throttled_line_is_told_the_new_rates_of_its_profile_as_a_new_version() -> None:
    story = partition().when(asks("fair_use", step("throttled", SLOW)))
    story.when(UPDATE).then(
        AccessCauseSet(resource_id=LINE, cause="fair_use", steps=[step("throttled", HALVED)]),
        wanted("throttled", 2, HALVED, "fair_use"),
    )
    story.when(UPDATE).then_nothing()


def test_an_open_line_is_told_the_new_rates_of_its_plan() -> None:
    faster = Rates(profile="100-20", down_kbps=200_000, up_kbps=20_000)
    story = partition().when(asks("subscription", step("open", NORMAL)))
    story.when(UpdateRates(resource_id=LINE, rates=faster))
    assert story.events[-1] == wanted("open", 2, faster)


def test_rates_of_a_cause_that_does_not_count_are_kept_and_nothing_is_told() -> None:
    story = partition().when(asks("fair_use", step("throttled", SLOW))).when(BLOCKED)
    story.when(UPDATE).then(AccessCauseSet(resource_id=LINE, cause="fair_use", steps=[step("throttled", HALVED)]))
    story.when(asks("subscription", step("open")))
    assert story.events[-1] == wanted("throttled", 3, HALVED, "fair_use")


def test_steps_to_come_get_the_new_rates_and_those_that_are_over_do_not() -> None:
    day = timedelta(days=1)
    steps = [
        step("throttled", SLOW, NOON - 2 * day),
        step("open", NORMAL, NOON - day),
        step("throttled", SLOW, NOON + day),
    ]
    story = partition().when(asks("subscription", *steps))
    story.when(UPDATE)
    (event,) = story.events
    assert isinstance(event, AccessCauseSet)
    assert [each.rates for each in event.steps] == [SLOW, NORMAL, HALVED]
    story.when(CheckAccess(resource_id=LINE), now=NOON + day)
    assert story.events == [wanted("throttled", 2, HALVED, "subscription")]


def test_a_line_that_does_not_have_the_profile_is_told_nothing() -> None:
    story = partition().when(UPDATE).then_nothing()
    story.when(asks("fair_use", step("throttled", SLOWER))).when(UPDATE).then_nothing()
    gone = asks("subscription", step("throttled", SLOW, NOON - timedelta(days=1)), step("blocked"))
    story.when(gone).when(UPDATE).then_nothing()

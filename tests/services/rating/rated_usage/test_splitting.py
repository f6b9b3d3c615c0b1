"""A guided message cut because of a bug: one account's slice waits, everything else is as if nothing had happened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rating.rated_usage.decide import PairGap
from services.rating.rated_usage.messages import UsageRated
from services.rating.rated_usage.splitting import remains, split
from services.rating.rated_usage.state import PairNumber, UsageSum
from services.usage.record.messages import GuidedUsage
from shared.kernel.errors import Indivisible
from shared.kernel.outcome import InputParked
from tests.kit.decider import Specification
from tests.services.rating.world import (
    OCTETS,
    SEPTEMBER,
    account,
    close,
    cycle,
    guided,
    plan,
    rating,
    subscription,
    timer_of,
    used,
)

NAMES = ("ann", "bo", "cy", "dee", "eve")


def customers() -> Specification:
    given_ = [cycle(), *plan(OCTETS)]
    for name in NAMES:
        given_ += [account(account_id=name), subscription(account_id=name, subscription_id=f"line-{name}")]
    return rating(*given_)


def message(*names: str, n: int = 1) -> GuidedUsage:
    records = [
        used(1, "2026-09-05 10:00", index=index, account_id=name, subscription_id=f"line-{name}")
        for index, name in enumerate(names)
    ]
    return guided(*records, n=n)


def leaves(whole: GuidedUsage) -> list[GuidedUsage]:
    """What is left when every part crashes and is cut in turn."""
    parts = split(whole)
    return [leaf for part in parts for leaf in leaves(part)] if parts else [whole]


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=30))
def test_cut_to_the_end_there_is_the_number_and_one_part_for_each_account(names: list[str]) -> None:
    whole = message(*names)
    number, *slices = leaves(whole)
    assert ([*number.records], number.part, number.n) == ([], False, whole.n)
    assert all(part.part and part.account == part.records[0].account for part in slices)
    assert sorted(part.account or "" for part in slices) == sorted(set(names))
    assert sorted(record.index for part in slices for record in part.records) == list(range(len(names)))


def test_a_whole_message_is_parked_with_no_account_even_if_it_is_of_one() -> None:
    """Its number would wait with the account, and every later message of the pair behind it."""
    assert message("ann", "ann").account is None


def test_parts_add_up_to_what_the_whole_gives_and_the_next_message_follows() -> None:
    whole, cut = customers(), customers()
    whole.when_event(message("ann", "bo", "ann", "cy"))
    for part in leaves(message("ann", "bo", "ann", "cy")):
        cut.when_event(part)
    for name in NAMES:
        assert cut.get(UsageSum, f"line-{name}") == whole.get(UsageSum, f"line-{name}")
    assert cut.get(PairNumber, "2") == PairNumber(source="2", n=1)
    cut.when_event(message("ann", n=2))
    assert [type(event) for event in cut.events] == [UsageRated]


def test_a_parked_part_is_rated_whenever_it_is_sent_again() -> None:
    story = customers()
    number, ann, bo = leaves(message("ann", "bo"))
    for event in (number, ann, message("ann", n=2), message("cy", n=3), bo):
        story.when_event(event)
    sums = story.get(UsageSum, "line-bo")
    assert sums is not None and sums.of(SEPTEMBER.start, "data.octets", 1, "fiber").records == 1
    assert story.get(PairNumber, "2") == PairNumber(source="2", n=3)


def test_a_message_out_of_number_is_wrong_as_a_whole() -> None:
    """Its parts must not be taken: a message that came twice would be billed twice."""
    assert issubclass(PairGap, Indivisible)
    with pytest.raises(Indivisible):
        customers().when_event(message("ann", n=2))


def test_an_account_with_a_parked_part_is_not_closed_and_the_others_are() -> None:
    story = customers()
    number, _, bo = leaves(message("ann", "bo"))
    parked = InputParked(
        parking_key="ann",
        n=1,
        topic="usage.guided",
        type="usage.GuidedUsage.v2",
        offset=0,
        payload="",
        error="",
        account_id="ann",
    )
    story.when_event(number).when_event(bo)
    story.given(parked)
    due = timer_of(story, "ann").due_at
    close(story, "ann").then_refused("account_parked")
    assert timer_of(story, "ann").due_at == due
    close(story, "bo")
    assert timer_of(story, "bo").due_at > due


def test_a_discarded_message_leaves_its_number_and_a_part_nothing() -> None:
    """Or the next of the pair would be out of number."""
    story = customers()
    whole = message("ann", "bo")
    left = remains(whole)
    assert left is not None
    story.when_event(left)
    assert story.get(PairNumber, "2") == PairNumber(source="2", n=1)
    assert story.get(UsageSum, "line-ann") is None
    assert [remains(part) for part in split(whole) if part.part] == [None]

"""Quarantine: what rating gives back is parked, what is mended is counted once, what is given up is said so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.usage.quarantine.messages import (
    DiscardUsage,
    RecallSource,
    RecallUsage,
    RecycleResource,
    RecycleSource,
    RecycleUsage,
    ResourceRecycled,
    ReturnUsage,
    SourceRecalled,
    SourceRecycled,
    UsageDiscarded,
    UsageRecalled,
    UsageReturned,
)
from services.usage.quarantine.state import PAGE, ParkedPage, ParkedRecord, ParkedSourcePage
from services.usage.record.messages import RecordedUsage, UsageRecorded
from services.usage.resource.messages import ResourceRegistered
from services.usage.source.messages import SourceDefined, SourceTerms
from shared.kernel.decider import Due
from tests.kit.decider import Specification
from tests.services.usage.story import MAC, NOON, assigned, counted, partition, with_line

DEFINED = SourceDefined(source_id="olt-12", terms=SourceTerms())

ONE = 1_795_395_600_000_000
"""One o'clock of 23 November 2026, in microseconds."""


def parked(
    place: str,
    reason: str = "unknown_resource",
    *,
    kind: str = "delta",
    started_at: int = ONE,
    account: str | None = None,
    subscription: str | None = None,
) -> ParkedRecord:
    named = ("olt-12", f"r{place}", MAC, "data.octets", kind)
    record = RecordedUsage(*named, 7_000_000, started_at, started_at, b"", b"", account, subscription)
    return ParkedRecord(name=place, reason=reason, record=record)


def holding(spec: Specification, *states: ParkedRecord | ParkedPage | ParkedSourcePage) -> Specification:
    """The partition with what its rows would give."""
    for state in states:
        spec.state.keep({type(state): {state.key: state}})
    return spec


def test_rating_gives_records_back() -> None:
    partition().when(ReturnUsage(seq=7, items=[(3, "too_late")], account_id="acme")).then(
        UsageReturned(seq=7, items=[(3, "too_late")], account_id="acme")
    )


def test_a_recycled_record_goes_to_its_account_and_says_where_it_stood() -> None:
    spec = holding(with_line(), parked("7#3")).when(RecycleUsage(items=[(7, 3)]))
    (event,) = spec.events
    assert isinstance(event, UsageRecorded)
    assert event.recycled == {0: (7, 3)}
    assert [(r.account, r.subscription, r.quantity, r.reason) for r in event.records] == [
        ("acme", "sub-1", 7_000_000, None)
    ]
    assert len(event.guided) == 1
    assert spec.get(ParkedRecord, "7#3") is None


def test_a_record_is_recycled_once_even_when_it_is_asked_for_twice() -> None:
    spec = holding(with_line(), parked("7#3"))
    spec.when(RecycleUsage(items=[(7, 3), (7, 3)]))
    assert len(counted(spec)) == 1
    spec.when(RecycleUsage(items=[(7, 3)])).then_nothing()


def test_what_is_not_mended_stays() -> None:
    holding(partition(), parked("7#3")).when(RecycleUsage(items=[(7, 3)])).then_nothing()
    before = parked("7#3", "no_subscription", started_at=ONE - 120 * 86_400_000_000)
    holding(with_line(), before).when(RecycleUsage(items=[(7, 3)])).then_nothing()


@pytest.mark.parametrize("reason", ["counter_ambiguous", "too_late", "schema_violation", "malformed"])
def test_what_no_second_try_mends_stays(reason: str) -> None:
    holding(with_line(), parked("7#3", reason)).when(RecycleUsage(items=[(7, 3)])).then_nothing()


def test_what_had_no_price_goes_to_the_same_account_again() -> None:
    record = parked("7#3", "no_price", account="bolt", subscription="sub-9")
    (recorded,) = counted(holding(with_line(), record).when(RecycleUsage(items=[(7, 3)])))
    assert (recorded.account, recorded.subscription) == ("bolt", "sub-9")


def test_a_reading_that_was_told_and_not_kept_is_not_recycled() -> None:
    record = parked("7#3", "unknown_meter", kind="counter")
    holding(with_line(), record).when(RecycleUsage(items=[(7, 3)])).then_nothing()


def test_a_record_from_the_future_is_taken_once_it_is_no_longer_ahead() -> None:
    tomorrow = parked("7#3", "in_future", started_at=ONE + 3 * 86_400_000_000)
    holding(with_line(), tomorrow).when(RecycleUsage(items=[(7, 3)])).then_nothing()
    later = holding(with_line(now=NOON + timedelta(days=3)), tomorrow)
    assert len(counted(later.when(RecycleUsage(items=[(7, 3)])))) == 1


def test_an_assignment_recalls_what_is_parked_in_every_partition() -> None:
    spec = partition().given(ResourceRegistered(resource_id=MAC), assigned())
    due = spec.get(Due, f"recall {MAC}")
    assert due is not None and due.command_type == "usage.RecallUsage.v1"
    spec.when(RecallUsage(resource_id=MAC)).then(UsageRecalled(resource_id=MAC, partitions=4))
    assert spec.get(Due, f"recall {MAC}") is None
    sent = [(send.message, send.partition) for send in spec.sends]
    assert sent == [(RecycleResource(resource_id=MAC), n) for n in range(4)]


def test_the_own_resource_of_a_subscription_recalls_nothing() -> None:
    name = "subscription:sub-1"
    spec = partition().given(ResourceRegistered(resource_id=name), assigned(name))
    assert spec.get(Due, f"recall {name}") is None


def test_a_resource_is_recycled_page_by_page() -> None:
    places = tuple((7, item) for item in range(PAGE))
    page = ParkedPage(name=f"0#0 {MAC}", places=places)
    spec = holding(with_line(), page, *(parked(f"7#{item}") for item in range(PAGE)))
    spec.when(RecycleResource(resource_id=MAC))
    recorded, done = spec.events
    assert isinstance(recorded, UsageRecorded) and len(recorded.records) == PAGE
    assert done == ResourceRecycled(resource_id=MAC, partition=0, after=(7, PAGE - 1), more=True)
    assert RecycleResource(resource_id=MAC, after=(7, PAGE - 1)) in [send.message for send in spec.sends]


def test_discarding_names_what_was_there_and_refuses_what_was_not() -> None:
    spec = holding(partition(), parked("7#3"))
    spec.when(DiscardUsage(items=[(7, 3), (7, 4)], reason="test traffic")).then(
        UsageDiscarded(items=[(7, 3)], reason="test traffic")
    )
    spec.when(DiscardUsage(items=[(7, 3)], reason="again")).then_refused("not_quarantined")


def test_a_record_of_an_unknown_source_is_taken_once_the_source_is_defined() -> None:
    recycle = RecycleUsage(items=[(7, 3)])
    holding(with_line(), parked("7#3", "unknown_source")).when(recycle).then_nothing()
    spec = holding(with_line().given(DEFINED), parked("7#3", "unknown_source")).when(recycle)
    assert [(r.account, r.quantity, r.reason) for r in counted(spec)] == [("acme", 7_000_000, None)]


def test_of_an_unknown_source_a_reading_was_not_kept_and_an_unknown_line_waits_on() -> None:
    recycle = RecycleUsage(items=[(7, 3)])
    for kind in ("counter", "session"):
        held = holding(with_line().given(DEFINED), parked("7#3", "unknown_source", kind=kind))
        held.when(recycle).then_nothing()
    holding(partition().given(DEFINED), parked("7#3", "unknown_source")).when(recycle).then_nothing()


def test_the_definition_of_a_source_recalls_its_records_from_every_partition() -> None:
    due = partition().given(DEFINED).get(Due, "recall source olt-12")
    assert due is not None and NOON - timedelta(seconds=1) < due.due_at <= NOON
    spec = partition().given(DEFINED).when(RecallSource(source_id="olt-12"))
    spec.then(SourceRecalled(source_id="olt-12", partitions=4))
    assert spec.get(Due, "recall source olt-12") is None
    assert [send.partition for send in spec.sends if send.message == RecycleSource(source_id="olt-12")] == [0, 1, 2, 3]


def test_a_source_is_recycled_page_by_page() -> None:
    page = ParkedSourcePage(name="0#0 olt-12", places=tuple((7, item) for item in range(PAGE)))
    spec = holding(with_line().given(DEFINED), page, *(parked(f"7#{item}", "unknown_source") for item in range(PAGE)))
    spec.when(RecycleSource(source_id="olt-12"))
    recorded, done = spec.events
    assert isinstance(recorded, UsageRecorded) and len(recorded.records) == PAGE
    assert done == SourceRecycled(source_id="olt-12", partition=0, after=(7, PAGE - 1), more=True)
    assert RecycleSource(source_id="olt-12", after=(7, PAGE - 1)) in [send.message for send in spec.sends]
    partition().when(RecycleSource(source_id="olt-12")).then_nothing()


def test_a_second_assignment_at_the_same_instant_of_a_clock_that_stands_still_recalls_once_more() -> None:
    """A timer of the same name and instant would be taken for the one that has fired."""
    spec = partition().given(ResourceRegistered(resource_id=MAC), assigned())
    (first,) = spec.state.all(Due)
    spec.given(UsageRecalled(resource_id=MAC, partitions=4), assigned(since="2026-10-01T00:00:00Z"))
    (second,) = spec.state.all(Due)
    assert first.name == second.name and first.due_at != second.due_at and second.due_at <= spec.now

"""A command to count records, split because of a bug: one record is isolated, every other is counted once."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from services.usage.record.columns import AdmittedColumns
from services.usage.record.messages import AdmittedRecord, RecordUsage, SetAside, UsageRecorded
from services.usage.record.splitting import split
from services.usage.record.state import POSITIONS, ReportedPositions
from services.usage.service import SERVICE
from tests.kit.decider import Specification

NOON_US = 1_788_264_000_000_000


def reported(position: int) -> AdmittedRecord:
    return AdmittedRecord(
        position,
        "olt-12",
        f"r{position}",
        "mac:1",
        "data.octets",
        "delta",
        7_000_000,
        NOON_US,
        NOON_US,
        position.to_bytes(16, "big"),
        b"contents",
    )


def command(good: list[int], bad: list[int] | None = None, *, partition: int = 2) -> RecordUsage:
    refused = [(position, SetAside("malformed", "olt-12", f"r{position}")) for position in bad or ()]
    return RecordUsage(
        records=AdmittedColumns.of([reported(n) for n in good]), refused=refused, reported_partition=partition
    )


def spec() -> Specification:
    return Specification(SERVICE.domain, partition=1)


def when(story: Specification, message: RecordUsage) -> list[UsageRecorded]:
    return [event for event in story.when(message).events if isinstance(event, UsageRecorded)]


def take(
    story: Specification, message: RecordUsage, crashing: set[str], dead: list[RecordUsage]
) -> list[UsageRecorded]:
    """What a worker does with records that crash: split, take what goes, dead-letter what does not."""
    if not any(record.id in crashing for record in message.records):
        return when(story, message)
    parts = split(message)
    if not parts:
        dead.append(message)
    return [event for part in parts for event in take(story, part, crashing, dead)]


def counted(events: Iterable[UsageRecorded]) -> list[str]:
    return [record.id for event in events for record in event.records]


def set_aside(events: Iterable[UsageRecorded]) -> list[tuple[str, str]]:
    return [(record.id, record.state) for event in events for record in event.set_aside]


def recorded(story: Specification) -> dict[int, int]:
    """The highest position of each reported partition."""
    positions = story.get(ReportedPositions, POSITIONS)
    return dict(positions.highest) if positions else {}


@given(st.dictionaries(st.integers(0, 60), st.sampled_from(["good", "crashing", "malformed"]), min_size=1))
def test_all_but_what_crashes_is_counted_and_the_dead_can_be_sent_again(kinds: dict[int, str]) -> None:
    named = {kind: [n for n in sorted(kinds) if kinds[n] == kind] for kind in ("good", "crashing", "malformed")}
    crashing = {f"r{n}" for n in named["crashing"]}
    whole = command(sorted(named["good"] + named["crashing"]), named["malformed"])
    story, dead = spec(), list[RecordUsage]()
    events = take(story, whole, crashing, dead)
    assert counted(events) == [f"r{n}" for n in named["good"]]
    assert set_aside(events) == [(f"r{n}", "malformed") for n in named["malformed"]]
    assert [[record.id for record in message.records] for message in dead] == [[f"r{n}"] for n in named["crashing"]]

    again = [event for message in dead for event in when(story, message)]
    assert counted(again) == [f"r{n}" for n in named["crashing"]]
    once_more = [event for message in dead for event in when(story, message)]
    assert set_aside(once_more) == [(f"r{n}", "duplicate") for n in named["crashing"]]


def test_delivered_again_the_records_around_the_dead_one_leave_no_trace() -> None:
    story = spec()
    take(story, command([5, 6, 7]), {"r6"}, [])
    assert recorded(story) == {2: 7}
    assert when(story, command([5, 6, 7])) == []


def test_a_record_sent_again_is_counted_though_later_ones_were_recorded() -> None:
    story, dead = spec(), list[RecordUsage]()
    take(story, command([5, 6, 7]), {"r6"}, dead)
    (event,) = when(story, dead[0])
    assert [(record.id, record.position) for record in event.records] == [("r6", None)]
    assert recorded(story) == {2: 7}


def test_a_record_of_a_request_has_no_position_to_give_up() -> None:
    alone = command([3], partition=-1)
    assert split(alone) == ()


def test_records_of_several_reported_partitions_are_split_by_these() -> None:
    first, second = command([5, 6], partition=2), command([1], partition=4)
    both = msgspec.structs.replace(
        first,
        records=AdmittedColumns.of([*first.records, *second.records]),
        reported_partition=-1,
        reported_counts=[(2, 2), (4, 1)],
    )
    assert list(split(both)) == [first, second]

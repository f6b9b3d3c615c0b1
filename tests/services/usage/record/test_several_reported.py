"""A command with records of several reported partitions: one event, and each partition's positions for themselves."""

from __future__ import annotations

from services.usage.record.batching import CommandBatcher, commands_of
from services.usage.record.messages import RecordUsage, UsageRecorded
from services.usage.record.state import POSITIONS, ReportedPositions
from tests.services.usage.story import counted, record, wire, with_line


def _of_several(*taken: tuple[int, int, list[str]]) -> RecordUsage:
    """Records of several reported partitions: (partition, position of the first, ids) each."""
    batchers = []
    for reported, first, ids in taken:
        batcher = CommandBatcher(partitions=1, reported_partition=reported)
        for index, id_ in enumerate(ids):
            assert batcher.add(wire(record(id=id_)), first + index, "") is None
        batchers.append(batcher)
    ((_, command_),) = commands_of(batchers)
    return command_


def test_records_of_several_reported_partitions_are_one_event_with_a_position_of_each() -> None:
    spec = with_line().when(_of_several((3, 0, ["a", "b"]), (1, 40_000, ["c"])))
    (event,) = spec.events
    assert isinstance(event, UsageRecorded)
    assert ([r.id for r in event.records], event.taken) == (["a", "b", "c"], {3: 1, 1: 40_000})


def test_of_several_reported_partitions_delivered_again_only_the_new_part_is_counted() -> None:
    spec = with_line().when(_of_several((3, 0, ["a", "b"]), (1, 40_000, ["c"])))
    spec.when(_of_several((3, 0, ["a", "b", "d"]), (1, 40_000, ["c"]), (2, 7, ["e"])))
    (event,) = spec.events
    assert isinstance(event, UsageRecorded)
    assert ([r.id for r in event.records], event.set_aside) == (["d", "e"], [])
    assert event.taken == {3: 2, 2: 7}
    spec.when(_of_several((3, 0, ["a"]), (2, 8, ["f"])))
    assert [r.id for r in counted(spec)] == ["f"]
    positions = spec.get(ReportedPositions, POSITIONS)
    assert positions is not None
    assert positions.highest == {3: 2, 1: 40_000, 2: 8}

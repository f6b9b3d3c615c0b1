"""How far intake is, and who is told."""

from __future__ import annotations

from datetime import timedelta

from services.usage.watermark.messages import IntakeCompleteThrough, IntakeProgressed, UsageWatermark
from tests.kit.decider import Specification
from tests.services.usage.story import NOON, command, partition, record, with_line

SECOND = timedelta(seconds=1)


def progressed(seconds: int, *partitions: int, settled: bool = False) -> IntakeProgressed:
    return IntakeProgressed(
        through=NOON + seconds * SECOND,
        partitions=list(partitions) or [0, 1, 2, 3],
        reported_partitions=4,
        settled=settled,
    )


def through(spec: Specification) -> list[int | None]:
    found = [e.through for e in spec.events if isinstance(e, IntakeCompleteThrough)]
    return [None if t is None else (t - NOON) // SECOND for t in found]


def test_nothing_is_complete_before_every_reported_partition_was_heard_of() -> None:
    spec = partition().when(progressed(0, 0, 1))
    assert (through(spec), spec.sends) == ([None], [])
    assert through(spec.when(progressed(3, 2, 3))) == [0]


def test_complete_is_the_least_of_all_reported_partitions() -> None:
    spec = partition().when(progressed(0)).when(progressed(60, 0, 1, 2))
    assert through(spec) == [0]
    assert through(spec.when(progressed(30, 3))) == [30]


def test_every_account_partition_learns_it_behind_the_records_it_covers() -> None:
    spec = with_line().when(command(record())).when(progressed(0))
    watermarks = {s.partition: s.message for s in spec.sends}
    assert set(watermarks) == {0, 1, 2, 3}
    for watermark in watermarks.values():
        assert isinstance(watermark, UsageWatermark)
        assert (watermark.source, watermark.through) == (0, NOON)
    assert sorted(w.after for w in watermarks.values() if isinstance(w, UsageWatermark)) == [0, 0, 0, 1]


def test_steps_of_less_than_five_seconds_are_not_recorded() -> None:
    spec = partition().when(progressed(0)).when(progressed(4))
    spec.then()
    assert through(spec.when(progressed(5))) == [5]


def test_where_the_clock_stands_still_the_smallest_step_counts() -> None:
    spec = partition().when(progressed(0)).when(progressed(1, settled=True))
    assert through(spec) == [1]


def test_progress_never_goes_back() -> None:
    spec = partition().when(progressed(60)).when(progressed(0, settled=True))
    assert through(spec) == [60]

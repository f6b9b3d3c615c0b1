"""A partition that is not read is noticed, whatever the others do."""

from __future__ import annotations

import pytest
from aiokafka import TopicPartition

from services.usage.processes.stall_detector import STALLED_S, IntakeStalled, StallDetector

FIRST, SECOND = (TopicPartition("local.usage.reported", n) for n in range(2))
LONG = STALLED_S + 1


def check(
    detector: StallDetector, at_s: float, first: int, second: int, *, batches: int = 0, busy: bool = False
) -> None:
    positions = {FIRST: first, SECOND: second}
    detector.check(positions=positions, ends={FIRST: 100, SECOND: 100}, at_s=at_s, batches=batches, busy=busy)


def test_a_partition_that_stands_is_noticed_while_the_other_is_busy() -> None:
    detector = StallDetector()
    check(detector, 0, 7, 0)
    for second in range(1, 100):
        check(detector, second, 7, second, batches=second, busy=True)
    with pytest.raises(IntakeStalled, match="0 stands at 7 of 100"):
        check(detector, 99 + LONG, 7, 99, batches=200, busy=True)


def test_one_that_moves_or_has_nothing_more_to_read_is_well() -> None:
    detector = StallDetector()
    for turn in range(5):
        check(detector, turn * LONG, turn, 100, batches=turn)


def test_a_batch_that_takes_long_is_no_stall() -> None:
    detector = StallDetector()
    check(detector, 0, 7, 0, batches=3)
    check(detector, LONG, 7, 0, batches=3, busy=True)
    check(detector, LONG + 1, 7, 50, batches=4)
    with pytest.raises(IntakeStalled):
        check(detector, 2 * LONG + 1, 7, 50, batches=4)

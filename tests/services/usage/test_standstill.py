"""A partition that is not read is noticed, whatever the others do."""

from __future__ import annotations

import pytest
from aiokafka import TopicPartition

from services.usage.standstill import STUCK_S, IntakeStuck, Standstill

FIRST, SECOND = (TopicPartition("local.usage.reported", n) for n in range(2))
LONG = STUCK_S + 1


def look(watch: Standstill, at_s: float, first: int, second: int, *, turns: int = 0, busy: bool = False) -> None:
    positions = {FIRST: first, SECOND: second}
    watch.look(positions=positions, ends={FIRST: 100, SECOND: 100}, at_s=at_s, turns=turns, busy=busy)


def test_a_partition_that_stands_is_noticed_while_the_other_is_busy() -> None:
    watch = Standstill()
    look(watch, 0, 7, 0)
    for second in range(1, 100):
        look(watch, second, 7, second, turns=second, busy=True)
    with pytest.raises(IntakeStuck, match="0 stands at 7 of 100"):
        look(watch, 99 + LONG, 7, 99, turns=200, busy=True)


def test_one_that_moves_or_has_nothing_more_to_read_is_well() -> None:
    watch = Standstill()
    for turn in range(5):
        look(watch, turn * LONG, turn, 100, turns=turn)


def test_a_turn_that_takes_long_is_no_standstill() -> None:
    watch = Standstill()
    look(watch, 0, 7, 0, turns=3)
    look(watch, LONG, 7, 0, turns=3, busy=True)
    look(watch, LONG + 1, 7, 50, turns=4)
    with pytest.raises(IntakeStuck):
        look(watch, 2 * LONG + 1, 7, 50, turns=4)

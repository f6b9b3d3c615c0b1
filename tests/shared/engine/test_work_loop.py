"""How long a loop lets what arrived wait for company."""

from __future__ import annotations

import pytest

from shared.engine import work_loop
from shared.engine.work_loop import GATHER_S_MAX, WorkLoop


class Clock:
    """Time that moves when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(work_loop, "time", clock)
    return clock


def worked(clock: Clock, seconds: float) -> WorkLoop:
    """A loop that has just worked on a batch for so long."""
    loop = WorkLoop()
    with loop.batch():
        clock.now += seconds
    return loop


def test_what_comes_first_does_not_wait(clock: Clock) -> None:
    assert WorkLoop().gather_s(0.44) <= 0


def test_what_comes_right_after_a_batch_waits_a_quarter_of_its_time_and_never_long(clock: Clock) -> None:
    assert worked(clock, 0.08).gather_s() == pytest.approx(0.02)
    assert worked(clock, 3.0).gather_s() == GATHER_S_MAX


def test_what_comes_after_a_pause_does_not_wait(clock: Clock) -> None:
    loop = worked(clock, 0.08)
    clock.now += 0.08
    assert loop.gather_s() <= 0


def test_at_a_pace_a_batch_begins_no_sooner_than_so_long_after_the_last(clock: Clock) -> None:
    loop = worked(clock, 0.08)
    clock.now += 0.1
    assert loop.gather_s(0.44) == pytest.approx(0.44 - 0.18)
    clock.now += 0.3
    assert loop.gather_s(0.44) <= 0
    assert worked(clock, 3.0).gather_s(0.44) == GATHER_S_MAX

"""When what a simulation sends is due: at a rate, or as fast as its own time goes, and never ahead of the clock.

    pace = Pace(start_us, began_us, rate=None, speed=60)        # a minute of the network in a second
    pace.due_us(report_at_us, number=1200)                      # an instant of the real clock, in microseconds

Equipment cannot report what has not happened: where its time has caught up with the clock, it goes on with the clock.
"""

from __future__ import annotations

from dataclasses import dataclass

_SECOND_US = 1_000_000


@dataclass(frozen=True)
class Pace:
    """`start_us` is the network's beginning, `began_us` when we began to send; `rate` is records a second."""

    start_us: int
    began_us: int
    rate: float | None
    speed: float

    def due_us(self, at_us: int, number: int) -> int:
        """When to send the record of that number, of that time.

        >>> Pace(0, 1_000_000_000, rate=10, speed=1).due_us(5_000_000, number=20)
        1002000000
        >>> Pace(0, 1_000_000_000, rate=None, speed=60).due_us(120_000_000, number=20)
        1002000000
        >>> Pace(0, 0, rate=10, speed=1).due_us(5_000_000, number=20)
        5000000
        """
        by_time_us = (at_us - self.start_us) / self.speed
        passed_us = by_time_us if self.rate is None else number * _SECOND_US / self.rate
        return max(self.began_us + int(passed_us), at_us)

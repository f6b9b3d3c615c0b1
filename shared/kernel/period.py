"""Half-open periods of whole days: the first day counts, the last one does not.

June is `Period(date(2026, 6, 1), date(2026, 7, 1))`. Periods that touch share no day, so a year of months adds up to
the year and no day is billed twice:

    >>> june, july = Period(date(2026, 6, 1), date(2026, 7, 1)), Period(date(2026, 7, 1), date(2026, 8, 1))
    >>> june.days, july.contains(date(2026, 7, 1)), june.contains(date(2026, 7, 1)), june.overlap(july)
    (30, True, False, None)
"""

from __future__ import annotations

from datetime import date

import msgspec


class Period(msgspec.Struct, frozen=True, order=True):
    """The days from `start` (included) to `end` (excluded); never empty. Sorts by start, then end."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"a period ends after it starts, but {self.end} is not after {self.start}")

    @property
    def days(self) -> int:
        """How many days the period has, at least 1."""
        return (self.end - self.start).days

    def contains(self, day: date) -> bool:
        """Whether `day` lies in [start, end)."""
        return self.start <= day < self.end

    def overlap(self, other: Period) -> Period | None:
        """The days that lie in both periods; `None` when they share none, touching periods included."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start < end else None

    def __str__(self) -> str:
        return f"[{self.start}, {self.end})"

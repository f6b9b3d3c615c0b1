"""The spans by which sums of accounts are kept, and the fewest of them that make up a range of months. Pure.

November 2024 to November 2026     2025 | the quarters 2026-01, 2026-04, 2026-07 | 2024-11, 2024-12, 2026-10, 2026-11

So a report of years reads eight rows of a customer, and not twenty-five.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

SPANS: Final = (12, 3, 1)
"""Months of a year, a quarter and a month, the longest first."""


def begins(day: date, months: int) -> date:
    """The first day of the span of so many months in which the day is.

    >>> begins(date(2026, 8, 15), 3), begins(date(2026, 8, 15), 12)
    (datetime.date(2026, 7, 1), datetime.date(2026, 1, 1))
    """
    return date(day.year, day.month - (day.month - 1) % months, 1)


def spans(start: date, end: date) -> Mapping[int, Sequence[date]]:
    """The first days of the spans of each length that make up the months from that of `start` to that of `end`.

    >>> found = spans(date(2024, 12, 9), date(2026, 5, 1))
    >>> [[str(day) for day in found[months]] for months in SPANS]
    [['2025-01-01'], ['2026-01-01'], ['2024-12-01', '2026-04-01', '2026-05-01']]
    """
    found: dict[int, list[date]] = {months: [] for months in SPANS}
    at, behind = _number(start), _number(end) + 1
    while at < behind:
        months = next(months for months in SPANS if at % months == 0 and at + months <= behind)
        found[months].append(date(at // 12, at % 12 + 1, 1))
        at += months
    return found


def _number(day: date) -> int:
    """Months since the year 0."""
    return day.year * 12 + day.month - 1

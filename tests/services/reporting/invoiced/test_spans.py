"""A range of months is made up of years, quarters and months: each month once, and no more spans than need be."""

from __future__ import annotations

import random
from datetime import date

import pytest

from services.reporting.invoiced.spans import SPANS, begins, spans


def months_of(start: date, end: date) -> list[date]:
    """Each month of the range, counted one by one."""
    found, at = [], start.replace(day=1)
    while at <= end:
        found.append(at)
        if (at.year, at.month) == (9999, 12):
            break
        at = date(at.year + at.month // 12, at.month % 12 + 1, 1)
    return found


@pytest.mark.parametrize("seed", range(50))
def test_every_month_of_the_range_is_in_one_span_and_no_other_month_is(seed: int) -> None:
    chance = random.Random(seed)
    start, end = sorted(date(2020 + chance.randrange(9), chance.randint(1, 12), chance.randint(1, 28)) for _ in "ab")
    found = spans(start, end)
    covered = [day for days in found.values() for day in days]
    assert len(covered) <= len(found[12]) + 6 + 4, "the quarters and the months of the years at both ends"
    wanted = months_of(start, end)
    assert sorted(month for months, days in found.items() for day in days for month in _parts(day, months)) == wanted
    for months, days in found.items():
        assert all(begins(day, months) == day for day in days), "each begins where sums are kept from"


def test_two_years_and_a_month_are_at_most_eight_rows_of_a_customer() -> None:
    for month in range(1, 13):
        assert sum(map(len, spans(date(2024, month, 28), date(2026, month, 1)).values())) <= 8


def test_a_range_may_end_with_the_calendar_and_hold_nothing() -> None:
    assert spans(date(9999, 1, 1), date(9999, 12, 31))[12] == [date(9999, 1, 1)]
    assert not any(spans(date(2026, 2, 1), date(2026, 1, 31)).values())
    assert SPANS == (12, 3, 1)


def _parts(day: date, months: int) -> list[date]:
    return [date(day.year, day.month + n, 1) for n in range(months)]

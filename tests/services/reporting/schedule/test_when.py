"""When a schedule runs: by the clock on the wall, whatever that does."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from services.reporting.schedule.when import Every, days_of

PARIS = "Europe/Paris"
MONDAYS = {"frequency": "week", "weekday": 1}


def monthly(day: int) -> dict[str, object]:
    return {"frequency": "month", "day_of_month": day}


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


@pytest.mark.parametrize(
    ("every", "now", "after", "latest"),
    [
        ({"frequency": "day", "at": "07:00"}, "2026-11-30T06:00", "2026-12-01T06:00", "2026-11-30T06:00"),
        ({"frequency": "day", "at": "00:00"}, "2026-11-30T22:59", "2026-11-30T23:00", "2026-11-29T23:00"),
        # The night without this hour, and the one that has it twice.
        ({"frequency": "day", "at": "02:30"}, "2027-03-27T12:00", "2027-03-28T01:30", "2027-03-27T01:30"),
        ({"frequency": "day", "at": "02:30"}, "2026-10-24T12:00", "2026-10-25T00:30", "2026-10-24T00:30"),
        ({"frequency": "day", "at": "02:30"}, "2026-10-25T00:45", "2026-10-26T01:30", "2026-10-25T00:30"),
        ({**MONDAYS, "at": "07:00"},          "2026-11-30T06:01", "2026-12-07T06:00", "2026-11-30T06:00"),
        ({**monthly(31), "at": "07:00"},      "2027-02-01T00:00", "2027-02-28T06:00", "2027-01-31T06:00"),
        ({**monthly(1), "at": "07:00"},       "2026-11-30T00:00", "2026-12-01T06:00", "2026-11-01T06:00"),
    ],
)  # fmt: skip
def test_a_time_is_told_by_the_clock_of_its_zone(every: dict[str, object], now: str, after: str, latest: str) -> None:
    schedule = Every(time_zone=PARIS, **every)  # type: ignore[arg-type]
    assert (schedule.after(at(now)), schedule.latest(at(now))) == (at(after), at(latest))


def test_a_month_is_asked_about_when_it_is_over() -> None:
    assert days_of("last_month", date(2027, 3, 1)) == (date(2027, 2, 1), date(2027, 2, 28))
    assert days_of("yesterday", date(2027, 1, 1)) == (date(2026, 12, 31), date(2026, 12, 31))

"""Where the periods of an account begin that has gone over from one calendar to another."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from services.reporting.reconciliation.calendars import _bounds


def calendar(since: str | None = None, first_end: str | None = None, **terms: Any) -> dict[str, Any]:
    days = {"frequency": "month", "anchor_day": 1, "anchor_month": None, "counts_from": None}
    return {**days, **terms, "since": since, "first_end": first_end}


def starts(first: str, last: str, *calendars: dict[str, Any]) -> str:
    text = msgspec.json.encode(calendars).decode()
    return " ".join(_bounds(text, "UTC", date.fromisoformat(first), date.fromisoformat(last))["starts"])


def test_a_short_period_lies_between_two_calendars() -> None:
    found = starts("2026-09-10", "2026-11-20", calendar(), calendar("2026-10-01", "2026-10-15", anchor_day=15))
    assert found == "2026-09-01 2026-10-01 2026-10-15 2026-11-15 2026-12-15"


def test_a_long_period_too() -> None:
    found = starts("2026-09-10", "2026-11-20", calendar(), calendar("2026-10-01", "2026-11-15", anchor_day=15))
    assert found == "2026-09-01 2026-10-01 2026-11-15 2026-12-15"


def test_days_behind_the_change_know_nothing_of_the_calendar_before() -> None:
    weekly = calendar("2026-10-01", "2026-10-05", frequency={"days": 7}, counts_from="2026-09-07")
    assert starts("2026-10-03", "2026-10-13", calendar(), weekly) == "2026-10-01 2026-10-05 2026-10-12 2026-10-19"
    assert starts("2026-10-14", "2026-10-15", calendar(), weekly) == "2026-10-12 2026-10-19"


def test_two_changes_follow_one_another() -> None:
    found = starts(
        "2026-08-10",
        "2026-12-01",
        calendar(),
        calendar("2026-10-01", "2026-10-15", anchor_day=15),
        calendar("2026-11-15", "2026-12-01", anchor_day=1),
    )
    assert found == "2026-08-01 2026-09-01 2026-10-01 2026-10-15 2026-11-15 2026-12-01 2027-01-01"

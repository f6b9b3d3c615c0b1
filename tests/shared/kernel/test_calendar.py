"""The billing calendar: anchors and clamping (R10), half-open periods, midnights where clocks jump."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.calendar import (
    Cycle,
    EveryDays,
    Frequency,
    UnknownTimeZone,
    anchored,
    known_zone,
    local_date,
    midnight,
    next_period,
    period_containing,
    periods,
    zone,
)
from shared.kernel.period import Period

DAYS = st.dates(min_value=date(1980, 1, 1), max_value=date(2100, 12, 31))
FREQUENCIES = st.one_of(st.sampled_from(["month", "quarter", "year"]), st.integers(1, 400).map(EveryDays))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("cycle", "inside", "start", "end"),
    [
        # anchor 31: clamped to the month's end, then back to the anchor
        (Cycle(anchor_day=31), "2026-01-31", "2026-01-31", "2026-02-28"),
        (Cycle(anchor_day=31), "2026-02-27", "2026-01-31", "2026-02-28"),
        (Cycle(anchor_day=31), "2026-02-28", "2026-02-28", "2026-03-31"),
        (Cycle(anchor_day=31), "2026-04-01", "2026-03-31", "2026-04-30"),
        (Cycle(anchor_day=31), "2028-02-29", "2028-02-29", "2028-03-31"),
        (Cycle(anchor_day=15), "2026-01-14", "2025-12-15", "2026-01-15"),
        (Cycle(anchor_day=15), "2026-12-31", "2026-12-15", "2027-01-15"),
        # quarters from February; the year from 29 February
        (Cycle("quarter", 1, 2), "2026-01-31", "2025-11-01", "2026-02-01"),
        (Cycle("quarter", 1, 2), "2026-02-01", "2026-02-01", "2026-05-01"),
        (Cycle("quarter", 31, 11), "2026-03-01", "2026-02-28", "2026-05-31"),
        (Cycle("year", 29, 2), "2026-02-27", "2025-02-28", "2026-02-28"),
        (Cycle("year", 29, 2), "2028-02-28", "2027-02-28", "2028-02-29"),
        (Cycle(EveryDays(30), counts_from=date(2026, 1, 10)), "2026-02-08", "2026-01-10", "2026-02-09"),
        (Cycle(EveryDays(30), counts_from=date(2026, 1, 10)), "2026-01-09", "2025-12-11", "2026-01-10"),
    ],
)
def test_a_day_lies_in_its_clamped_period_r10(cycle: Cycle, inside: str, start: str, end: str) -> None:
    assert period_containing(cycle, day(inside)) == Period(day(start), day(end))


def test_a_clamped_cycle_returns_to_its_anchor_r10() -> None:
    starts = [str(period.start) for period in periods(Cycle(anchor_day=30), date(2026, 1, 30), 4)]
    assert starts == ["2026-01-30", "2026-02-28", "2026-03-30", "2026-04-30"]


def test_quarters_count_from_the_month_of_the_start_unless_told() -> None:
    start = date(2026, 3, 10)
    assert period_containing(anchored(Cycle("quarter", 15), start), start) == Period(
        day("2025-12-15"), day("2026-03-15")
    )
    assert anchored(Cycle("quarter", 15, 1), start).anchor_month == 1


def test_a_cycle_that_counts_from_nowhere_is_an_error() -> None:
    with pytest.raises(ValueError, match="counts from"):
        period_containing(Cycle(EveryDays(7)), date(2026, 1, 1))
    with pytest.raises(ValueError, match="anchor_month or"):
        period_containing(Cycle("year"), date(2026, 1, 1))


@given(FREQUENCIES, st.integers(1, 31), st.integers(1, 12), DAYS, DAYS)
def test_periods_follow_each_other_without_gap_or_overlap(
    frequency: Frequency, anchor_day: int, anchor_month: int, origin: date, inside: date
) -> None:
    cycle = Cycle(frequency, anchor_day, anchor_month, counts_from=origin)
    period = period_containing(cycle, inside)
    following = next_period(cycle, period)
    assert period.contains(inside)
    assert period.end == following.start
    assert period_containing(cycle, period.start) == period
    assert period.overlap(following) is None


@pytest.mark.parametrize(
    "bad",
    [{"anchor_day": 0}, {"anchor_day": 32}, {"anchor_month": 13}, {"time_zone": "Mars/Olympus"}, {"time_zone": "../x"}],
)
def test_a_cycle_outside_its_bounds_cannot_be_made(bad: dict[str, int | str]) -> None:
    with pytest.raises(ValueError):
        Cycle(**bad)  # type: ignore[arg-type]


def test_a_cycle_survives_the_wire() -> None:
    for cycle in (Cycle("year", 31, 2, "Europe/Paris"), Cycle(EveryDays(30), counts_from=date(2026, 1, 1))):
        assert msgspec.json.decode(msgspec.json.encode(cycle), type=Cycle) == cycle


def test_a_period_is_never_empty() -> None:
    with pytest.raises(ValueError, match="ends after it starts"):
        Period(date(2026, 6, 1), date(2026, 6, 1))


def test_periods_that_touch_share_no_day() -> None:
    june, july = Period(day("2026-06-01"), day("2026-07-01")), Period(day("2026-07-01"), day("2026-08-01"))
    summer = Period(day("2026-06-15"), day("2026-07-15"))
    assert june.overlap(july) is None
    assert june.overlap(summer) == summer.overlap(june) == Period(day("2026-06-15"), day("2026-07-01"))
    assert (june.days, june.contains(day("2026-06-30")), june.contains(day("2026-07-01"))) == (30, True, False)


@pytest.mark.parametrize(
    ("date_", "time_zone", "instant"),
    [
        ("2026-06-01", "UTC", "2026-06-01T00:00:00"),
        ("2026-06-01", "Europe/Paris", "2026-05-31T22:00:00"),
        ("2026-06-01", "America/New_York", "2026-06-01T04:00:00"),
        ("2024-04-26", "Africa/Cairo", "2024-04-25T22:00:00"),  # midnight skipped: 23:59:59 is followed by 01:00
        ("1919-03-31", "America/Toronto", "1919-03-31T04:30:00"),  # 23:30 was followed by 00:30
        ("2024-11-03", "America/Havana", "2024-11-03T04:00:00"),  # 00:00 comes twice: the first
        ("2011-12-30", "Pacific/Apia", "2011-12-30T10:00:00"),  # a date that was left out begins with the next
        ("2011-12-31", "Pacific/Apia", "2011-12-30T10:00:00"),
    ],
)
def test_a_date_begins_at_its_first_instant(date_: str, time_zone: str, instant: str) -> None:
    assert midnight(day(date_), time_zone) == datetime.fromisoformat(instant).replace(tzinfo=UTC)


@given(
    DAYS,
    st.sampled_from(["UTC", "Europe/Paris", "Africa/Cairo", "America/Sao_Paulo", "Asia/Beirut", "Australia/Sydney"]),
)
def test_the_first_instant_of_a_date_has_that_date(date_: date, time_zone: str) -> None:
    assert local_date(midnight(date_, time_zone), time_zone) == date_


def test_an_unknown_time_zone_is_named() -> None:
    with pytest.raises(UnknownTimeZone, match="Mars/Olympus"):
        zone("Mars/Olympus")


@pytest.mark.parametrize(
    "name",
    [
        *(
            "localtime",
            "posixrules",
            "Factory",
            "posix/Europe/Paris",
            "right/Europe/Paris",
            "europe/paris",
            "EUROPE/PARIS",
        ),
        *("", ".", "/etc/localtime", "Europe", "Europe/", "zone.tab", "Europe/Paris\0", "__init__"),
    ],
)
def test_a_time_zone_is_a_name_of_the_shipped_database_spelled_exactly(name: str) -> None:
    with pytest.raises(UnknownTimeZone):
        zone(name)
    assert known_zone(name) == "UTC"


@pytest.mark.parametrize(
    "name", ["Europe/Paris", "Europe/Kyiv", "Europe/Kiev", "America/Argentina/Ushuaia", "UTC", "EST5EDT"]
)
def test_links_and_old_names_of_the_database_are_time_zones(name: str) -> None:
    assert zone(name).key == known_zone(name) == name


def test_the_machine_has_no_say_in_where_a_date_begins(tmp_path: Path) -> None:
    """Another machine, whose own database says that Paris is in Japan, computes the same period."""
    (tmp_path / "Europe").mkdir()
    tokyo = resources.files("tzdata").joinpath("zoneinfo", "Asia", "Tokyo").read_bytes()
    (tmp_path / "Europe" / "Paris").write_bytes(tokyo)
    (tmp_path / "localtime").write_bytes(tokyo)
    asked = "midnight(date(2026, 9, 1), 'Europe/Paris'), known_zone('localtime')"
    program = f"from datetime import date; from shared.kernel.calendar import known_zone, midnight; print({asked})"
    told = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONTZPATH": str(tmp_path), "TZ": "Asia/Tokyo", "PATH": ""},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == ["2026-08-31", "22:00:00+00:00", "UTC"]


@pytest.mark.parametrize("time_zone", ["Pacific/Kiritimati", "Etc/GMT+12", "Europe/Paris", "localtime"])
def test_the_first_and_the_last_day_of_the_calendar_begin_somewhere(time_zone: str) -> None:
    for day_ in (date.min, date.max):
        assert midnight(day_, time_zone).tzinfo is UTC
    for instant in (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)):
        assert local_date(instant, time_zone).year in (1, 9999)

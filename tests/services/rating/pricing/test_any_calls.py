"""Any calls in any order, cut anywhere, in any zone: they add up, and agree with the tariff read minute by minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.calendar import zone
from shared.kernel.period import Period
from tests.services.rating.pricing.calls import (
    TABLE,
    WEEK,
    line,
)

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
PARIS = "Europe/Paris"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant_text(seconds: int) -> str:
    """So many seconds into 2026, in UTC."""
    return f"{datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds):%Y-%m-%d %H:%M:%S}"


CALLS = st.lists(
    st.tuples(
        st.integers(0, 366 * 86_400).map(instant_text),
        st.integers(0, 4 * 86_400).map(str),
        st.sampled_from(["331", "3361", "33651", "+1212"]),
    ),
    max_size=8,
)
TERMS = st.sampled_from(
    [
        TABLE,
        TABLE | {"max_cost": "0.37"},
        TABLE | {"rounding": "half_even"},
        TABLE | {"rounding": "up", "max_cost": "1"},
    ]
)


@given(TERMS, CALLS, st.randoms())
def test_r16_the_order_of_calls_changes_nothing(terms: dict[str, Any], calls: list[Any], chance: Any) -> None:
    shuffled = list(calls)
    chance.shuffle(shuffled)
    assert line(terms, *calls) == line(terms, *shuffled)


@given(TERMS, CALLS)
def test_calls_cost_what_each_costs_alone(terms: dict[str, Any], calls: list[Any]) -> None:
    alone = sum((line(terms, one).unrounded for one in calls), Decimal(0))
    assert abs(line(terms, *calls).unrounded - alone) <= Decimal("1e-12") * len(calls)


@given(st.integers(0, 366 * 86_400), st.integers(1, 3 * 86_400), st.sampled_from([PARIS, "UTC", "America/New_York"]))
def test_r21_a_call_cut_anywhere_costs_the_same(start: int, length: int, time_zone: str) -> None:
    """Without fee and increments the parts of a call, priced as calls of their own, add up to it."""
    half = length // 2
    parts = [(instant_text(start), str(half)), (instant_text(start + half), str(length - half))]
    whole = line(PEAK_NIGHTS, (instant_text(start), str(length)), time_zone=time_zone)
    assert whole.unrounded == line(PEAK_NIGHTS, *parts, time_zone=time_zone).unrounded


PEAK_NIGHTS: dict[str, Any] = {
    "holidays": ["2026-04-06", "2026-10-26"],
    "bands": [
        {"unit_price": "0.001", "per_s": "1", "days": ["sun", "holiday"], "from": "02:00", "to": "02:30"},
        {"unit_price": "0.002", "per_s": "1", "days": WEEK, "from": "08:15", "to": "20:45"},
        {"unit_price": "0.004", "per_s": "1", "days": ["holiday"]},
        {"unit_price": "0.008", "per_s": "1"},
    ],
}


@given(
    st.sampled_from(["2026-03-28", "2026-10-24", "2026-04-05", "2026-10-25"]),
    st.integers(0, 86_400),
    st.integers(1, 100_000),
    st.sampled_from([PARIS, "UTC", "Australia/Lord_Howe"]),
)
def test_bands_agree_with_asking_the_wall_clock_each_minute(day: str, start: int, minutes: int, time_zone: str) -> None:
    begun = datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(minutes=start // 60)
    minutes = minutes % 1500 + 1
    found = line(PEAK_NIGHTS, (f"{begun:%Y-%m-%d %H:%M:%S}", str(minutes * 60)), time_zone=time_zone).unrounded
    assert found == sum(
        (naive((begun + timedelta(minutes=n)).astimezone(zone(time_zone))) for n in range(minutes)), Decimal(0)
    )


def naive(moment: datetime) -> Decimal:
    """What a minute costs, read off the tariff."""
    holiday = moment.date().isoformat() in PEAK_NIGHTS["holidays"]
    clock = moment.strftime("%H:%M")
    if (holiday or moment.weekday() == 6) and "02:00" <= clock < "02:30":
        return Decimal("0.060")
    if not holiday and moment.weekday() < 5 and "08:15" <= clock < "20:45":
        return Decimal("0.120")
    return Decimal("0.240") if holiday else Decimal("0.480")

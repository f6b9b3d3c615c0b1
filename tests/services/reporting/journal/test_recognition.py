"""R59: revenue is recognised day by day, in sums that come out to the cent."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reporting.journal.recognition import PARTS_MAX, recognised, shares, spread

CURRENCIES = {"EUR": 2, "JPY": 0, "KWD": 3}
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31))


@st.composite
def amounts(draw: st.DrawFn) -> tuple[Decimal, str]:
    currency = draw(st.sampled_from(sorted(CURRENCIES)))
    units = draw(st.integers(min_value=-(10**9), max_value=10**9))
    return Decimal(units).scaleb(-CURRENCIES[currency]), currency


@given(amount=amounts(), start=DAYS, length=st.integers(min_value=0, max_value=5000))
def test_the_parts_of_an_amount_sum_to_it_r59(amount: tuple[Decimal, str], start: date, length: int) -> None:
    total, currency = amount
    parts = spread(total, start, start + timedelta(days=length), currency)
    assert sum((part.amount for part in parts), Decimal(0)) == total
    assert len(parts) <= PARTS_MAX
    assert all(part.first.replace(day=1) == part.last.replace(day=1) for part in parts[:-1])


@given(amount=amounts(), days=st.integers(min_value=1, max_value=800))
def test_what_is_recognised_only_grows_and_the_last_day_takes_the_residue_r59(
    amount: tuple[Decimal, str], days: int
) -> None:
    total, currency = amount
    sums = [abs(recognised(total, day, days, currency)) for day in range(days + 1)]
    assert sums == sorted(sums)
    assert sums[0] == 0
    assert sums[-1] == abs(total)
    unit = Decimal(1).scaleb(-CURRENCIES[currency])
    for day, reached in enumerate(sums):
        exact = abs(total) * day / days
        assert abs(reached - exact) <= unit / 2


@given(amount=amounts(), start=DAYS, length=st.integers(min_value=1, max_value=400))
def test_a_credit_of_all_takes_back_each_months_part_r59(amount: tuple[Decimal, str], start: date, length: int) -> None:
    total, currency = amount
    end = start + timedelta(days=length)
    there, back = spread(total, start, end, currency), spread(-total, start, end, currency)
    assert [(part.first, part.last, -part.amount) for part in there] == [tuple(part) for part in back]


@given(
    amount=st.integers(min_value=0, max_value=10**6),
    weights=st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=20).filter(any),
)
def test_shares_sum_to_what_is_shared_and_nothing_falls_on_no_weight(amount: int, weights: list[int]) -> None:
    total = Decimal(amount).scaleb(-2)
    found = shares(total, [Decimal(weight) for weight in weights], "EUR")
    assert sum(found, Decimal(0)) == total
    assert all(share == 0 for share, weight in zip(found, weights, strict=True) if not weight)


@pytest.mark.parametrize(
    ("total", "start", "end", "expected"),
    [
        # By days of service: 31 and 30 of a two-month period; a quarter; a day; no day at all.
        ("61.00", "2026-10-01", "2026-12-01", [("2026-10-31", "31.00"), ("2026-11-30", "30.00")]),
        ("10.00", "2026-10-15", "2026-11-15", [("2026-10-31", "5.48"), ("2026-11-14", "4.52")]),
        ("0.01", "2026-10-31", "2026-11-02", [("2026-10-31", "0.01")]),
        ("9.99", "2026-10-05", "2026-10-06", [("2026-10-05", "9.99")]),
        ("9.99", "2026-10-05", "2026-10-05", [("2026-10-05", "9.99")]),
        ("-10.00", "2026-10-15", "2026-11-15", [("2026-10-31", "-5.48"), ("2026-11-14", "-4.52")]),
    ],
)
def test_an_amount_is_spread_over_months_by_days_r59(
    total: str, start: str, end: str, expected: list[tuple[str, str]]
) -> None:
    parts = spread(Decimal(total), date.fromisoformat(start), date.fromisoformat(end), "EUR")
    assert [(str(part.last), str(part.amount)) for part in parts] == expected

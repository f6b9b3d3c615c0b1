"""Calls, each amount worked by hand: increments, bands, fees, holidays, prefixes, the nights clocks change, rounding.

Where a row names CGRateS, Freeside or A2Billing, the case is one that their documentation describes; the numbers are
ours. 1 June 2026 is a Monday.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from services.rating.pricing.calls.cutting import DatedRate
from services.rating.pricing.calls.rate import Band, CallRate
from services.rating.pricing.engine.usage import price_measured
from shared.kernel.errors import Rejection
from shared.kernel.period import Period
from tests.services.rating.pricing.calls import (
    FEES,
    FREE_DAYS,
    MINUTE,
    MONDAY_NOON,
    NIGHT,
    PEAK,
    TABLE,
    TWO_TO_THREE,
    WEEKDAYS_FIRST,
    band,
    call,
    context,
    entries,
    increments,
    line,
    price_of,
    why_unpriceable,
)

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
PARIS = "Europe/Paris"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("price", "length_s", "unrounded", "source"),
    [
        (MINUTE,                                               "61",   "0.122",  "by hand"),
        (MINUTE,                                               "0.5",  "0.001",  "by hand"),
        (MINUTE | {"increments": increments("60", "1")},       "30",   "0.12",   "RULES section 1: 60/1"),
        (MINUTE | {"increments": increments("60", "1")},       "60",   "0.12",   "RULES section 1: 60/1"),
        (MINUTE | {"increments": increments("60", "1")},       "61",   "0.122",  "RULES section 1: 60/1"),
        (MINUTE | {"increments": increments("60")},            "61",   "0.24",   "CGRateS: increment of a minute"),
        (MINUTE | {"increments": increments("1")},             "0.5",  "0.002",  "by hand"),
        (MINUTE | {"increments": increments("30", "6")},       "31",   "0.072",  "A2Billing: initblock, billingblock"),
        (MINUTE | {"increments": increments("30", "6")},       "20",   "0.06",   "A2Billing: initblock 30"),
        ({"bands": [band("0.04")], "increments": increments("6")}, "62", "0.044", "Freeside: sec_granularity 6"),
        (MINUTE | {"connect_fee": "0.05"},                     "60",   "0.17",   "by hand"),
        (MINUTE | {"connect_fee": "0.05"},                     "0",    "0",      "R22, CGRateS: no connect fee"),
        (MINUTE | {"connect_fee": "0.05", "max_cost": "0.15"}, "60",   "0.15",   "API 4: max_cost has the fee in it"),
        (MINUTE | {"connect_fee": "0.05", "max_cost": "0.03"}, "1",    "0.03",   "API 4: max_cost has the fee in it"),
        (MINUTE | {"max_cost": "0.12"},                        "60",   "0.12",   "by hand: not above it"),
        (MINUTE | {"rounding": "up"},                          "61",   "0.13",   "API 4: a price that names rounding"),
        (MINUTE | {"rounding": {"mode": "down", "decimals": 1}}, "119", "0.2",   "by hand: 0.238"),
        ({"bands": [{"unit_price": "0.10", "per_s": "3600"}]}, "1800", "0.05",   "by hand"),
    ],
)  # fmt: skip
def test_a_call_is_billed_by_increments_with_its_fee(
    price: dict[str, Any], length_s: str, unrounded: str, source: str
) -> None:
    assert line(price, (MONDAY_NOON, length_s)).unrounded == Decimal(unrounded), source


@pytest.mark.parametrize(
    ("price", "started", "length_s", "unrounded", "source"),
    [
        (PEAK, "2026-06-01 19:59:30", "60",  "0.09",  "R21: 30 s at 0.12, 30 s at 0.06"),
        (PEAK, "2026-06-01 07:59:00", "120", "0.18",  "R21: 60 s at 0.06, 60 s at 0.12"),
        (PEAK, "2026-06-01 20:00:00", "60",  "0.06",  "by hand: to is exclusive"),
        (PEAK, "2026-06-01 08:00:00", "60",  "0.12",  "by hand: from is inclusive"),
        (PEAK, "2026-06-06 12:00:00", "60",  "0.06",  "by hand: a Saturday"),
        (PEAK, "2026-06-05 19:00:00", "172800", "176.40", "by hand: 60 min at 0.12, 2820 at 0.06"),
        (FEES, "2026-06-01 19:59:30", "60",  "0.19",  "API 4: the fee of the band it starts in"),
        (FEES, "2026-06-01 07:59:00", "120", "0.18",  "API 4: the band it starts in has no fee"),
        (FEES | {"connect_fee": "0.02"}, "2026-06-01 07:59:00", "120", "0.20", "API 4: else the price's"),
        (PEAK | {"increments": increments("60")}, "2026-06-01 19:59:30", "40", "0.09", "by hand: 30 s, and 10 + 20 s"),
        (PEAK | {"increments": increments("60")}, "2026-06-01 19:59:30", "20", "0.12", "by hand: it ends before"),
        (NIGHT, "2026-06-01 05:59:30", "60", "0.09",  "by hand: the night ends at 06:00"),
        (NIGHT, "2026-06-01 21:59:00", "120", "0.18", "by hand: and begins at 22:00"),
        (NIGHT, "2026-06-01 23:59:00", "120", "0.12", "by hand: midnight cuts nothing"),
        (PEAK | {"basis": "volume"}, "2026-06-01 19:59:30", "60", "0.12", "R21: volume takes the band at its start"),
    ],
)  # fmt: skip
def test_r21_a_call_is_cut_at_band_bounds(
    price: dict[str, Any], started: str, length_s: str, unrounded: str, source: str
) -> None:
    assert line(price, (started, length_s)).unrounded == Decimal(unrounded), source


@pytest.mark.parametrize(
    ("price", "holidays", "started", "unrounded", "why"),
    [
        (FREE_DAYS,      ["2026-12-25"], "2026-12-24 23:59:00", "0.11", "60 s before midnight, 60 s of Christmas"),
        (FREE_DAYS,      ["2026-12-25"], "2026-12-24 12:00:00", "0.20", "the day before is none"),
        (FREE_DAYS,      ["2026-12-25"], "2026-12-25 23:59:00", "0.02", "from the holiday into a Saturday"),
        (WEEKDAYS_FIRST, ["2026-05-25"], "2026-05-25 12:00:00", "0.12", "a holiday is no Monday"),
        (WEEKDAYS_FIRST, ["2026-05-25"], "2026-05-24 23:59:00", "0.12", "Sunday and holiday are one band"),
        (WEEKDAYS_FIRST, None,           "2026-05-25 12:00:00", "0.24", "without holidays a Monday is a Monday"),
        (PEAK,           ["2026-06-01"], "2026-06-01 12:00:00", "0.24", "no band of the rate knows holidays"),
    ],
)  # fmt: skip
def test_a_holiday_has_bands_of_its_own(
    price: dict[str, Any], holidays: list[str] | None, started: str, unrounded: str, why: str
) -> None:
    given = price if holidays is None else price | {"holidays": holidays}
    assert line(given, (started, "120")).unrounded == Decimal(unrounded), why


@pytest.mark.parametrize(
    ("price", "started_utc", "length_s", "unrounded", "why"),
    [
        # Clocks go back at 03:00 (01:00 UTC): from 02:00 to 03:00 takes two hours.
        (TWO_TO_THREE, "2026-10-24 23:59:00", "7320", "72.12", "60 s, two hours at 0.60, 60 s"),
        (TWO_TO_THREE, "2026-10-25 00:59:00", "120",  "1.20",  "02:59 and then 02:00 again"),
        (TWO_TO_THREE, "2026-10-25 01:59:00", "120",  "0.66",  "02:59 the second time, then 03:00"),
        # Clocks go forward at 02:00 (01:00 UTC): there is no such hour.
        (TWO_TO_THREE, "2026-03-29 00:59:00", "120",  "0.12",  "01:59, then 03:00"),
        (PEAK,         "2026-03-27 18:59:30", "60",   "0.09",  "winter: 19:59:30 in Paris"),
        (PEAK,         "2026-03-30 17:59:30", "60",   "0.09",  "summer: 19:59:30 in Paris"),
    ],
)  # fmt: skip
def test_bands_follow_the_clock_on_the_wall_in_the_nights_it_changes(
    price: dict[str, Any], started_utc: str, length_s: str, unrounded: str, why: str
) -> None:
    assert line(price, (started_utc, length_s), time_zone=PARIS).unrounded == Decimal(unrounded), why


@pytest.mark.parametrize(
    ("number", "unrounded", "why"),
    [
        ("33112345678",        "0.06", "33"),
        ("33612345678",        "0.23", "336 is longer than 33, and has a fee"),
        ("33651234567",        "0.30", "3365 is the longest; it has no fee"),
        ("33",                 "0.06", "the prefix itself"),
        ("+33 6 12 34 56 78",  "0.23", "as it is written"),
        ("0033612345678",      "0.23", "as it is dialled from abroad"),
        ("tel:+33-6-12345678", "0.23", "RFC 3966"),
        ("12125550100",        "0.02", "increments of its band: 60 s"),
    ],
)  # fmt: skip
def test_r19_the_longest_prefix_wins(number: str, unrounded: str, why: str) -> None:
    assert line(TABLE, (MONDAY_NOON, "60", number)).unrounded == Decimal(unrounded), why


@pytest.mark.parametrize("number", ["4912345", "0612345678", "anonymous", "", "+", None, "٣٣"])
def test_r20_an_unknown_destination_is_refused_and_never_free(number: str | None) -> None:
    with pytest.raises(Rejection) as refused:
        line(TABLE, (MONDAY_NOON, "60", number))
    assert refused.value.code == "no_price"
    assert why_unpriceable(TABLE, call(MONDAY_NOON, "60", number)) == "no_price"
    assert line(TABLE, (MONDAY_NOON, "0", number)).unrounded == 0  # R22: it lasted no second


def test_r20_a_call_with_a_moment_that_no_band_covers_has_no_price() -> None:
    days = {"bands": [band("0.12", from_="08:00", to="20:00")]}
    assert why_unpriceable(days, call("2026-06-01 19:59:00", "60")) is None
    assert why_unpriceable(days, call("2026-06-01 19:59:00", "61")) == "no_price"
    assert why_unpriceable(days | {"basis": "volume"}, call("2026-06-01 19:59:00", "61")) is None
    with pytest.raises(Rejection):
        line(days, ("2026-06-01 19:59:00", "61"))


def test_r20_a_call_of_years_has_no_days_to_be_cut_by() -> None:
    assert why_unpriceable(PEAK, call(MONDAY_NOON, "999999999999999999")) == "no_price"
    assert line(MINUTE, (MONDAY_NOON, "999999999999999999")).unrounded == Decimal("1999999999999999.998")


def test_many_calls_are_a_step_for_each_band_of_each_prefix() -> None:
    calls = [(MONDAY_NOON, "61", "33112345678")] * 500 + [(MONDAY_NOON, "30", "+33612345678")] * 40
    assert [(s.tier, s.label, s.count, s.quantity, s.flat_fee, s.amount) for s in line(TABLE, *calls).steps] == [
        ("33/1", "France 33", 500, Decimal(30500), Decimal(0), Decimal("30.5")),
        ("336/1", "France mobile 336", 40, Decimal(1200), Decimal(2), Decimal("5.6")),
    ]


def test_a_cut_call_has_a_part_in_each_band() -> None:
    steps = line(PEAK, ("2026-06-01 19:59:30", "60"), (MONDAY_NOON, "60")).steps
    assert [(s.tier, s.label, s.count, s.quantity, s.unit_price, s.unit_size, s.amount) for s in steps] == [
        (
            "1",
            "all destinations, mon–fri 08:00–20:00",
            2,
            Decimal(90),
            Decimal("0.12"),
            Decimal(60),
            Decimal("0.18"),
        ),
        ("2", "all destinations", 1, Decimal(30), Decimal("0.06"), Decimal(60), Decimal("0.03")),
    ]


def test_r2_thirds_add_up_before_they_are_rounded() -> None:
    """Three calls of 0.008333… are 0.025, which is 0.03; rounded one by one they would be 0.02."""
    rate = {"bands": [band("0.10")]}
    table = {"rate_table": [{"prefix": prefix, **rate} for prefix in ("1", "2", "3")]}
    three = line(table, *((MONDAY_NOON, "5", number) for number in ("1", "2", "3")))
    assert (three.unrounded, three.amount) == (Decimal("0.025"), Decimal("0.03"))
    each = line(table | {"rounding": "half_up"}, *((MONDAY_NOON, "5", number) for number in ("1", "2", "3")))
    assert each.amount == Decimal("0.03")  # each 0.01


def test_a_price_that_names_rounding_rounds_each_call() -> None:
    calls = [(MONDAY_NOON, "62")] * 3  # 0.124 each
    assert line(MINUTE, *calls).amount == Decimal("0.37")
    rounded = line(MINUTE | {"rounding": "half_up"}, *calls)
    assert rounded.amount == Decimal("0.36")
    assert [(s.tier, s.amount) for s in rounded.steps] == [
        ("1", Decimal("0.372")),
        ("call_rounding", Decimal("-0.012")),
    ]
    assert line(MINUTE | {"rounding": "up"}, *calls).amount == Decimal("0.39")
    assert line(MINUTE | {"rounding": "half_up"}, *calls, currency="JPY").amount == 0


def test_what_max_cost_took_off_is_a_step() -> None:
    capped = line(MINUTE | {"max_cost": "0.20"}, (MONDAY_NOON, "60"), (MONDAY_NOON, "120"), (MONDAY_NOON, "180"))
    assert capped.amount == Decimal("0.52")  # 0.12, 0.20 for 0.24, 0.20 for 0.36
    assert [(s.tier, s.count, s.amount) for s in capped.steps] == [
        ("1", 3, Decimal("0.72")),
        ("max_cost", 2, Decimal("-0.20")),
    ]


def test_r21_a_call_over_the_midnight_of_a_new_rate_is_cut_there() -> None:
    old = DatedRate(None, CallRate("33", (Band(unit_price=Decimal("0.12"), per_s=Decimal(60)),)), 1)
    new = DatedRate(date(2026, 7, 1), CallRate("33", (Band(unit_price=Decimal("0.24"), per_s=Decimal(60)),)), 2)
    gone = DatedRate(date(2026, 7, 1), None, 2)
    stored = {"rate_table": "world"}
    over = ("2026-06-30 21:59:30", "60", "331")  # half past 23:59 in Paris
    cut = line(stored, over, time_zone=PARIS, dated=(old, new))
    assert [(s.tier, s.amount) for s in cut.steps] == [("33/1/v1", Decimal("0.06")), ("33/1/v2", Decimal("0.12"))]
    assert line(stored | {"basis": "volume"}, over, time_zone=PARIS, dated=(old, new)).unrounded == Decimal("0.12")
    assert why_unpriceable(stored, call(*over), dated=(old, gone), time_zone=PARIS) == "no_price"
    assert why_unpriceable(stored, call("2026-06-30 21:58:30", "60", "331"), dated=(old, gone), time_zone=PARIS) is None
    assert why_unpriceable(stored, call(MONDAY_NOON, "60", "331"), dated=(new,), time_zone=PARIS) == "no_price"


def test_r21_of_a_new_rate_the_fee_is_that_of_the_start() -> None:
    per_minute = (Band(unit_price=Decimal("0.12"), per_s=Decimal(60)),)
    old = DatedRate(None, CallRate("33", per_minute, connect_fee=Decimal("0.05")), 1)
    new = DatedRate(date(2026, 7, 1), CallRate("33", per_minute, connect_fee=Decimal("0.50")), 2)
    over = ("2026-06-30 23:59:30", "60", "331")
    assert line({"rate_table": "world"}, over, dated=(old, new)).unrounded == Decimal("0.17")


MODIFIED = MINUTE | {"modifiers": {"discount": {"percent": "10"}, "minimum": "1.00"}}


def test_modifiers_are_around_calls_as_around_all_usage() -> None:
    assert [(s.tier, s.amount) for s in line(MODIFIED, (MONDAY_NOON, "60")).steps] == [
        ("1", Decimal("0.12")),
        ("discount", Decimal("-0.012")),
        ("minimum", Decimal("0.892")),
    ]


def test_r16_late_calls_are_charged_above_what_was_billed() -> None:
    calls = [(MONDAY_NOON, "61", "331"), (MONDAY_NOON, "30", "336"), (MONDAY_NOON, "60", "331")]
    parsed, whole = price_of(TABLE), entries(calls)
    (new,) = price_measured(parsed, (whole,), already_billed=(whole[:2],), context=context())
    assert [(s.tier, s.count, s.quantity, s.amount) for s in new.steps] == [("33/1", 1, Decimal(60), Decimal("0.06"))]


def test_ids_of_what_is_stored_are_taken() -> None:
    price_of({"rate_table": "world", "holidays": "fr"})
    with pytest.raises(Rejection) as unknown:
        line({"rate_table": "world"}, (MONDAY_NOON, "60"))
    assert unknown.value.pointer == "/rate_table"
    with pytest.raises(Rejection) as unknown:
        line(FREE_DAYS | {"holidays": "fr"}, (MONDAY_NOON, "60"))
    assert unknown.value.pointer == "/holidays"

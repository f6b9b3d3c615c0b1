"""Decimal strings: what is read, what is refused with a reason, and that calculations lose no digit (R1)."""

from __future__ import annotations

import decimal
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.decimals import DecimalError, exact, format_decimal, parse_decimal


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("12.40", "12.40"),
        ("0.00880", "0.00880"),
        ("-3.5", "-3.5"),
        ("000000000000000000000001.5", "1.5"),
        ("999999999999999999.999999999999", "999999999999999999.999999999999"),
    ],
)
def test_a_plain_decimal_string_is_read_exactly(text: str, number: str) -> None:
    assert str(parse_decimal(text)) == number


def test_minus_zero_is_zero() -> None:
    assert str(parse_decimal("-0.00")) == "0.00"


@pytest.mark.parametrize("value", [1, 1.5, -3, 0, float("nan"), float("inf"), 10**400])
def test_a_json_number_is_refused_as_one(value: object) -> None:
    with pytest.raises(DecimalError, match="a JSON number is not accepted here"):
        parse_decimal(value)


@pytest.mark.parametrize("value", [None, True, False, [], {}, b"1"])
def test_what_is_no_string_is_refused(value: object) -> None:
    with pytest.raises(DecimalError, match="a decimal string is expected"):
        parse_decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 1",
        "1 ",
        "+1",
        "1e3",
        "1E-3",
        "NaN",
        "Infinity",
        "-",
        ".5",
        "5.",
        "1,5",
        "1_000",
        "0x10",
        "1\n",
        "١",
        "--1",
    ],
)
def test_text_that_is_no_plain_decimal_is_refused(text: str) -> None:
    with pytest.raises(DecimalError, match="is not a decimal number"):
        parse_decimal(text)


def test_too_many_digits_are_refused_not_cut() -> None:
    with pytest.raises(DecimalError, match="more than 18 digits before the point"):
        parse_decimal("1" + "0" * 18)
    with pytest.raises(DecimalError, match="more than 12 decimals"):
        parse_decimal("0." + "0" * 12 + "1")


def test_a_hostile_text_comes_back_cut() -> None:
    with pytest.raises(DecimalError) as refused:
        parse_decimal("x" * 1_000_000)
    assert len(str(refused.value)) < 200


def test_a_negative_number_is_refused_where_none_belongs() -> None:
    with pytest.raises(DecimalError, match=r"-0\.01 is negative"):
        parse_decimal("-0.01", negative=False)


@pytest.mark.parametrize(
    ("number", "decimals_min", "text"),
    [
        ("18.75", 9, "18.750000000"),
        ("100", 0, "100"),
        ("1E+3", 0, "1000"),
        ("0E-9", 0, "0"),
        ("-0.00", 2, "0.00"),
        ("0.0000000010", 2, "0.000000001"),
        ("-4.5000", 2, "-4.50"),
    ],
)
def test_a_number_is_written_plainly(number: str, decimals_min: int, text: str) -> None:
    assert format_decimal(Decimal(number), decimals_min=decimals_min) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**18) + 1, max_value=10**18 - 1, places=12))
def test_reading_what_was_written_gives_the_number(number: Decimal) -> None:
    assert parse_decimal(format_decimal(number)) == number


def test_an_exact_calculation_raises_rather_than_round_r1() -> None:
    big = Decimal("999999999999999999.999999999999")
    with exact():
        assert str(big * big)[-12:] == "000000000001"
        with pytest.raises(decimal.Inexact):
            Decimal(1) / Decimal(3)

"""Rounding: four modes, the currency's minor unit, signs (R2, R3, R4)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.currency import UnknownCurrency
from shared.kernel.rounding import Rounding, RoundingMode, round_amount, round_share


@pytest.mark.parametrize(
    ("amount", "half_up", "half_even", "up", "down"),
    [
        # 1,460.50 at 25 %, the tie of the EN 16931 example
        ("365.125", "365.13", "365.12", "365.13", "365.12"),
        ("365.135", "365.14", "365.14", "365.14", "365.13"),
        ("-365.125", "-365.13", "-365.12", "-365.13", "-365.12"),
        ("0.001", "0.00", "0.00", "0.01", "0.00"),
        ("-0.001", "0.00", "0.00", "-0.01", "0.00"),
        ("4.51612903", "4.52", "4.52", "4.52", "4.51"),
        ("7", "7.00", "7.00", "7.00", "7.00"),
    ],
)
def test_modes_differ_where_they_must_r3(amount: str, half_up: str, half_even: str, up: str, down: str) -> None:
    modes: dict[RoundingMode, str] = {"half_up": half_up, "half_even": half_even, "up": up, "down": down}
    for mode, expected in modes.items():
        assert str(round_amount(Decimal(amount), Rounding(mode), "EUR")) == expected


@pytest.mark.parametrize(
    ("currency", "rounded"),
    [("JPY", "1235"), ("EUR", "1234.57"), ("KWD", "1234.568"), ("CLF", "1234.5678")],
)
def test_the_currency_says_how_many_decimals_r4(currency: str, rounded: str) -> None:
    assert str(round_amount(Decimal("1234.567789"), Rounding(), currency)) == rounded


def test_given_decimals_win_over_the_currency() -> None:
    assert str(round_amount(Decimal("1.23456"), Rounding("up", 4), "JPY")) == "1.2346"
    assert str(round_amount(Decimal("15"), Rounding("half_up", 0), "EUR")) == "15"


def test_an_unknown_currency_is_an_error() -> None:
    for code in ("EURO", "eur", "XAU", "", "ZZZ"):
        with pytest.raises(UnknownCurrency, match="is not a currency of ISO 4217"):
            round_amount(Decimal(1), Rounding(), code)


def test_a_rounding_outside_its_bounds_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="not a rounding mode"):
        Rounding("sideways")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="decimals must be 0 to 12"):
        Rounding("up", 13)


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [
        (14, 31, "0.451612903"),
        (2, 3, "0.666666667"),
        (1, 3, "0.333333333"),
        (15, 30, "0.5"),
        (0, 30, "0"),
        (31, 31, "1"),
    ],
)
def test_a_share_has_nine_decimals_r6(part: int, whole: int, share: str) -> None:
    assert round_share(part, whole) == Decimal(share)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**24), max_value=10**24, places=20))
def test_up_and_down_enclose_every_amount(amount: Decimal) -> None:
    down, up = (abs(round_amount(amount, Rounding(mode), "EUR")) for mode in ("down", "up"))
    assert down <= abs(amount) <= up
    assert up - down <= Decimal("0.01")

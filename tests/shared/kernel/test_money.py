"""Money and quantities on the wire and in messages."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from shared.kernel.decimals import DecimalError
from shared.kernel.money import (
    CurrencyCode,
    DecimalString,
    Money,
    MoneyBody,
    PriceString,
    QuantityString,
    format_micro,
    micro_decimal,
    quantity_micro,
)


class Body(BaseModel):
    balance: DecimalString = Decimal(0)
    price: PriceString = Decimal(0)
    quantity: QuantityString = Decimal(0)
    currency: CurrencyCode = "EUR"


def test_money_travels_as_a_decimal_string() -> None:
    money = Money(Decimal("12.40"), "EUR")
    wire = msgspec.json.encode(money)
    assert wire == b'{"amount":"12.40","currency":"EUR"}'
    assert msgspec.json.decode(wire, type=Money) == money


def test_money_adds_up_exactly_beyond_28_digits_r1() -> None:
    large = Money(Decimal("999999999999999999.000000000001"), "EUR")
    assert (large + large).amount == Decimal("1999999999999999998.000000000002")
    assert (large - large).amount == 0


def test_money_of_different_currencies_does_not_add() -> None:
    with pytest.raises(ValueError, match="different currencies"):
        Money(Decimal(1), "EUR") + Money(Decimal(1), "USD")


def test_money_knows_its_currency_and_is_finite() -> None:
    with pytest.raises(ValueError, match="not a currency"):
        Money(Decimal(1), "EURO")
    with pytest.raises(ValueError, match="finite"):
        Money(Decimal("NaN"), "EUR")


def test_money_reads_as_on_a_bill() -> None:
    assert str(Money(Decimal("12.4"), "EUR")) == "12.40 EUR"
    assert str(Money.zero("JPY")) == "0 JPY"
    assert str(-Money(Decimal("0.005"), "EUR").rounded()) == "-0.01 EUR"


@pytest.mark.parametrize("field", ["balance", "price", "quantity"])
@pytest.mark.parametrize("number", ["12.40", "12"])
def test_a_json_number_is_refused_where_a_decimal_string_belongs(field: str, number: str) -> None:
    with pytest.raises(ValidationError, match="a JSON number is not accepted here"):
        Body.model_validate_json(f'{{"{field}": {number}}}')


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("quantity", "-1", "is negative"),
        ("quantity", "0.0000001", "more than 6 decimals"),
        ("quantity", "1000000000000000000", "more than 18 digits"),
        ("price", "-0.01", "is negative"),
        ("price", "0.0000000000001", "more than 12 decimals"),
        ("balance", "1e2", "no exponent"),
        ("currency", "EURO", "not a currency"),
        ("currency", "eur", "not a currency"),
    ],
)
def test_a_value_out_of_bounds_is_refused_with_the_reason(field: str, value: str, reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        Body.model_validate({field: value})


def test_the_schema_of_a_decimal_is_a_string_with_a_pattern() -> None:
    schema = Body.model_json_schema()["properties"]
    for field in ("balance", "price", "quantity"):
        assert schema[field]["type"] == "string"
        assert schema[field]["pattern"].startswith("^")


def test_a_body_writes_decimals_as_strings() -> None:
    body = MoneyBody.of(Money(Decimal("7"), "KWD"))
    assert body.model_dump_json() == '{"amount":"7.000","currency":"KWD"}'
    assert MoneyBody.model_validate_json(body.model_dump_json()).to_money() == Money(Decimal("7.000"), "KWD")


@pytest.mark.parametrize(
    ("text", "micro"),
    [
        ("0", 0),
        ("73400320", 73_400_320_000_000),
        ("1.5", 1_500_000),
        ("0.000001", 1),
        ("00012", 12_000_000),
        ("999999999999999999.999999", 10**24 - 1),
    ],
)
def test_a_quantity_is_an_integer_of_millionths(text: str, micro: int) -> None:
    assert quantity_micro(text) == micro


@pytest.mark.parametrize("value", ["-1", "1.0000001", "1e6", "", "1234567890123456789", "²", 5, 5.0, None, True])
def test_what_is_no_quantity_is_refused(value: object) -> None:
    with pytest.raises(DecimalError):
        quantity_micro(value)


@given(st.integers(min_value=-(10**30), max_value=10**30))
def test_millionths_are_written_and_read_back_exactly(micro: int) -> None:
    assert Decimal(format_micro(micro)) == micro_decimal(micro)
    if 0 <= micro < 10**24:
        assert quantity_micro(format_micro(micro)) == micro

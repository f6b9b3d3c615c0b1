"""Money and quantities: exact values inside, plain decimal strings outside (R1, R4).

In messages money is a `Money`; in HTTP bodies the annotated types below, which refuse a JSON number where a decimal
string belongs and appear in the OpenAPI state as a string with a pattern:

    class Line(BaseModel):
        quantity: QuantityString        # "1.5", at least 0, at most 6 decimals and 18 digits before the point
        unit_price: PriceString         # "0.00880", at least 0, at most 12 decimals
        net: MoneyBody                  # {"amount": "12.40", "currency": "EUR"}

On the hot path a quantity is an integer of millionths, which adds up as fast as it is exact:

    >>> quantity_micro("73400320.5")
    73400320500000
    >>> format_micro(73400320500000)
    '73400320.5'
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Final

import msgspec
from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from shared.kernel.currency import UnknownCurrency, minor_units
from shared.kernel.decimals import (
    DECIMALS_MAX,
    EXACT,
    INTEGER_DIGITS_MAX,
    DecimalError,
    format_decimal,
    parse_decimal,
)
from shared.kernel.rounding import HALF_UP, Rounding, round_amount

QUANTITY_DECIMALS: Final = 6
QUANTITY_SCALE: Final = 10**QUANTITY_DECIMALS


class Money(msgspec.Struct, frozen=True):
    """An amount in a currency; on the wire `{"amount": "12.40", "currency": "EUR"}`.

    The amount may have more decimals than the currency's minor unit until it is rounded. Amounts of different
    currencies do not add: that raises `ValueError`, since somebody has forgotten to group by currency.
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not self.amount.is_finite():
            raise ValueError(f"an amount of money is a finite number, not {self.amount}")
        minor_units(self.currency)

    @classmethod
    def zero(cls, currency: str) -> Money:
        """Nothing, written with the currency's decimals: 0.00 EUR."""
        return cls(round_amount(Decimal(0), HALF_UP, currency), currency)

    @classmethod
    def parse(cls, amount: object, currency: str) -> Money:
        """Read an amount from its decimal string. Raises `DecimalError` or `UnknownCurrency`."""
        return cls(parse_decimal(amount), currency)

    def rounded(self, rounding: Rounding = HALF_UP) -> Money:
        """The same money, rounded; by default half up to the currency's minor unit."""
        return Money(round_amount(self.amount, rounding, self.currency), self.currency)

    def __add__(self, other: Money) -> Money:
        self._same_currency(other)
        return Money(EXACT.add(self.amount, other.amount), self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same_currency(other)
        return Money(EXACT.subtract(self.amount, other.amount), self.currency)

    def __neg__(self) -> Money:
        return Money(self.amount.copy_negate() if self.amount else self.amount, self.currency)

    def __str__(self) -> str:
        return f"{format_amount(self.amount, self.currency)} {self.currency}"

    def _same_currency(self, other: Money) -> None:
        if self.currency != other.currency:
            raise ValueError(f"{self} and {other} are in different currencies and do not add up")


def format_amount(amount: Decimal, currency: str) -> str:
    """The amount as text, exactly, with at least the currency's decimals: 12.4 EUR is "12.40"."""
    return format_decimal(amount, decimals_min=minor_units(currency))


def quantity_micro(text: object) -> int:
    """Read a quantity (≥ 0, ≤ 6 decimals, ≤ 18 digits before the point) as an integer of millionths.

    Raises `DecimalError` with the reason. Exact: the decimals are shifted as text, no number is rounded.
    """
    # The common case, an unsigned whole number, is half of the cost of the general path.
    if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= INTEGER_DIGITS_MAX:
        return int(text) * QUANTITY_SCALE
    number = parse_decimal(text, negative=False, decimals_max=QUANTITY_DECIMALS)
    whole, _, decimals = f"{number:f}".partition(".")
    return int(whole + decimals.ljust(QUANTITY_DECIMALS, "0"))


def format_micro(micro: int) -> str:
    """Write an integer of millionths as a decimal string without superfluous zeros. May be negative (a correction)."""
    return format_decimal(micro_decimal(micro))


def micro_decimal(micro: int) -> Decimal:
    """An integer of millionths as an exact `Decimal` of at most 6 decimals."""
    sign, digits = ("-", -micro) if micro < 0 else ("", micro)
    return Decimal(f"{sign}{digits // QUANTITY_SCALE}.{digits % QUANTITY_SCALE:0{QUANTITY_DECIMALS}}")


class DecimalText:
    """Annotation that makes a pydantic field an exact decimal string; bounds are those of `parse_decimal`.

    A `Decimal` made by our own code is taken as it is, so that answers can be built from values.
    """

    def __init__(self, *, negative: bool, decimals_max: int = DECIMALS_MAX) -> None:
        self.negative = negative
        self.decimals_max = decimals_max

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self._validate,
            serialization=core_schema.plain_serializer_function_ser_schema(
                _plain, return_schema=core_schema.str_schema()
            ),
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Of answers too, where a sum may have more digits before the point than any that was sent."""
        sign = "-?" if self.negative else ""
        whole = r"\d+" if self.negative else rf"0*\d{{1,{INTEGER_DIGITS_MAX}}}"
        pattern = rf"^{sign}{whole}(\.\d{{1,{self.decimals_max}}})?$"
        return {"type": "string", "format": "decimal", "pattern": pattern, "examples": ["12.40"]}

    def _validate(self, value: object) -> Decimal:
        if isinstance(value, Decimal) and value.is_finite():
            return value
        try:
            return parse_decimal(value, negative=self.negative, decimals_max=self.decimals_max)
        except DecimalError as error:
            raise PydanticCustomError("decimal_string", "{reason}", {"reason": str(error)}) from error


class _CurrencyText:
    """Annotation that admits a currency of ISO 4217 and nothing else."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._validate, core_schema.str_schema(strict=True))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217", "examples": ["EUR"]}

    def _validate(self, value: str) -> str:
        try:
            minor_units(value)
        except UnknownCurrency as error:
            raise PydanticCustomError("currency", "{reason}", {"reason": str(error)}) from error
        return value


def _plain(value: Decimal) -> str:
    return f"{value:f}"


DecimalString = Annotated[Decimal, DecimalText(negative=True)]
PriceString = Annotated[Decimal, DecimalText(negative=False)]
QuantityString = Annotated[Decimal, DecimalText(negative=False, decimals_max=QUANTITY_DECIMALS)]
CurrencyCode = Annotated[str, _CurrencyText()]


class MoneyBody(BaseModel):
    """Money in an HTTP body: `{"amount": "12.40", "currency": "EUR"}`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    amount: DecimalString
    currency: CurrencyCode

    @classmethod
    def of(cls, money: Money) -> MoneyBody:
        """The body that shows `money`, with at least the currency's decimals."""
        return cls(amount=Decimal(format_amount(money.amount, money.currency)), currency=money.currency)

    def to_money(self) -> Money:
        """The value that messages carry."""
        return Money(self.amount, self.currency)

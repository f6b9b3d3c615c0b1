"""Exact decimal numbers: how they are read from text, written as text, and calculated with (R1).

A number on the wire is a plain decimal string. Anything that could hide an inexact value is refused with a reason:

    >>> parse_decimal("12.40")
    Decimal('12.40')
    >>> parse_decimal("1e3")
    Traceback (most recent call last):
    shared.kernel.decimals.DecimalError: '1e3' is not a decimal number: digits with at most one point, no exponent
    >>> format_decimal(Decimal("18.75"), decimals_min=9)
    '18.750000000'

Python's default decimal context rounds silently at 28 digits, which a sum of octets times a 12-decimal price passes.
Calculations therefore run inside `exact()`, whose context raises `decimal.Inexact` instead of losing a digit.
"""

from __future__ import annotations

import decimal
import re
from contextlib import AbstractContextManager
from decimal import Decimal
from typing import Final

INTEGER_DIGITS_MAX: Final = 18
DECIMALS_MAX: Final = 12

# Quantity sums have up to 30 digits, prices and percentages 30 each; 200 leaves room for every product of those three.
_DIGITS_MAX: Final = 200
_PLAIN_DECIMAL: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)

# For a single sum or product: `EXACT.add(a, b)`. Its methods never touch the thread's own context.
EXACT: Final = decimal.Context(
    prec=_DIGITS_MAX,
    rounding=decimal.ROUND_HALF_UP,
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow, decimal.Inexact],
)


class DecimalError(ValueError):
    """The text or value is no decimal string of the wire; the message says why and what is expected."""


def exact() -> AbstractContextManager[decimal.Context]:
    """A context in which a result that would need rounding raises `decimal.Inexact`: a bug, never a wrong cent.

    Rounding inside it is done by `shared.kernel.rounding`, which names the mode.
    """
    return decimal.localcontext(EXACT)


def parse_decimal(
    value: object,
    *,
    negative: bool = True,
    integer_digits_max: int = INTEGER_DIGITS_MAX,
    decimals_max: int = DECIMALS_MAX,
) -> Decimal:
    """Read a decimal string, keeping the decimals it was written with. Raises `DecimalError` with the reason.

    Leading zeros do not count as digits. `negative=False` refuses values below zero; "-0" is zero.
    """
    if isinstance(value, bool) or not isinstance(value, str):
        raise DecimalError(_wrong_type(value))
    if _PLAIN_DECIMAL.fullmatch(value) is None:
        raise DecimalError(f"{_shown(value)} is not a decimal number: digits with at most one point, no exponent")
    whole, _, decimals = value.lstrip("-").partition(".")
    if len(whole.lstrip("0")) > integer_digits_max:
        raise DecimalError(f"{_shown(value)} has more than {integer_digits_max} digits before the point")
    if len(decimals) > decimals_max:
        raise DecimalError(f"{_shown(value)} has more than {decimals_max} decimals")
    number = Decimal(value)
    if not number:
        return abs(number)
    if number < 0 and not negative:
        raise DecimalError(f"{value} is negative; zero or more is expected")
    return number


def format_decimal(value: Decimal, *, decimals_min: int = 0) -> str:
    """Write `value` exactly, without exponent or superfluous zeros, but with at least `decimals_min` decimals."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text in ("-0", ""):
        text = "0"
    whole, _, decimals = text.partition(".")
    decimals = decimals.ljust(decimals_min, "0")
    return f"{whole}.{decimals}" if decimals else whole


def _wrong_type(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return 'a decimal string is expected, such as "12.40"'
    if isinstance(value, (int, float)):
        return 'a JSON number is not accepted here, as it may have lost digits; write a decimal string such as "12.40"'
    return f'a decimal string is expected, such as "12.40", not {type(value).__name__}'


def _shown(text: str) -> str:
    """The text as quoted in a message, cut so that a hostile body does not come back whole."""
    return repr(text) if len(text) <= 40 else repr(text[:40]) + "…"

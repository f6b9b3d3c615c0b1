"""Rounding of money: one function, the mode named, at one moment, the line (R2, R3, R4).

Modes differ only where they must. 1,460.50 at 25 % is 365.125, an exact tie:

    >>> round_amount(Decimal("365.125"), Rounding("half_up"), "EUR")
    Decimal('365.13')
    >>> round_amount(Decimal("365.125"), Rounding("half_even"), "EUR")
    Decimal('365.12')
    >>> round_amount(Decimal("-0.001"), Rounding("up"), "EUR")
    Decimal('-0.01')
"""

from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal

import msgspec

from shared.kernel.currency import minor_units

RoundingMode = Literal["half_up", "half_even", "up", "down"]

SHARE_DECIMALS: Final = 9
ROUNDING_DECIMALS_MAX: Final = 12

_MODES: Final[dict[RoundingMode, str]] = {
    "half_up": decimal.ROUND_HALF_UP,  # Python's name for it, too: ties go away from zero
    "half_even": decimal.ROUND_HALF_EVEN,
    "up": decimal.ROUND_UP,  # away from zero
    "down": decimal.ROUND_DOWN,  # towards zero
}
# Wide enough that `quantize` never meets a number it cannot hold (see shared.kernel.decimals).
_QUANTA: Final = tuple(Decimal(1).scaleb(-decimals) for decimals in range(ROUNDING_DECIMALS_MAX + 1))
_ROUNDING: Final = decimal.Context(prec=250, traps=[decimal.InvalidOperation])


class Rounding(msgspec.Struct, frozen=True):
    """How a line is rounded. `decimals` is `None` for the currency's minor unit."""

    mode: RoundingMode = "half_up"
    decimals: int | None = None

    def __post_init__(self) -> None:
        if self.mode not in _MODES:
            raise ValueError(f"{self.mode!r} is not a rounding mode; one of {', '.join(_MODES)}")
        if self.decimals is not None and not 0 <= self.decimals <= ROUNDING_DECIMALS_MAX:
            raise ValueError(f"decimals must be 0 to {ROUNDING_DECIMALS_MAX}, not {self.decimals}")


HALF_UP: Final = Rounding()


def round_amount(amount: Decimal, rounding: Rounding, currency: str) -> Decimal:
    """Round `amount` as `rounding` says; the result has exactly its decimals. Raises `UnknownCurrency`."""
    decimals = minor_units(currency) if rounding.decimals is None else rounding.decimals
    return round_decimals(amount, decimals, rounding.mode)


def round_decimals(number: Decimal, decimals: int, mode: RoundingMode = "half_up") -> Decimal:
    """Round to `decimals` places. Zero comes back without a sign."""
    quantum = _QUANTA[decimals] if 0 <= decimals < len(_QUANTA) else Decimal(1).scaleb(-decimals)
    rounded = number.quantize(quantum, rounding=_MODES[mode], context=_ROUNDING)
    return rounded if rounded else abs(rounded)


def round_share(part: int, whole: int) -> Decimal:
    """`part` ÷ `whole` (days, or microseconds; part ≥ 0, whole > 0) rounded half up to 9 decimals (R2, R6)."""
    if part < 0 or whole <= 0:
        raise ValueError(f"a share needs 0 <= part and 0 < whole, not {part} of {whole}")
    scale = 10**SHARE_DECIMALS
    return Decimal((2 * part * scale + whole) // (2 * whole)).scaleb(-SHARE_DECIMALS, context=_ROUNDING)


def round_quotient(dividend: Decimal, divisor: Decimal, currency: str) -> Decimal:
    """`dividend` ÷ `divisor` rounded half up to the currency's minor unit, once: no digit is lost before.

    >>> round_quotient(Decimal("9.99"), Decimal("1.2"), "EUR")
    Decimal('8.33')
    """
    decimals = minor_units(currency)
    quotient = Fraction(dividend) / Fraction(divisor) * 10**decimals
    whole, rest = divmod(abs(quotient.numerator), quotient.denominator)
    rounded = whole + (2 * rest >= quotient.denominator)
    return Decimal(-rounded if quotient < 0 else rounded).scaleb(-decimals, context=_ROUNDING)

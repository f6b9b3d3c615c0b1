"""Quantities as people read them: octets as GB, seconds as hours, minutes and seconds; always exact.

    >>> for_people(Decimal("350000000000"), "octets"), for_people(Decimal("1234567"), "octets")
    (Quantity(value='350', unit='GB'), Quantity(value='1.234567', unit='MB'))
    >>> for_people(Decimal("3725"), "seconds"), for_people(Decimal("12"), "messages")
    (Quantity(value='1:02:05', unit='h'), Quantity(value='12', unit='messages'))

Multiples of octets are decimal (1 GB = 10^9 octets), as networks are sold and measured.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from shared.kernel.decimals import EXACT, format_decimal

_MULTIPLES: Final = (("PB", 15), ("TB", 12), ("GB", 9), ("MB", 6), ("kB", 3))
_OCTETS: Final = frozenset({"octet", "octets", "byte", "bytes"})
_SECONDS: Final = frozenset({"second", "seconds", "s"})


class Quantity(NamedTuple):
    """A number as text, without groups of three, and the unit it is in."""

    value: str
    unit: str


def for_people(quantity: Decimal, unit: str) -> Quantity:
    """The quantity in the largest multiple of its unit that is at most the quantity. A unit not known here stays."""
    if unit in _OCTETS:
        return _octets(quantity)
    if unit in _SECONDS and quantity >= 0:
        return _duration(quantity)
    return Quantity(format_decimal(quantity), unit)


def multiple_of(unit: str, size: Decimal) -> str:
    """What `size` of a unit is called, as in "per GB": `GB`, `min`, `1000 messages`; the unit itself where it is one.

    >>> multiple_of("octets", Decimal(10**9)), multiple_of("seconds", Decimal(60)), multiple_of("SMS", Decimal(9))
    ('GB', 'min', '9 SMS')
    """
    if unit in _SECONDS and size in (60, 3600):
        return "min" if size == 60 else "h"
    value, name = for_people(size, unit) if unit in _OCTETS else Quantity(format_decimal(size), unit)
    return name if value == "1" else f"{value} {name}"


def _octets(quantity: Decimal) -> Quantity:
    for name, exponent in _MULTIPLES:
        if abs(quantity) >= Decimal(10) ** exponent:
            return Quantity(format_decimal(quantity.scaleb(-exponent, context=EXACT)), name)
    return Quantity(format_decimal(quantity), "octets")


def _duration(quantity: Decimal) -> Quantity:
    whole = int(quantity)
    rest = format_decimal(quantity - whole).removeprefix("0")
    minutes, seconds = divmod(whole, 60)
    if minutes < 60:
        return Quantity(f"{minutes}:{seconds:02}{rest}", "min")
    hours, minutes = divmod(minutes, 60)
    return Quantity(f"{hours}:{minutes:02}:{seconds:02}{rest}", "h")

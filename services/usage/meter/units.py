"""Units that a record may say its quantity is in, and what it is in the unit of its meter, exactly.

    70 MB      of data.octets (octet)    ->  70000000
    1.5 KiB    of data.octets            ->  1536
    2 min      of voice.seconds (s)      ->  120
    12 kbit    of data.octets            ->  1500
    1 kbit/s   of a meter in octet       ->  a rate is no volume: refused
    1 octet    of a meter in GB          ->  0.000000001 is finer than the six decimals of a quantity: refused

Names are as IEC 80000-13 and SI write them (kB is 1000 octets, KiB 1024), each also as its word; case counts, since
Mb and MB are not the same. A unit that is here by no name (`message`) is only ever that of its meter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

LIMIT: Final = 10**24
"""Quantities in 1e-6 units stay below: they have at most 18 digits before the point."""


class CannotConvert(Exception):
    """The text says why, and names both units."""


class Unit(NamedTuple):
    """`numerator` / `denominator` of the base unit of its kind: octets, seconds, bit/s."""

    kind: str
    numerator: int
    denominator: int = 1


def in_unit(quantity: int, unit: str, wanted: str) -> int:
    """The quantity, in 1e-6 of `unit`, in 1e-6 of the unit `wanted`. Raises `CannotConvert`."""
    if unit == wanted:
        return quantity
    given, target = UNITS.get(unit), UNITS.get(wanted)
    if given is None or target is None or given.kind != target.kind:
        raise CannotConvert(f"{unit} can't be converted to {wanted}, the unit of the meter")
    whole, rest = divmod(
        quantity * given.numerator * target.denominator,
        given.denominator * target.numerator,
    )
    if rest:
        raise CannotConvert(
            f"the quantity in {unit} is no whole number of millionths of {wanted}; report it in {wanted}"
        )
    if whole >= LIMIT:
        raise CannotConvert(f"the quantity in {unit} has more than 18 digits before the point in {wanted}")
    return whole


def _volumes() -> Iterator[tuple[str, Unit]]:
    for names, numerator, denominator in ((("octet", "octets", "byte", "bytes", "B"), 1, 1), (("bit", "bits"), 1, 8)):
        for name in names:
            yield name, Unit("volume", numerator, denominator)
    for power, (decimal, binary) in enumerate((("k", "Ki"), ("M", "Mi"), ("G", "Gi"), ("T", "Ti"), ("P", "Pi")), 1):
        yield f"{decimal}B", Unit("volume", 1000**power)
        yield f"{binary}B", Unit("volume", 1024**power)
        yield f"{decimal}bit", Unit("volume", 1000**power, 8)
        yield f"{binary}bit", Unit("volume", 1024**power, 8)


def _times() -> Iterator[tuple[str, Unit]]:
    yield "ms", Unit("time", 1, 1000)
    for names, seconds in (
        (("s", "second", "seconds"), 1),
        (("min", "minute", "minutes"), 60),
        (("h", "hour", "hours"), 3600),
        (("d", "day", "days"), 86_400),
    ):
        for name in names:
            yield name, Unit("time", seconds)


def _rates() -> Iterator[tuple[str, Unit]]:
    for power, prefix in enumerate(("", "k", "M", "G", "T")):
        yield f"{prefix}bit/s", Unit("rate", 1000**power)


UNITS: Final = {name: unit for units in (_volumes(), _times(), _rates()) for name, unit in units}

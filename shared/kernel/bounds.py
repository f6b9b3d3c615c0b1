"""What a value of a message may be, so that every table can hold it: checked when it is made, and when it is read.

    class PlanDrafted(Event, ...):
        version: Count              # 0 to 10^9
    class UsageReturned(Event, ...):
        seq: Seq                    # 0 to 2^63 - 1

These are numbers that we count ourselves; a message with another one is none of ours. What the world says (quantities,
instants of records) has no bound here: admission has, and projections take it as it comes.

A decimal is finite, with at most 60 digits before the point and 40 after it; an instant has its zone and a year from 1
to 9999 in UTC:

    >>> check_decimal("net", Decimal("1E+999999"))
    Traceback (most recent call last):
    ValueError: net has at most 60 digits before the point and 40 after it
"""

from __future__ import annotations

import typing
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Final, get_type_hints

import msgspec

Index = Annotated[int, msgspec.Meta(ge=0, le=2**15 - 1)]
"""A place in a list of a few thousand."""
Partition = Annotated[int, msgspec.Meta(ge=0, le=2**15 - 1)]
"""A partition, as rating packs it in two bytes."""
Count = Annotated[int, msgspec.Meta(ge=0, le=10**9)]
"""A number of things, a version, a partition: 32 bits, and room to count on."""
SEQ_MAX: Final = 2**63 - 1
Seq = Annotated[int, msgspec.Meta(ge=0, le=SEQ_MAX)]
"""A number that goes up for ever: of events, offsets, records."""

PlainDecimal = Annotated[str, msgspec.Meta(pattern=r"^-?[0-9]+(\.[0-9]+)?$")]
"""A decimal as people read it, never "1E-9": what explains an amount is shown as it stands in the log."""

WHOLE_DIGITS_MAX: Final = 60
DECIMALS_MAX: Final = 40


class Checked(msgspec.Struct, frozen=True):
    """A struct whose decimals and instants are within bounds. Raises `ValueError`, on reading `ValidationError`."""

    def __post_init__(self) -> None:
        for name in _checked_fields(type(self)):
            value = getattr(self, name)
            # Most are a decimal or nothing at all: those need no look at other classes.
            if type(value) is Decimal:
                check_decimal(name, value)
            elif value is not None:
                _check(name, value)


def check_decimal(name: str, value: Decimal) -> None:
    """Raises `ValueError`. The product of two has no more digits than `shared.kernel.decimals.EXACT` holds."""
    # Nearly all are short and plain; their exponent takes three times as long to ask for as all of their digits.
    if value.is_finite() and len(text := str(value)) <= DECIMALS_MAX and "E" not in text:
        return
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or value.adjusted() >= WHOLE_DIGITS_MAX or exponent < -DECIMALS_MAX:
        raise ValueError(f"{name} has at most {WHOLE_DIGITS_MAX} digits before the point and {DECIMALS_MAX} after it")


def check_instant(name: str, value: datetime) -> None:
    """Raises `ValueError`."""
    if value.tzinfo is None:
        raise ValueError(f"{name} has no zone")
    try:
        value.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{name} is outside the years 1 to 9999 in UTC") from error


def _check(name: str, value: Any) -> None:
    match value:
        case Decimal():
            check_decimal(name, value)
        case datetime():
            check_instant(name, value)
        case Mapping():
            for part in value.values():
                _check(name, part)


@cache
def _checked_fields(kind: type[Checked]) -> tuple[str, ...]:
    """The fields whose type has a decimal or an instant in it: most messages have none, and cost nothing."""
    hints = get_type_hints(kind)
    return tuple(name for name in kind.__struct_fields__ if _mentions(hints[name]))


def _mentions(hint: Any) -> bool:
    return hint in (Decimal, datetime) or any(_mentions(part) for part in typing.get_args(hint))

"""One value made of another: fields of the same name go along, so that a new one is not named at every step.

same_fields(BillProfileOpened, command, terms_days=14)      # account_id, name, currency, … are the command's
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

import msgspec

S = TypeVar("S", bound=msgspec.Struct)


def same_fields(kind: type[S], source: msgspec.Struct, /, **given: Any) -> S:
    """A `kind` with the fields of `source` that it has too, but for those that are given; the others are as by default.

    >>> from shared.kernel.money import Money
    >>> same_fields(Money, Money.parse("12.40", "EUR"), currency="CHF")
    Money(amount=Decimal('12.40'), currency='CHF')
    """
    names, values = _shared(kind, type(source), tuple(given))
    return kind(**given, **dict(zip(names, values(source), strict=False)))


@cache
def _shared(
    kind: type[msgspec.Struct], source: type[msgspec.Struct], given: tuple[str, ...]
) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """The names that go along, and what reads them: the same at each call of one place, and asked for at every step."""
    names = tuple(name for name in kind.__struct_fields__ if name in source.__struct_fields__ and name not in given)
    return names, _reader(names)


def _reader(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    match names:
        case ():
            return lambda source: ()
        case (name,):
            return lambda source: (getattr(source, name),)
        case _:
            return attrgetter(*names)

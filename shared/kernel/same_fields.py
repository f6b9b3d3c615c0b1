"""One value made of another: fields of the same name go along, so that a new one is not named at every step.

same_fields(BillProfileOpened, command, terms_days=14)      # account_id, name, currency, … are the command's
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

S = TypeVar("S", bound=msgspec.Struct)


def same_fields(kind: type[S], source: msgspec.Struct, /, **given: Any) -> S:
    """A `kind` with the fields of `source` that it has too, but for those that are given; the others are as by default.

    >>> from shared.kernel.money import Money
    >>> same_fields(Money, Money.parse("12.40", "EUR"), currency="CHF")
    Money(amount=Decimal('12.40'), currency='CHF')
    """
    names = set(kind.__struct_fields__) & set(source.__struct_fields__) - set(given)
    return kind(**{name: getattr(source, name) for name in names}, **given)

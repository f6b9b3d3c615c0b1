"""`max`: the largest record of the period. Records of 5 and 7.5 units are 7.5; no records are 0.

The state is the sorted list of quantities in millionths of a unit, so that the next largest is known where the largest
is retracted. A state of an earlier version is one number, the largest; what it was larger than is not known.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from services.rating.pricing.engine.aggregation import Aggregation, Columns, Example, Single
from services.rating.pricing.engine.taken_back import counted, negative, together
from shared.kernel.money import micro_decimal

State = list[int]
_Kept = State | int


def add(state: _Kept, columns: Columns) -> State:
    """The records' quantities among those that were there."""
    return together(_listed(state), columns.quantities)


def single(record: Single) -> State:
    return [record[0]]


def merge(one: _Kept, other: _Kept) -> State:
    return together(_listed(one), _listed(other))


def value(state: _Kept) -> Decimal:
    quantities = counted(_listed(state))
    return micro_decimal(quantities[-1]) if quantities else Decimal(0)


def _listed(state: _Kept) -> State:
    if isinstance(state, list):
        return state
    return [state] if state else []


EXAMPLES: Final = (
    Example((), "0"),
    Example(("5", "7.5"), "7.5"),
    Example(("7.5", "0", "5"), "7.5"),
)

AGGREGATION: Final[Aggregation[State]] = Aggregation(
    zero=[], add=add, merge=merge, value=value, negative=negative, single=single, examples=EXAMPLES
)

"""`max`: the largest record of the period. Records of 5 and 7.5 units are 7.5; no records are 0.

The state is that record's quantity in millionths of a unit: quantities are zero or more, so 0 stands for none.
"""

from __future__ import annotations

import builtins
from typing import Final

from services.rating.pricing.engine.aggregation import Aggregation, Columns, Example
from shared.kernel.money import micro_decimal


def add(state: int, columns: Columns) -> int:
    """The larger of what was there and of each record."""
    return builtins.max(state, *columns.quantities, 0)


def merge(one: int, other: int) -> int:
    """The larger of two."""
    return builtins.max(one, other)


EXAMPLES: Final = (
    Example((), "0"),
    Example(("5", "7.5"), "7.5"),
    Example(("7.5", "0", "5"), "7.5"),
)

AGGREGATION: Final = Aggregation(zero=0, add=add, merge=merge, value=micro_decimal, examples=EXAMPLES)

"""`sum`: what was used in all. Records of 5 and 7.5 units are 12.5.

The state is an integer of millionths of a unit, as the hot path holds it (`Tally.quantity`).
"""

from __future__ import annotations

import builtins
from operator import add as plus
from operator import neg
from typing import Final

from services.rating.pricing.engine.aggregation import Aggregation, Columns, Example, Single
from shared.kernel.money import micro_decimal


def add(state: int, columns: Columns) -> int:
    """The records' quantities on top of what was there."""
    return state + builtins.sum(columns.quantities)


def single(record: Single) -> int:
    return record[0]


EXAMPLES: Final = (
    Example((), "0"),
    Example(("5", "7.5"), "12.5"),
    Example(("0.000001", "0", "3"), "3.000001"),
)

AGGREGATION: Final = Aggregation(
    zero=0, add=add, merge=plus, value=micro_decimal, negative=neg, single=single, examples=EXAMPLES
)

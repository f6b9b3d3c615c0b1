"""`count`: how many records there were, whatever their quantity. Records of 5 and 7.5 units are 2."""

from __future__ import annotations

from decimal import Decimal
from operator import add as plus
from operator import neg
from typing import Final

from services.rating.pricing.engine.aggregation import Aggregation, Columns, Example


def add(state: int, columns: Columns) -> int:
    """One for each record."""
    return state + len(columns.quantities)


EXAMPLES: Final = (
    Example((), "0"),
    Example(("5", "7.5"), "2"),
    Example(("0",), "1"),
)

AGGREGATION: Final = Aggregation(zero=0, add=add, merge=plus, value=Decimal, negative=neg, examples=EXAMPLES)

"""`last`: what the record said that started last. A line that reports 5 ports, later 7, then 6, has 6.

Of records of one instant it is the one with the greatest source, id and quantity, in that order, never the one that
came in last (R16). The state is that record, [started_us, source, id, quantity]; empty where there is none, whose value
is 0.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from services.rating.pricing.engine.aggregation import Aggregation, Columns, Example
from shared.kernel.money import micro_decimal

State = list[Any]


def add(state: State, columns: Columns) -> State:
    """The later of what was there and of each record."""
    latest = max(columns.moments, default=None)
    return state if latest is None else max(state, list(latest))


def value(state: State) -> Decimal:
    return micro_decimal(state[3]) if state else Decimal(0)


EXAMPLES: Final = (
    Example((), "0"),
    Example(("5", "7", "6"), "6", {"started_us": (10, 20, 30)}),
    Example(("6", "7", "5"), "6", {"started_us": (30, 20, 10)}),
    Example(("5", "7"), "5", {"started_us": (10, 10), "ids": ("b", "a")}),
)

AGGREGATION: Final[Aggregation[State]] = Aggregation(zero=[], add=add, merge=max, value=value, examples=EXAMPLES)

"""`last`: what the record said that started last. A line that reports 5 ports, later 7, then 6, has 6.

Of records of one instant it is the one with the greatest source, id and quantity, in that order, never the one that
came in last (R16). No record at all is 0.

The state is the sorted list of [started_us, source, id, quantity], so that the one before is known where the last is
retracted. A state of an earlier version is the last one alone.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from services.rating.pricing.engine.aggregation import Aggregation, Columns, Example
from services.rating.pricing.engine.taken_back import counted, negative, together
from shared.kernel.money import micro_decimal

State = list[Any]


def add(state: State, columns: Columns) -> State:
    """The records among those that were there."""
    return together(_listed(state), [list(moment) for moment in columns.moments])


def merge(one: State, other: State) -> State:
    return together(_listed(one), _listed(other))


def value(state: State) -> Decimal:
    records = counted(_listed(state))
    return micro_decimal(records[-1][3]) if records else Decimal(0)


def _listed(state: State) -> State:
    return [state] if state and not isinstance(state[0], list) else state


EXAMPLES: Final = (
    Example((), "0"),
    Example(("5", "7", "6"), "6", {"started_us": (10, 20, 30)}),
    Example(("6", "7", "5"), "6", {"started_us": (30, 20, 10)}),
    Example(("5", "7"), "5", {"started_us": (10, 10), "ids": ("b", "a")}),
)

AGGREGATION: Final[Aggregation[State]] = Aggregation(
    zero=[], add=add, merge=merge, value=value, negative=negative, examples=EXAMPLES
)

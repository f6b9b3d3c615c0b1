"""`percentile`: the 95th percentile of the records, each being a sample (R36).

The samples are sorted ascending and the one at rank ⌈0.95 n⌉ is taken, computed in integers as (95n+99)//100: of 20
samples the 19th. Samples that are missing are left out (R37); none at all are 0. A price that needs another percentile,
directions or missing samples as zeros is the model `percentile`, which looks at the records one by one.

The state is the sorted list of samples in millionths of a unit, with those that are taken back (taken_back.py).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from services.rating.pricing.engine.aggregation import Aggregation, Columns, Example, Single
from services.rating.pricing.engine.nearest_rank import nearest_rank
from services.rating.pricing.engine.taken_back import counted, negative, together
from shared.kernel.money import micro_decimal

_PERCENTILE: Final = Decimal(95)

State = list[int]


def add(state: State, columns: Columns) -> State:
    """The records' samples among those that were there."""
    return together(state, columns.quantities)


def single(record: Single) -> State:
    return [record[0]]


def merge(one: State, other: State) -> State:
    return together(one, other)


def value(state: State) -> Decimal:
    samples = counted(state)
    return micro_decimal(samples[nearest_rank(_PERCENTILE, len(samples)) - 1]) if samples else Decimal(0)


EXAMPLES: Final = (
    Example((), "0"),
    Example(("7.5",), "7.5"),
    Example(("10", "30", "20"), "30"),
    Example(tuple(str(sample) for sample in range(1, 21)), "19"),
    Example(tuple(str(sample) for sample in range(100, 0, -1)), "95"),
)

AGGREGATION: Final[Aggregation[State]] = Aggregation(
    zero=[], add=add, merge=merge, value=value, negative=negative, single=single, examples=EXAMPLES
)

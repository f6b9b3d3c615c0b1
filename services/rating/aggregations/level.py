"""`level`: a quantity integrated over the time it holds, in unit-seconds.

A record says that its quantity holds from its start to its end; overlapping records add up, and where there is none the
level is 0. 4 servers for an hour and 2 for half an hour are 4 × 3600 + 2 × 1800 = 18,000 server-seconds. A record
without an end, or one that ends when it starts, holds for no time.

Of a record that reaches beyond the period (`Columns.within`) only what lies in it counts, so the next period can take
the rest. The state is an integer of millionths of a unit times microseconds.
"""

from __future__ import annotations

from decimal import Decimal
from operator import add as plus
from operator import neg
from typing import Final

from services.rating.pricing.engine.aggregation import Aggregation, Columns, Example
from shared.kernel.decimals import EXACT

_HOUR_US: Final = 3600 * 1_000_000


def add(state: int, columns: Columns) -> int:
    """Each record's quantity for as long as it holds, on top of what was there."""
    held = zip(columns.quantities, columns.started_us, columns.ended_us, strict=False)
    if columns.within is None:
        return state + sum(quantity * (end - start) for quantity, start, end in held if end > start)
    first, last = columns.within
    return state + sum(quantity * max(0, min(end, last) - max(start, first)) for quantity, start, end in held)


def value(state: int) -> Decimal:
    """Unit-seconds, exact."""
    return EXACT.scaleb(Decimal(state), -12)


EXAMPLES: Final = (
    Example((), "0"),
    Example(("4", "2"), "18000", {"started_us": (0, 0), "ended_us": (_HOUR_US, _HOUR_US // 2)}),
    Example(("0.000001",), "0.000000000001", {"started_us": (0,), "ended_us": (1,)}),
    Example(("4",), "7200", {"started_us": (0,), "ended_us": (_HOUR_US,), "within": (_HOUR_US // 2, 2 * _HOUR_US)}),
    Example(("4",), "0", {"started_us": (0,), "ended_us": (_HOUR_US,), "within": (_HOUR_US, 2 * _HOUR_US)}),
)

AGGREGATION: Final = Aggregation(
    zero=0, add=add, merge=plus, value=value, negative=neg, examples=EXAMPLES, over_time=True
)

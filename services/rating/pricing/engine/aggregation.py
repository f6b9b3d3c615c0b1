"""What an aggregation is: how records become one value, a batch at a time, in whatever order they come.

    state = aggregation.add(aggregation.zero, Columns(quantities=[5_000_000, 7_500_000]))
    aggregation.value(state)                                            # sum: Decimal('12.5')

`merge` joins two states, in either order: usage of a period arrives in batches, and a late one must not matter (R16).
Nothing here depends on the order of records; where a price does, it is (started_at, source, id), applied at the close.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any, Final, Generic, NamedTuple, TypeVar

from services.rating.pricing.engine.contract import Entry
from services.rating.pricing.engine.listing import exported

S = TypeVar("S")

SUM: Final = "sum"
"""What a meter aggregates by unless it says otherwise."""
KEPT: Final = SUM
"""What rating keeps of usage until its period closes (`Tally.quantity`); a price cannot have another value yet."""


class Coded(NamedTuple):
    """An attribute of the records of a batch: each record's word is `words[codes[i]]`."""

    words: tuple[str, ...]
    codes: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The records of a batch, a column for each thing they say. `quantities` in millionths of a unit, zero or more.

    The other columns are there for those who read them: instants in microseconds since 1970, what tells records of one
    instant apart (`sources`, `ids`; empty where usage did not pass them on), and `attributes` by name.
    """

    quantities: Sequence[int]
    started_us: Sequence[int] = ()
    ended_us: Sequence[int] = ()
    sources: Sequence[str] = ()
    ids: Sequence[str] = ()
    attributes: Mapping[str, Coded] = field(default_factory=dict)


class Example(NamedTuple):
    """Records of those quantities have that value."""

    quantities: tuple[str, ...]
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregation(Generic[S]):
    """`add` takes a batch in, `merge` joins two states, `value` is what is priced. A state is plain JSON."""

    zero: S
    add: Callable[[S, Columns], S]
    merge: Callable[[S, S], S]
    value: Callable[[S], Decimal | tuple[Entry, ...]]
    examples: tuple[Example, ...]


@cache
def aggregations() -> Mapping[str, Aggregation[Any]]:
    """Every aggregation by its word."""
    return exported("services.rating.aggregations", "AGGREGATION", Aggregation)

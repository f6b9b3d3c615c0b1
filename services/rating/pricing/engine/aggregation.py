"""What an aggregation is: how records become one value, a batch at a time, in whatever order they come.

    state = aggregation.add(aggregation.zero, Columns(quantities=[5_000_000, 7_500_000]))
    aggregation.value(state)                                            # sum: Decimal('12.5')

`merge` joins two states, in either order: usage of a period arrives in batches, and a late one must not matter (R16).
Nothing here depends on the order of records; where a price does, it is (started_at, source, id), applied at the close.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Final, Generic, NamedTuple, TypeVar

import msgspec

from services.rating.pricing.engine.contract import Entry
from services.rating.pricing.engine.listing import exported

S = TypeVar("S")

SUM: Final = "sum"
"""What a meter aggregates by unless it says otherwise."""
COUNT: Final = "count"
KEPT: Final = SUM
"""What a quantity that is given without records stands for."""


ABSENT: Final = -1
"""The code of a record that does not have the attribute."""


class Coded(NamedTuple):
    """An attribute of the records of a batch: each record's word is `words[codes[i]]`, none where that is `ABSENT`."""

    words: tuple[str, ...]
    codes: Sequence[int]

    @classmethod
    def of(cls, words: Sequence[str | None]) -> Coded:
        """The column of those words, one a record."""
        places: dict[str, int] = {}
        codes = [ABSENT if word is None else places.setdefault(word, len(places)) for word in words]
        return cls(tuple(places), codes)

    def each(self) -> Iterator[str | None]:
        """The word of every record; `None` where it has none."""
        words = self.words
        return (None if code < 0 else words[code] for code in self.codes)


class Columns(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The records of a batch, a column for each thing they say. `quantities` in millionths of a unit, zero or more.

    The other columns are there for those who read them: instants in microseconds since 1970, what tells records of one
    instant apart (`sources`, `ids`; empty where usage did not pass them on), and those `attributes` by name that the
    measure reads, in its order. `within` is the period in such instants, half-open; `None` where it does not matter.
    """

    quantities: Sequence[int]
    started_us: Sequence[int] = ()
    ended_us: Sequence[int] = ()
    sources: Sequence[str] = ()
    ids: Sequence[str] = ()
    attributes: Mapping[str, Coded] = {}
    within: tuple[int, int] | None = None

    @property
    def moments(self) -> Iterator[tuple[int, str, str, int]]:
        """What orders the records: (started_us, source, id, quantity) of each; zero or "" for what is not said."""
        count = len(self.quantities)
        nameless = ("",) * count
        starts = self.started_us or (0,) * count
        return zip(starts, self.sources or nameless, self.ids or nameless, self.quantities, strict=True)

    def words(self) -> Iterator[tuple[str | None, ...]]:
        """The words of each record, in the order of `attributes`; nothing at all where there are none."""
        return zip(*(column.each() for column in self.attributes.values()), strict=True)

    def at(self, indexes: Sequence[int]) -> Columns:
        """Only the records at those places."""
        return self._of(indexes, self.attributes)

    def _of(self, indexes: Sequence[int], attributes: Mapping[str, Coded]) -> Columns:
        def some(column: Sequence[Any]) -> Sequence[Any]:
            return [column[index] for index in indexes] if column else ()

        return Columns(
            quantities=some(self.quantities),
            started_us=some(self.started_us),
            ended_us=some(self.ended_us),
            sources=some(self.sources),
            ids=some(self.ids),
            attributes={name: Coded(words, some(codes)) for name, (words, codes) in attributes.items()},
            within=self.within,
        )

    def grouped(self, names: Sequence[str]) -> Mapping[tuple[str, ...], Columns]:
        """The records by their words for `names` ("" for an attribute they do not have), without those attributes."""
        places: dict[tuple[str, ...], list[int]] = {}
        for index, words in enumerate(zip(*(self.attributes[name].each() for name in names), strict=True)):
            places.setdefault(tuple(word or "" for word in words), []).append(index)
        others = {name: column for name, column in self.attributes.items() if name not in names}
        return {words: self._of(indexes, others) for words, indexes in places.items()}


Single = tuple[int, int, int, str, str, tuple[str | None, ...]]
"""One record: quantity, started_us, ended_us, source, id, and its words for the attributes that the measure reads."""


class Example(NamedTuple):
    """Records of those quantities have that value; `others` are further columns of theirs, by name."""

    quantities: tuple[str, ...]
    value: str | tuple[Entry, ...]
    others: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregation(Generic[S]):
    """`add` takes a batch in, `merge` joins two states, `value` is what is priced. A state is plain JSON.

    `over_time`: a record counts for the time from its start to its end, so one that reaches over the end of a period
    counts in each period for the part that lies in it (R21).

    `negative` is the state of the same records taken back: merged with theirs nothing is left, in whatever order. Usage
    of an aggregation without one cannot be retracted.

    `single` is what `add` makes of one record, for less: where many lines report, nearly all come alone.
    """

    zero: S
    add: Callable[[S, Columns], S]
    merge: Callable[[S, S], S]
    value: Callable[[S], Decimal | tuple[Entry, ...]]
    examples: tuple[Example, ...]
    over_time: bool = False
    negative: Callable[[S], S] | None = None
    single: Callable[[Single], S] | None = None


@cache
def aggregations() -> Mapping[str, Aggregation[Any]]:
    """Every aggregation by its word."""
    return exported("services.rating.aggregations", "AGGREGATION", Aggregation)

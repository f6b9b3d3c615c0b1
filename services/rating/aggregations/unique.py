"""`unique`: how many different words the records have for the attribute that is counted, such as `user_id`.

Records of the users ann, bob and ann are 2, whatever their quantities. What is counted is the attribute that the
measure names (of several, their combinations), as the value property of OpenMeter's UNIQUE_COUNT or the field of Lago's
unique count. Where it names none, it is the records' `id`: equipment that names its records after what it counts.
Records that do not have the attribute are not counted.

The state has each word once, as a key, so that it is plain JSON; several words of a record are a JSON array.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import msgspec

from services.rating.pricing.engine.aggregation import Aggregation, Coded, Columns, Example

State = dict[str, bool]


def add(state: State, columns: Columns) -> State:
    """The words of the records beside those that were there."""
    fresh = {word: True for word in _words(columns) if word not in state}
    return {**state, **fresh} if fresh else state


def merge(one: State, other: State) -> State:
    return {**one, **other}


def value(state: State) -> Decimal:
    return Decimal(len(state))


def _words(columns: Columns) -> Iterator[str]:
    if not columns.attributes:
        yield from columns.ids
        return
    for words in columns.words():
        if len(words) == 1 and words[0] is not None:
            yield words[0]
        elif any(word is not None for word in words):
            yield msgspec.json.encode(words).decode()


EXAMPLES: Final = (
    Example((), "0"),
    Example(("5", "7", "5"), "2", {"attributes": {"user_id": Coded.of(("ann", "bob", "ann"))}}),
    Example(("5", "7"), "1", {"attributes": {"user_id": Coded.of(("ann", None))}}),
    Example(("1", "1", "1"), "2", {"ids": ("port-1", "port-2", "port-1")}),
)

AGGREGATION: Final[Aggregation[State]] = Aggregation(zero={}, add=add, merge=merge, value=value, examples=EXAMPLES)

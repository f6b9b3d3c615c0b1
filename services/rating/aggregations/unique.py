"""`unique`: how many different words the records have for the attribute that is counted, such as `user_id`.

Records of the users ann, bob and ann are 2, whatever their quantities. What is counted is the attribute that the
measure names (of several, their combinations), as the value property of OpenMeter's UNIQUE_COUNT or the field of Lago's
unique count. Where it names none, it is the records' `id`: equipment that names its records after what it counts.
Records that do not have the attribute are not counted.

The state has each word once, as a key, with how many records have it, so that it is plain JSON and a word goes with
the last of its records that is retracted; several words of a record are a JSON array. A state of an earlier version has
`true` there: how many they were is not known, so such a word stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import msgspec

from services.rating.pricing.engine.aggregation import Aggregation, Coded, Columns, Example

State = dict[str, int]


def add(state: State, columns: Columns) -> State:
    """The words of the records beside those that were there."""
    return merge(state, Counter(_words(columns)))


def merge(one: State, other: State) -> State:
    together = dict(one)
    for word, records in other.items():
        held = together.get(word, 0)
        if held is True or records is True:
            together[word] = True
        elif held + records:
            together[word] = held + records
        else:
            together.pop(word, None)
    return together


def negative(state: State) -> State:
    return {word: records if records is True else -records for word, records in state.items()}


def value(state: State) -> Decimal:
    return Decimal(sum(records > 0 for records in state.values()))


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

AGGREGATION: Final[Aggregation[State]] = Aggregation(
    zero={}, add=add, merge=merge, value=value, negative=negative, examples=EXAMPLES
)

"""`per_record`: the records themselves, for a price that looks at them one by one.

They stand in the order of (started_us, source, id, quantity), and where those are alike of what else they say: a total
order on what they are, so that the order in which they came in changes nothing (R16).

The state is a sorted list of [started_us, source, id, quantity, ended_us, word, …], the words being those of the
attributes that the measure names. Records that are taken back are among them (taken_back.py).
"""

from __future__ import annotations

from itertools import repeat
from typing import Any, Final

from services.rating.pricing.engine.aggregation import Aggregation, Coded, Columns, Example, Single
from services.rating.pricing.engine.contract import Entry
from services.rating.pricing.engine.taken_back import counted, negative, together

State = list[list[Any]]


def add(state: State, columns: Columns) -> State:
    """The records among those that were there. One that does not say when it ended did so when it started."""
    ends = columns.ended_us or columns.started_us or repeat(0)
    words = columns.words() if columns.attributes else repeat(())
    fresh = [[*moment, end, *said] for moment, end, said in zip(columns.moments, ends, words, strict=False)]
    return merge(state, fresh)


def single(record: Single) -> State:
    quantity, started_us, ended_us, source, identity, words = record
    return [[started_us, source, identity, quantity, ended_us, *words]]


def merge(one: State, other: State) -> State:
    """Records of different (started_us, source, id) need no key, and nearly all are."""
    try:
        return together(one, other)
    except TypeError:  # a word beside one that is not said
        return together(one, other, _order)


def _negative(state: State) -> State:
    return negative(state, _order)


def value(state: State) -> tuple[Entry, ...]:
    return tuple(
        Entry(started_us, source, name, quantity, ended_us, tuple(words))
        for started_us, source, name, quantity, ended_us, *words in counted(state)
    )


def _order(record: list[Any]) -> list[Any]:
    """A word that is not said comes before all that are."""
    return [*record[:5], *((word is not None, word or "") for word in record[5:])]


EXAMPLES: Final = (
    Example((), ()),
    Example(
        ("2", "1"),
        (Entry(5, "", "", 1_000_000, 5), Entry(9, "", "", 2_000_000, 9)),
        {"started_us": (9, 5)},
    ),
    Example(
        ("1", "1", "1"),
        (
            Entry(5, "olt", "a", 1_000_000, 7, ("in",)),
            Entry(5, "olt", "b", 1_000_000, 6, (None,)),
            Entry(5, "olt", "b", 1_000_000, 6, ("in",)),
        ),
        {
            "started_us": (5, 5, 5),
            "ended_us": (6, 6, 7),
            "sources": ("olt", "olt", "olt"),
            "ids": ("b", "b", "a"),
            "attributes": {"direction": Coded.of(("in", None, "in"))},
        },
    ),
)

AGGREGATION: Final[Aggregation[State]] = Aggregation(
    zero=[],
    add=add,
    merge=merge,
    value=value,
    negative=_negative,
    single=single,
    examples=EXAMPLES,
)

"""States that keep each record, with records taken back among them: one that came and one that is taken back are none.

    >>> together([5, 7], negative([7]))
    [5]
    >>> together(negative([7]), [7, 7])
    [7]
    >>> together([[10, "olt", "a", 5]], negative([[10, "olt", "a", 5], [20, "olt", "b", 6]]))
    [[-21, 'olt', 'b', 6]]

A record that is taken back begins with the complement of its first number (~7 is -8): below zero, where no quantity and
no instant of a record is, and so before all others in a sorted state. It stays there until its record comes, for a
state may be merged with others in any order: a retraction may lie in another chunk than what it takes back.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any

Records = list[Any]
"""Numbers, or lists that begin with one; sorted."""


def negative(state: Sequence[Any], key: Callable[[Any], Any] | None = None) -> Records:
    """The same records taken back; those that were taken back come again."""
    return sorted((_turned(record) for record in state), key=key)


def together(one: Sequence[Any], other: Sequence[Any], key: Callable[[Any], Any] | None = None) -> Records:
    """Both in order, `key` being what orders them. Usage that was never retracted costs two comparisons."""
    if not one or not other:
        return sorted(one or other, key=key)
    if len(other) == 1 and key is None and not _is_taken_back(other[0]) and not _is_taken_back(one[0]):
        both = [*one]
        insort(both, other[0])
        return both
    if _nothing_taken_back(one) and _nothing_taken_back(other):
        return sorted([*one, *other], key=key)
    return sorted(_left([*one, *other]), key=key)


def counted(state: Sequence[Any]) -> Sequence[Any]:
    """Those that are not taken back."""
    return state if _nothing_taken_back(state) else [record for record in state if not _is_taken_back(record)]


def _left(records: Sequence[Any]) -> Iterator[Any]:
    """All but the pairs of a record and what takes it back."""
    came = Counter(_name(record) for record in records if not _is_taken_back(record))
    taken = Counter(_name(_turned(record)) for record in records if _is_taken_back(record))
    pairs = came & taken
    open_pairs = {True: pairs.copy(), False: pairs.copy()}
    for record in records:
        is_taken_back = _is_taken_back(record)
        name = _name(_turned(record) if is_taken_back else record)
        if open_pairs[is_taken_back][name] > 0:
            open_pairs[is_taken_back][name] -= 1
        else:
            yield record


def _nothing_taken_back(state: Sequence[Any]) -> bool:
    """In order, what is taken back comes first."""
    return not state or not _is_taken_back(state[0])


def _is_taken_back(record: Any) -> bool:
    return bool((record[0] if isinstance(record, list) else record) < 0)


def _turned(record: Any) -> Any:
    return [~record[0], *record[1:]] if isinstance(record, list) else ~record


def _name(record: Any) -> Hashable:
    return tuple(record) if isinstance(record, list) else record

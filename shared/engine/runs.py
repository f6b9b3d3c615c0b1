"""Events of a batch that are written together: runs of one kind, in which those about the same thing keep their order.

    retracted 1, settled 1, retracted 2, settled 2      ->  [retracted 1, retracted 2], [settled 1, settled 2]
    retracted 1, settled 1, retracted 1                 ->  [retracted 1], [settled 1], [retracted 1]

A statement costs a round trip whatever it writes: a run has one for all of its events.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from typing import Generic, TypeVar

from shared.engine.service import Applied

T = TypeVar("T")


def event_runs(
    batch: Sequence[Applied], keys: Callable[[Applied], Collection[Hashable]]
) -> Sequence[tuple[Hashable, Sequence[Applied]]]:
    """Runs of a batch by the type of event; what has no key is left out."""
    return runs((applied for applied in batch if keys(applied)), kind=_type_of, keys=keys)


def _type_of(applied: Applied) -> type:
    return type(applied.event)


class _Run(Generic[T]):
    __slots__ = ("items", "keys", "kind")

    def __init__(self, kind: Hashable) -> None:
        self.kind = kind
        self.items: list[T] = []
        self.keys: set[Hashable] = set()


def runs(
    items: Iterable[T],
    *,
    kind: Callable[[T], Hashable],
    keys: Callable[[T], Collection[Hashable]],
    in_order: bool = False,
) -> Sequence[tuple[Hashable, Sequence[T]]]:
    """The items by their kinds, to be written run after run. No two of a run have a key in common, and of two that
    have one the earlier is in the earlier run; but where a run is written `in_order`, in the same or an earlier one.

    >>> runs(["a1", "b1", "a2", "b2", "a1"], kind=lambda i: i[0], keys=lambda i: i[1])
    [('a', ['a1', 'a2']), ('b', ['b1', 'b2']), ('a', ['a1'])]
    >>> runs(["a1", "a1", "b1"], kind=lambda i: i[0], keys=lambda i: i[1], in_order=True)
    [('a', ['a1', 'a1']), ('b', ['b1'])]
    """
    found: list[_Run[T]] = []
    for item in items:
        own = set(keys(item))
        run = _place(found, kind(item), own, in_order)
        run.items.append(item)
        run.keys |= own
    return [(run.kind, run.items) for run in found]


def _place(found: list[_Run[T]], kind: Hashable, keys: set[Hashable], in_order: bool) -> _Run[T]:
    """The latest run of the kind behind all that knows one of the keys, else a new one."""
    for run in reversed(found):
        knows = not run.keys.isdisjoint(keys)
        if run.kind == kind and (in_order or not knows):
            return run
        if knows:
            break
    found.append(_Run(kind))
    return found[-1]

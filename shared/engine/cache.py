"""A bounded cache of states by kind and key, made for millions of look-ups.

    cache = Cache()
    cache.put(Account, "acc-1", account)
    cache.find(Account, "acc-1")           # the state; None where it is known not to exist
    cache.find(Account, "acc-2")           # UNKNOWN

What was used lately stays, roughly: there are two generations. Whatever is found in the old one moves to the young one.
`keep_within` looks at all caches of a partition together: once their young ones hold half the limit these become the
old ones, and what nobody asked for in the meantime is dropped. A look-up in exact order of use costs three times as
much, for it must also write.

The limit is in bytes. A state weighs what it is as an object, and how long states of its kind are as JSON on average:
whoever reads or writes them tells how many they were and how long in all, once a batch, so that no look-up pays for it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import Enum
from typing import Final, Literal

from shared.kernel.decider import State


class Unknown(Enum):
    UNKNOWN = "not in the cache"


UNKNOWN: Final = Unknown.UNKNOWN
OBJECT_BYTES: Final = 400
"""What a state weighs beside its length: an object, its key, its place in a dict."""
_LENGTHS_MAX: Final = 10_000
"""So many states make an average; of more the later ones count."""
Found = State | None | Literal[Unknown.UNKNOWN]
_Generation = dict[type[State], dict[str, State | None]]


class Cache:
    """Of what one partition writes."""

    def __init__(self) -> None:
        self._young: _Generation = {}
        self._old: _Generation = {}
        self._lengths: dict[type[State], tuple[int, int]] = {}
        self.whole = True
        """Whether nothing was ever dropped."""

    def __len__(self) -> int:
        return _size(self._young) + _size(self._old)

    def find(self, kind: type[State], key: str) -> Found:
        held = self._young.get(kind)
        if held is not None and (found := held.get(key, UNKNOWN)) is not UNKNOWN:
            return found
        old = self._old.get(kind)
        if old is None or (found := old.pop(key, UNKNOWN)) is UNKNOWN:
            return UNKNOWN
        self.put(kind, key, found)
        return found

    def put(self, kind: type[State], key: str, state: State | None) -> None:
        held = self._young.get(kind)
        if held is None:
            held = self._young[kind] = {}
        held[key] = state

    def put_all(self, kind: type[State], states: Mapping[str, State | None]) -> None:
        self._young.setdefault(kind, {}).update(states)

    def weigh(self, kind: type[State], states: int, length: int) -> None:
        """So many states of the kind were read or written, of that length in all."""
        count, total = self._lengths.get(kind, (0, 0))
        if count > _LENGTHS_MAX:
            count, total = count // 2, total // 2
        self._lengths[kind] = count + states, total + length

    def find_many(self, kind: type[State], keys: Collection[str]) -> tuple[dict[str, State], list[str]]:
        """Those that exist, and the keys that must be loaded."""
        young = self._young.get(kind, {})
        states = [*map(young.get, keys)]
        if all(states):
            # All in use and none absent, as under load: without a look at each of them.
            return dict(zip(keys, states, strict=True)), []  # type: ignore[arg-type]
        found: dict[str, State] = {}
        missing: list[str] = []
        for key in keys:
            state: Found = young.get(key, UNKNOWN)
            if state is UNKNOWN:
                state = self.find(kind, key)
            if state is UNKNOWN:
                missing.append(key)
            elif state is not None:
                found[key] = state
        return found, missing

    def unknown(self, kind: type[State], keys: Collection[str]) -> list[str]:
        """Those of the keys that must be loaded."""
        young = self._young.get(kind, {})
        return [key for key in keys if key not in young and self.find(kind, key) is UNKNOWN]

    def young_bytes(self) -> int:
        """What was used lately."""
        return sum(len(held) * (OBJECT_BYTES + self._length(kind)) for kind, held in self._young.items())

    def age(self) -> None:
        """Drop what was not used lately; what was is old from now on."""
        self.whole = self.whole and _size(self._old) == 0
        self._old, self._young = self._young, {}

    def _length(self, kind: type[State]) -> int:
        count, total = self._lengths.get(kind, (0, 0))
        return total // count if count else 0


def keep_within(limit: int, caches: Sequence[Cache]) -> None:
    """Bytes of all of them; called between batches, so that what a batch has loaded is there until its end."""
    if sum(cache.young_bytes() for cache in caches) > limit // 2:
        for cache in caches:
            cache.age()


def _size(generation: _Generation) -> int:
    return sum(map(len, generation.values()))

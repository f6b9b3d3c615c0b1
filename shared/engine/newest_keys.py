"""Which keys are certainly in no table yet, so that nothing has to be looked for: keys that mostly come in order.

    0001a3 0001a7 0001b2 ...        of the prefix 0001 the highest in the tables is 0001b2
    0001b9                          higher: certainly new, and kept here from now on
    0001b5                          certainly new as well, unless it is among those that are kept
    0001a5                          lower than the highest that is not kept: it has to be looked for

Of each prefix (of dedupe keys the UTC day) `floor` is the highest key that is not kept here. What lies above and is not
kept was never written: a partition has one writer, and this lives as long as it owns the partition. Nothing is ever
said to be new that is not; what is not known to be is asked of the tables, which know.

Keys are kept in two generations. Once the young one is full, the old one goes, and its highest keys are the new floor.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from shared.engine.postgres import Connection
from shared.engine.service import Loader
from shared.kernel.decider import State

Highest = Callable[[Connection, int, Sequence[str]], Awaitable[Mapping[str, str]]]
"""Of a partition the highest key in the tables with each of these prefixes; none where there is no such key."""

KEPT_IN_ALL: Final = 131_072
"""Keys that a process which owns all partitions keeps: 17 MB."""


@dataclass(frozen=True)
class OrderedLoader:
    """A loader of states whose keys mostly come in order within a prefix of so many characters."""

    load: Loader
    highest: Highest
    prefix_length: int

    def __call__(self, connection: Connection, partition: int, keys: Sequence[str]) -> Awaitable[Mapping[str, State]]:
        return self.load(connection, partition, keys)


class NewestKeys:
    """Of one kind, in one partition."""

    def __init__(self, loader: OrderedLoader, partition: int, *, kept_max: int) -> None:
        self._highest = loader.highest
        self._partition = partition
        self._length = loader.prefix_length
        self._prefix: Callable[[str], str] = itemgetter(slice(loader.prefix_length))
        self._generation_max = max(1, kept_max // 2)
        self._floor: dict[str, str] = {}
        self._young: set[str] = set()
        self._old: set[str] = set()

    async def perhaps_known(
        self, connection: Connection, keys: Collection[str], unwritten: Callable[[], Sequence[Collection[str]]]
    ) -> Sequence[str]:
        """Those of the keys that have to be looked for. `unwritten` are keys that are decided and in no table yet."""
        prefixes = self._prefixes(keys)
        await self._learn(connection, [prefix for prefix in prefixes if prefix not in self._floor], unwritten)
        wanted: list[str] = []
        if len(prefixes) > 1:
            floor, length = self._floor, self._length
            wanted += [key for key in keys if key <= floor[key[:length]]]
        elif prefixes and min(keys) <= (lowest_new := self._floor[prefixes.pop()]):
            wanted += [key for key in keys if key <= lowest_new]
        for kept in (self._young, self._old):
            if not kept.isdisjoint(keys):
                wanted += kept.intersection(keys)
        return wanted

    def add(self, keys: Collection[str]) -> None:
        """Keys that are decided: they will be in the tables. Of a prefix that was never asked for none is kept, since
        its floor is still to be read there."""
        if self._prefixes(keys) <= self._floor.keys():
            self._young.update(keys)
        else:
            self._young.update([key for key in keys if key[: self._length] in self._floor])
        if len(self._young) >= self._generation_max:
            for prefix, names in self._by_prefix(self._old).items():
                self._floor[prefix] = max(self._floor[prefix], max(names))
            self._old, self._young = self._young, set()

    async def _learn(
        self, connection: Connection, prefixes: Sequence[str], unwritten: Callable[[], Sequence[Collection[str]]]
    ) -> None:
        """The floor of prefixes that were not asked for before."""
        if not prefixes:
            return
        # Read first: what is written meanwhile is then in the tables.
        decided = [self._by_prefix(keys) for keys in unwritten()]
        found = await self._highest(connection, self._partition, prefixes)
        for prefix in prefixes:
            others = [max(names) for of_prefix in decided if (names := of_prefix.get(prefix))]
            self._floor[prefix] = max((found.get(prefix, ""), *others))

    def _prefixes(self, keys: Collection[str]) -> set[str]:
        if not keys:
            return set()
        first, last = self._prefix(min(keys)), self._prefix(max(keys))
        return {first} if first == last else {*map(self._prefix, keys)}

    def _by_prefix(self, keys: Collection[str]) -> Mapping[str, Collection[str]]:
        found: dict[str, list[str]] = {}
        for key in keys:
            found.setdefault(key[: self._length], []).append(key)
        return found

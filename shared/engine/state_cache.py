"""The states of one partition: a bounded cache over table `state`, filled only as deciders ask.

Rows that this partition writes stay valid as long as it owns them. Rows that another partition writes (plans, a
resource's assignments) are valid while that partition's `reference_seq`, read once per batch, stands still.

A batch is decided before those ahead of it are in the tables. What they have changed is seen all the same: what is
loaded is overlaid with it, and where a loader reads rows that no state stands for, it waits until they are written.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from itertools import repeat
from typing import TypeVar

import asyncpg
import msgspec

from shared.engine.cache import UNKNOWN, Cache, Found, keep_within
from shared.engine.newest_keys import KEPT_IN_ALL, NewestKeys, OrderedLoader
from shared.engine.postgres import Connection
from shared.engine.service import Loader, Service
from shared.engine.store import GenerationMoved, Written
from shared.kernel import wire
from shared.kernel.claims import ClaimedKey, EarlierUse
from shared.kernel.dead_letters import DeadLetter, QueuePlace
from shared.kernel.decider import Due, Home, State
from shared.kernel.outcome import CommandResult, Parking
from shared.kernel.partition import partition_of
from shared.kernel.unit_of_work import Missing, States

D = TypeVar("D", bound=State)

# For what a partition writes and what it reads of others: 50,000 states of 100 bytes of JSON.
CACHE_LIMIT_BYTES = 25_000_000


def standard_limit() -> int:
    return CACHE_LIMIT_BYTES


async def _is_written() -> None:
    """For whoever writes each batch before the next."""


class StateCache:
    """What the deciders of one partition see. Not safe to share between partitions."""

    def __init__(
        self,
        service: Service,
        partition: int,
        partitions: int,
        limit: Callable[[], int] = standard_limit,
        *,
        all_written: Callable[[], Awaitable[None]] = _is_written,
    ) -> None:
        """`limit` is asked between batches: the share of a partition changes with how many its process owns.

        `all_written` waits until the tables hold all that was decided.
        """
        self._limit = limit
        self._all_written = all_written
        self._unwritten: deque[States] = deque()
        self._partition = partition
        self._partitions = partitions
        kinds: tuple[type[State], ...] = (*service.states, Parking, QueuePlace, ClaimedKey)
        self._decoders = {kind.__name__: wire.decoder(kind) for kind in kinds}
        self._loaders: dict[type[State], Loader] = {
            CommandResult: _load_results,
            DeadLetter: _load_letters,
            Due: _load_timers,
            EarlierUse: _load_nothing,
            **service.loaders,
        }
        self._newest = {
            kind: NewestKeys(loader, partition, kept_max=KEPT_IN_ALL // partitions)
            for kind, loader in self._loaders.items()
            if isinstance(loader, OrderedLoader)
        }
        self._own = Cache()
        self._foreign: dict[int, Cache] = {}
        self._foreign_seq: dict[int, int] = {}
        self._batch: dict[type[State], dict[str, State | None]] = {}
        self.loaded = False
        """Whether the batch has asked the tables for anything."""

    def get(self, kind: type[D], key: str) -> D | None:
        """The state, `None` if there is none; raises `Missing` if that is not known yet."""
        found = self._find(kind, key)
        if found is UNKNOWN:
            raise Missing(kind, [key])
        return found  # type: ignore[return-value]

    def get_many(self, kind: type[D], keys: Collection[str]) -> dict[str, D]:
        """Those of the states that exist; raises `Missing` if that is not known of one yet."""
        if kind.HOME is Home.OWN and kind not in self._loaders:
            held, missing = self._own.find_many(kind, keys)
            if missing:
                raise Missing(kind, missing)
            return held  # type: ignore[return-value]
        if kind in self._loaders:
            loaded = self._batch.get(kind, {})
            states = [*map(loaded.get, keys, repeat(UNKNOWN))]
            if states.count(None) == len(states):
                # None exists, as of thousands of dedupe keys under load.
                return {}
            if UNKNOWN in states:
                raise Missing(kind, self.unknown(kind, keys))
            return {key: state for key, state in zip(keys, states, strict=True) if state is not None}  # type: ignore[misc]
        found: dict[str, State] = {}
        missing = []
        for home, names in self._by_home(kind, keys).items():
            cache = self._own if home == self._partition else self._foreign.get(home)
            some, unknown = ({}, names) if cache is None else cache.find_many(kind, names)
            found.update(some)
            missing += unknown
        if missing:
            raise Missing(kind, missing)
        return found  # type: ignore[return-value]

    def unknown(self, kind: type[State], keys: Collection[str]) -> list[str]:
        """Those of the keys that must be loaded before they can be asked for."""
        if kind in self._loaders:
            loaded = self._batch.get(kind)
            return [key for key in keys if key not in loaded] if loaded else list(keys)
        if kind.HOME is Home.OWN:
            return self._own.unknown(kind, keys)
        return [key for key in keys if self._find(kind, key) is UNKNOWN]

    def _find(self, kind: type[State], key: str) -> Found:
        if kind in self._loaders:
            loaded = self._batch.get(kind)
            return UNKNOWN if loaded is None else loaded.get(key, UNKNOWN)
        if kind.HOME is Home.OWN:
            return self._own.find(kind, key)
        home = self._home(kind, key)
        if home == self._partition:
            return self._own.find(kind, key)
        foreign = self._foreign.get(home)
        return UNKNOWN if foreign is None else foreign.find(kind, key)

    async def begin_batch(self, connection: Connection, gen: int, topic: str) -> None:
        """Drop what other partitions have changed since, and what was loaded for the last batch alone."""
        self._batch.clear()
        self.loaded = False
        if not self._foreign:
            return
        rows = await connection.fetch(
            "select partition, reference_seq from meterlog.checkpoint where gen = $1 and topic = $2", gen, topic
        )
        if not rows:
            # What other partitions wrote since would go unnoticed.
            raise GenerationMoved(f"{topic}: generation {gen} is no longer shown")
        for row in rows:
            if self._foreign_seq.get(row["partition"]) != row["reference_seq"]:
                self._foreign.pop(row["partition"], None)

    async def load(
        self, connection: Connection, wanted: Mapping[type[State], Sequence[str]], gen: int, topic: str
    ) -> None:
        """Load states in one round trip per table; those that do not exist are known to be absent afterwards."""
        self.loaded = True
        generic: dict[tuple[int, type[State]], Sequence[str]] = {}
        for kind, keys in wanted.items():
            loader = self._loaders.get(kind)
            if loader is None:
                if kind.__name__ not in self._decoders:
                    # Nothing is stored under its name, so each one would seem not to exist.
                    raise TypeError(f"{kind.__name__} is asked for, and is no state of this service")
                generic |= {(home, kind): names for home, names in self._by_home(kind, keys).items()}
                continue
            held = self._batch.setdefault(kind, {})
            held.update(await self._load_by(loader, kind, keys, connection))
        if generic:
            await self._load_states(connection, generic, gen, topic)

    async def _load_by(
        self, loader: Loader, kind: type[State], keys: Sequence[str], connection: Connection
    ) -> dict[str, State | None]:
        if not kind.FOLDED:
            await self._all_written()
        wanted: Sequence[str] = keys
        if (newest := self._newest.get(kind)) is not None:
            wanted = await newest.perhaps_known(
                connection, keys, lambda: [s[kind] for s in self._unwritten if kind in s]
            )
            if not wanted:
                # What is certainly new was neither written nor decided.
                return dict.fromkeys(keys)
        unwritten = [*self._unwritten]
        found: dict[str, State | None] = dict.fromkeys(wanted)
        found |= await loader(connection, self._partition, wanted)
        return dict.fromkeys(keys) | _overlaid(found, kind, unwritten)

    async def _load_states(
        self, connection: Connection, wanted: Mapping[tuple[int, type[State]], Sequence[str]], gen: int, topic: str
    ) -> None:
        for home in {home for home, _ in wanted} - {self._partition} - self._foreign.keys():
            # The stamp is read before the rows: rows that change in between are dropped at the next batch.
            seq = await connection.fetchval(
                "select reference_seq from meterlog.checkpoint where gen = $1 and topic = $2 and partition = $3",
                gen,
                topic,
                home,
            )
            self._foreign_seq[home] = seq or 0
            self._foreign[home] = Cache()
        unwritten = [*self._unwritten]
        rows = await _rows_of(connection, wanted)
        places: dict[tuple[int, str], tuple[dict[str, State | None], list[int]]] = {}
        for (home, kind), keys in wanted.items():
            places[home, kind.__name__] = dict.fromkeys(keys), []
        for row in rows:
            name, body = row["kind"], row["body"]
            found, lengths = places[row["partition"], name]
            found[row["key"]] = self._decoders[name].decode(body)
            lengths.append(len(body))
        for home, kind in wanted:
            held = self._own if home == self._partition else self._foreign[home]
            found, lengths = places[home, kind.__name__]
            held.put_all(kind, found if home != self._partition else _overlaid(found, kind, unwritten))
            held.weigh(kind, len(lengths), sum(lengths))

    def keep(self, states: States, written: Written) -> None:
        """The batch is written: its states are the truth now."""
        self.decided(states)
        self.written(written)

    def decided(self, states: States) -> None:
        """The next batch sees these states, which are written later, in the order of the batches."""
        self._unwritten.append(states)
        for kind, newest in self._newest.items():
            newest.add(states.get(kind, {}))
        keep_within(self._limit(), (self._own, *self._foreign.values()))
        for kind, changed in states.items():
            if kind.STORED and kind not in self._loaders:
                self._own.put_all(kind, changed)

    def written(self, written: Written) -> None:
        """The oldest batch that was decided is in the tables."""
        self._unwritten.popleft()
        for kind, (count, length) in written.items():
            self._own.weigh(kind, count, length)

    def _by_home(self, kind: type[State], keys: Collection[str]) -> Mapping[int, Sequence[str]]:
        """The keys by the partition that writes their states."""
        if kind.HOME is not Home.KEYED:
            return {0 if kind.HOME is Home.REFERENCE else self._partition: [*keys]}
        homes: dict[int, list[str]] = {}
        for key in keys:
            homes.setdefault(partition_of(key, self._partitions), []).append(key)
        return homes

    def _home(self, kind: type[State], key: str) -> int:
        if kind.HOME is Home.REFERENCE:
            return 0
        if kind.HOME is Home.KEYED:
            return partition_of(key, self._partitions)
        return self._partition


def _overlaid(
    found: dict[str, State | None], kind: type[State], unwritten: Sequence[States]
) -> dict[str, State | None]:
    """What the tables have, with what batches have changed that are not in them yet: the later ones last."""
    for states in unwritten:
        if (changed := states.get(kind)) is not None:
            found.update({key: changed[key] for key in found if key in changed})
    return found


async def _load_results(connection: Connection, partition: int, keys: Sequence[str]) -> Mapping[str, State]:
    rows = await connection.fetch(
        "select command_id, final, status, seq from command_result where partition = $1"
        " and command_id = any($2::text[])",
        partition,
        keys,
    )
    return {
        r["command_id"]: CommandResult(
            command_id=r["command_id"],
            final=r["final"],
            refused=r["status"] == "refused",
            fault=r["seq"] if r["status"] == "faulted" else None,
        )
        for r in rows
    }


async def _load_nothing(connection: Connection, partition: int, keys: Sequence[str]) -> Mapping[str, State]:
    """A service that has always claimed its keys, or claims none."""
    return {}


async def _load_timers(connection: Connection, partition: int, keys: Sequence[str]) -> Mapping[str, State]:
    rows = await connection.fetch(
        "select name, gate, due_at, command_type, command from due where partition = $1 and name = any($2::text[])",
        partition,
        keys,
    )
    return {
        r["name"]: Due(
            name=r["name"],
            due_at=r["due_at"],
            command_type=r["command_type"],
            command=msgspec.Raw(r["command"]),
            gate=r["gate"],
        )
        for r in rows
    }


async def _load_letters(connection: Connection, partition: int, keys: Sequence[str]) -> Mapping[str, State]:
    """For one batch only: a payload may be as long as a message."""
    rows = await _rows_of(connection, {(partition, DeadLetter): keys})
    return {r["key"]: _LETTER.decode(r["body"]) for r in rows}


async def _rows_of(
    connection: Connection, wanted: Mapping[tuple[int, type[State]], Sequence[str]]
) -> list[asyncpg.Record]:
    """All rows in one round trip, whatever their kinds: partition, kind, key and body of each."""
    homes: list[int] = []
    kinds: list[str] = []
    names: list[str] = []
    for (home, kind), keys in wanted.items():
        homes += [home] * len(keys)
        kinds += [kind.__name__] * len(keys)
        names += keys
    return await connection.fetch(
        """select d.partition, d.kind, d.key, d.body from unnest($1::int[], $2::text[], $3::text[]) as w(partition,
        kind, key)
           join state d using (partition, kind, key)""",
        homes,
        kinds,
        names,
    )


_LETTER = msgspec.json.Decoder(DeadLetter)

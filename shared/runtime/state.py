"""The documents of one partition: a bounded cache over table `document`, filled only as deciders ask.

Rows that this partition writes stay valid as long as it owns them. Rows that another partition writes (plans, a
resource's assignments) are valid while that partition's `reference_seq`, read once per batch, stands still.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import msgspec

from shared.kernel.decider import Document, Due, Home
from shared.kernel.deliberation import Documents, Missing
from shared.kernel.outcome import CommandResult, Parking
from shared.kernel.partition import partition_of
from shared.runtime.postgres import Connection
from shared.runtime.service import Loader, Service

D = TypeVar("D", bound=Document)
Wanted = tuple[type[Document], str]

# 200,000 documents of some 500 bytes: about 100 MB at the very most, for all partitions of a process together a
# multiple of the accounts it works on at a time.
CACHE_LIMIT = 50_000


class State:
    """What the deciders of one partition see. Not safe to share between partitions."""

    def __init__(self, service: Service, partition: int, partitions: int) -> None:
        self._partition = partition
        self._partitions = partitions
        kinds: tuple[type[Document], ...] = (*service.documents, Parking)
        self._decoders = {kind.__name__: msgspec.json.Decoder(kind) for kind in kinds}
        self._loaders: dict[type[Document], Loader] = {CommandResult: _load_results, **service.loaders}
        self._own: OrderedDict[Wanted, Document | None] = OrderedDict()
        self._foreign: dict[int, dict[Wanted, Document | None]] = {}
        self._foreign_seq: dict[int, int] = {}
        self._batch: dict[type[Document], dict[str, Document | None]] = {}

    def get(self, kind: type[D], key: str) -> D | None:
        """The document, `None` if there is none; raises `Missing` if that is not known yet."""
        held: Mapping[Wanted, Document | None]
        if kind in self._loaders:
            loaded = self._batch.get(kind)
            if loaded is None or key not in loaded:
                raise Missing(kind, key)
            return loaded[key]  # type: ignore[return-value]
        home = self._home(kind, key)
        held = self._own if home == self._partition else self._foreign.get(home, {})
        wanted = (kind, key)
        if wanted not in held:
            raise Missing(kind, key)
        if home == self._partition:
            self._own.move_to_end(wanted)
        return held[wanted]  # type: ignore[return-value]

    def holds(self, kind: type[Document], key: str) -> bool:
        try:
            self.get(kind, key)
        except Missing:
            return False
        return True

    async def begin_batch(self, connection: Connection, gen: int, topic: str) -> None:
        """Drop what other partitions have changed since, and what was loaded for the last batch alone."""
        self._batch.clear()
        if not self._foreign:
            return
        rows = await connection.fetch(
            "select partition, reference_seq from meterlog.checkpoint where gen = $1 and topic = $2", gen, topic
        )
        for row in rows:
            if self._foreign_seq.get(row["partition"]) != row["reference_seq"]:
                self._foreign.pop(row["partition"], None)

    async def load(self, connection: Connection, wanted: Iterable[Wanted], gen: int, topic: str) -> None:
        """Load documents in one round trip per table; those that do not exist are known to be absent afterwards."""
        generic: list[tuple[int, type[Document], str]] = []
        special: dict[type[Document], list[str]] = {}
        for kind, key in wanted:
            if kind in self._loaders:
                special.setdefault(kind, []).append(key)
            else:
                generic.append((self._home(kind, key), kind, key))
        for kind, keys in special.items():
            found = await self._loaders[kind](connection, self._partition, keys)
            held = self._batch.setdefault(kind, {})
            held.update(dict.fromkeys(keys))
            held.update(found)
        if generic:
            await self._load_documents(connection, generic, gen, topic)

    async def _load_documents(
        self, connection: Connection, wanted: Sequence[tuple[int, type[Document], str]], gen: int, topic: str
    ) -> None:
        for home in {home for home, _, _ in wanted} - {self._partition} - self._foreign.keys():
            # The stamp is read before the rows: rows that change in between are dropped at the next batch.
            seq = await connection.fetchval(
                "select reference_seq from meterlog.checkpoint where gen = $1 and topic = $2 and partition = $3",
                gen,
                topic,
                home,
            )
            self._foreign_seq[home] = seq or 0
            self._foreign[home] = {}
        rows = await connection.fetch(
            """select d.partition, d.kind, d.key, d.body from unnest($1::int[], $2::text[], $3::text[]) as w(partition,
            kind, key)
               join document d using (partition, kind, key)""",
            [home for home, _, _ in wanted],
            [kind.__name__ for _, kind, _ in wanted],
            [key for _, _, key in wanted],
        )
        found = {(r["partition"], r["kind"], r["key"]): self._decoders[r["kind"]].decode(r["body"]) for r in rows}
        for home, kind, key in wanted:
            held = self._own if home == self._partition else self._foreign[home]
            held[kind, key] = found.get((home, kind.__name__, key))

    def keep(self, documents: Documents) -> None:
        """The batch is written: its documents are the truth now."""
        for kind, changed in documents.items():
            if not kind.STORED or kind is Due:
                continue
            for key, document in changed.items():
                self._own[kind, key] = document
                self._own.move_to_end((kind, key))
        while len(self._own) > CACHE_LIMIT:
            self._own.popitem(last=False)
        for home, held in list(self._foreign.items()):
            if len(held) > CACHE_LIMIT:
                del self._foreign[home]

    def _home(self, kind: type[Document], key: str) -> int:
        if kind.HOME is Home.REFERENCE:
            return 0
        if kind.HOME is Home.KEYED:
            return partition_of(key, self._partitions)
        return self._partition


async def _load_results(connection: Connection, partition: int, keys: Sequence[str]) -> Mapping[str, Document]:
    rows = await connection.fetch(
        "select command_id, final from command_result where partition = $1 and command_id = any($2::text[])",
        partition,
        keys,
    )
    return {r["command_id"]: CommandResult(command_id=r["command_id"], final=r["final"]) for r in rows}

"""The states that the deciders work on, read from the database for an answer: pure functions run on them.

    states = StoredStates(connection, home=3)
    answer = await states.ask(lambda view: due(account_id, view))

A function that asks for a state which is not there yet is run again once it has been read, as the worker does; so what
a page shows cannot differ from what is decided. The connection is in a repeatable-read transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, ClassVar, Final, TypeVar

from shared.engine.postgres import Connection
from shared.kernel.decider import Home, State, View
from shared.kernel.unit_of_work import Missing
from shared.kernel.wire import read

D = TypeVar("D", bound=State)
T = TypeVar("T")

_STATES: Final = "select key, body from state where partition = $1 and kind = $2 and key = any($3::text[])"


class StoredStates:
    """A view of one partition and of reference data, filled as it is asked. Raises `Missing` for what is not read."""

    LOADERS: ClassVar[Mapping[type[State], Callable[..., Any]]] = {}
    """What stands in no state, read from its table by (connection, home, keys)."""

    def __init__(self, connection: Connection, *, home: int) -> None:
        self._connection = connection
        self._home = home
        self._held: dict[tuple[type[State], str], State | None] = {}

    async def ask(self, function: Callable[[View], T]) -> T:
        """What the pure function says, with all that it asks for."""
        while True:
            try:
                return function(self)
            except Missing as missing:
                for kind, keys in missing.wanted.items():
                    await self.load(kind, keys)

    async def load(self, kind: type[D], keys: Sequence[str]) -> dict[str, D]:
        """Read states of a kind in one question; those that there are."""
        if (loader := self.LOADERS.get(kind)) is not None:
            loaded: Any = await loader(self._connection, self._home, keys)
            self._held.update({(kind, key): loaded.get(key) for key in keys})
            return dict(loaded)
        return await self._read(kind, keys, 0 if kind.HOME is Home.REFERENCE else self._home)

    async def _read(self, kind: type[D], keys: Sequence[str], partition: int) -> dict[str, D]:
        rows = await self._connection.fetch(_STATES, partition, kind.__name__, list(keys))
        found = {row["key"]: read(kind, row["body"]) for row in rows}
        self._held.update({(kind, key): found.get(key) for key in keys})
        return found

    def get(self, kind: type[D], key: str) -> D | None:
        return self.get_many(kind, [key]).get(key)

    def get_many(self, kind: type[D], keys: Collection[str]) -> dict[str, D]:
        absent = [key for key in keys if (kind, key) not in self._held]
        if absent:
            raise Missing(kind, absent)
        held: dict[str, Any] = {key: self._held[kind, key] for key in keys}
        return {key: state for key, state in held.items() if state is not None}

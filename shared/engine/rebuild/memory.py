"""The states of a partition while its events are folded again: as much as the cache holds, the rest in the build.

Events are folded without knowing beforehand what they will ask for, and a question to Postgres for every state of
every event would cost more than all else. Two things save it:

- A build that began at the first event knows of every state, until the first is dropped from the cache: what is not
  there does not exist.
- Afterwards, the first question that can't be answered is taken as the occasion to look ahead: the events of the batch
  are folded once for the sake of what they ask, and all of it is loaded together.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from shared.engine.cache import UNKNOWN
from shared.engine.postgres import Connection
from shared.engine.service import Service
from shared.engine.state_cache import StateCache
from shared.kernel.decider import Evolve, Home, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.outcome import OUTCOMES
from shared.kernel.unit_of_work import Missing

D = TypeVar("D", bound=State)
Wanted = dict[type[State], dict[str, None]]


class ForeignRead(Exception):
    """`evolve` asked for a state that another partition writes: what it makes of an event would depend on who was
    first.
    """


class Memory(StateCache):
    """`from_the_first`: nothing of this partition was folded before, so this knows of every state there is."""

    def __init__(self, service: Service, partition: int, partitions: int, *, from_the_first: bool) -> None:
        super().__init__(service, partition, partitions)
        self._from_the_first = from_the_first
        self._asked: Wanted | None = None

    def get(self, kind: type[D], key: str) -> D | None:
        found = self._find(kind, key)
        if found is not UNKNOWN:
            return found  # type: ignore[return-value]
        if kind not in self._loaders:
            if kind.HOME is not Home.OWN and self._home(kind, key) != self._partition:
                raise ForeignRead(f"{kind.__name__} {key} belongs to partition {self._home(kind, key)}")
            if self._from_the_first and self._own.whole:
                return None
        if self._asked is None:
            raise Missing(kind, [key])
        self._asked.setdefault(kind, {})[key] = None
        return None

    def get_many(self, kind: type[D], keys: Collection[str]) -> dict[str, D]:
        if kind in self._loaders and self._asked is None:
            return super().get_many(kind, keys)
        return {key: state for key in keys if (state := self.get(kind, key)) is not None}

    def begin(self) -> None:
        """Forget what was loaded for the last batch alone."""
        self._batch.clear()

    async def look_ahead(
        self,
        connection: Connection,
        missing: Missing,
        events: Iterable[tuple[Event, Envelope]],
        *,
        evolve: Evolve,
        view: View,
    ) -> None:
        """Load what is missing, and what folding the events would ask for next."""
        asked: Wanted = {kind: dict.fromkeys(keys) for kind, keys in missing.wanted.items()}
        self._asked = asked
        try:
            for event, envelope in events:
                if not isinstance(event, OUTCOMES):
                    # On states that are said not to exist anything may go wrong; the folding itself will tell.
                    with contextlib.suppress(Exception):
                        evolve(event, envelope, view)
        finally:
            self._asked = None
        await self.load(connection, _lists(asked), 0, "")


def _lists(asked: Wanted) -> Mapping[type[State], Sequence[str]]:
    return {kind: list(keys) for kind, keys in asked.items()}

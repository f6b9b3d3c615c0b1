"""States as a database has them: none is known until it is loaded, and each loading is a round trip.

state = AskedState()
state.run(lambda: unit.take_command(command, envelope))
state.rounds        # how often the function was begun anew
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

from shared.kernel.decider import State, View
from shared.kernel.unit_of_work import Missing

D = TypeVar("D", bound=State)
T = TypeVar("T")


class AskedState:
    """Raises `Missing` for what was not loaded; what is there is told by `stored`."""

    def __init__(self, stored: View) -> None:
        self._stored = stored
        self._loaded: set[tuple[type[State], str]] = set()
        self.rounds = 0

    def get(self, kind: type[D], key: str) -> D | None:
        return self.get_many(kind, [key]).get(key)

    def get_many(self, kind: type[D], keys: Collection[str]) -> Mapping[str, D]:
        absent = [key for key in keys if (kind, key) not in self._loaded]
        if absent:
            raise Missing(kind, absent)
        return self._stored.get_many(kind, keys)

    def loaded(self, kind: type[State], keys: Collection[str]) -> None:
        """These were asked for before: no round is needed for them."""
        self._loaded |= {(kind, key) for key in keys}

    def run(self, function: Callable[[], T]) -> T:
        while True:
            try:
                return function()
            except Missing as missing:
                self.rounds += 1
                self._loaded |= {(kind, key) for kind, keys in missing.wanted.items() for key in keys}

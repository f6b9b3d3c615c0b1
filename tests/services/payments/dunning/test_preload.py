"""A look at an account names beforehand all that it asks for: at a midnight there may be a hundred thousand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bench.dunning import Held, looks
from services.payments.dunning.messages import LookAtDunning
from services.payments.service import SERVICE
from shared.kernel.decider import Asked, Home, State
from shared.kernel.outcome import CommandResult, Parking


class Noted(Held):
    """What is asked for, by kind and key."""

    def __init__(self, accounts: int) -> None:
        super().__init__(accounts)
        self.asked: set[tuple[type[State], str]] = set()

    def get(self, kind: type, key: str) -> Any:
        self.asked.add((kind, key))
        return super().get(kind, key)


def _each(asked: Iterable[Asked]) -> set[tuple[type[State], str]]:
    return {(kind, key) for kind, keys in asked for key in ([keys] if isinstance(keys, str) else keys)}


def test_a_look_names_all_but_what_is_read_once_for_all() -> None:
    held = Noted(3)
    looks(held)
    named: set[tuple[type[State], str]] = set()
    for name in held.names:
        message = LookAtDunning(account_id=name)
        named |= _each(SERVICE.preload(message)) | _each(SERVICE.preload_next(message, held))
    asked = {(kind, key) for kind, key in held.asked if kind not in (CommandResult, Parking)}
    assert {kind for kind, _ in asked - named if kind.HOME is Home.OWN} == set()
    assert len(asked - named) == 2, "the policy and its version"

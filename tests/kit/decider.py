"""given / when / then over a service's pure functions, with the runtime's own core underneath.

    spec = Specification(domain)
    spec.given(AccountOpened(...)).when(StartSubscription(...)).then(SubscriptionStarted(...))
    spec.given(AccountOpened(...)).when(StartSubscription(...)).then_refused("currency_mismatch")

`given` events are folded, not decided. Follow-ups in place (`Do`) happen; messages to others are in `sends`. A command
holds its keys unless `claims` says otherwise; what their owners are told about its end is in `settled`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any, TypeVar

from shared.kernel.claims import SettleClaim
from shared.kernel.decider import Asked, Domain, Send, State
from shared.kernel.envelope import Envelope
from shared.kernel.message import Command, Event
from shared.kernel.outcome import CommandDone, CommandRejected
from shared.kernel.unit_of_work import PartitionAddress, States, UnitOfWork

D = TypeVar("D", bound=State)
NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


def each_of(asked: Iterable[Asked]) -> set[tuple[type[State], str]]:
    """Each state that a message is known to ask for."""
    return {(kind, key) for kind, keys in asked for key in ((keys,) if isinstance(keys, str) else keys)}


class MemoryState:
    """All states of one partition in memory; those never written are absent, not missing."""

    def __init__(self) -> None:
        self.states: States = {}

    def get(self, kind: type[D], key: str) -> D | None:
        return self.states.get(kind, {}).get(key)  # type: ignore[return-value]

    def get_many(self, kind: type[D], keys: Collection[str]) -> dict[str, D]:
        return {key: found for key in keys if (found := self.get(kind, key)) is not None}

    def keep(self, states: States) -> None:
        for kind, held in states.items():
            self.states.setdefault(kind, {}).update(held)

    def all(self, kind: type[D]) -> list[D]:
        return [d for d in self.states.get(kind, {}).values() if d is not None]  # type: ignore[misc]


class Specification:
    """One partition of one service, told as a story. `now` is fixed until a step says otherwise."""

    def __init__(self, domain: Domain, *, partition: int = 0, partitions: int = 4, now: datetime = NOON) -> None:
        self.domain = domain
        self.place = PartitionAddress(env="test", partition=partition, partitions=partitions)
        self.state = MemoryState()
        self.now = now
        self.next_seq = 1
        self.commands = 0
        self.events: list[Event] = []
        self.envelopes: list[Envelope] = []
        self.sends: list[Send] = []
        self.settled: list[SettleClaim] = []

    def given(self, *events: Event) -> Specification:
        for event in events:
            batch = self._batch()
            batch.replay(event, self._envelope(event, seq=self.next_seq))
            self._keep(batch)
        self.events, self.sends = [], []
        return self

    def when(
        self, command: Command, *, now: datetime | None = None, command_id: str | None = None, **meta: Any
    ) -> Specification:
        """Decide a command. Its id is c1, c2, … unless given."""
        self.now = now or self.now
        self.commands += 1
        batch = self._batch()
        command_id = command_id or f"c{self.commands}"
        held = tuple(claim.digest(self.domain.service) for claim in command.claims(command_id))
        envelope = self._envelope(
            command, **{"command_id": command_id, "actor": "tester", "claims": () if command.HOT else held, **meta}
        )
        batch.take_command(command, envelope)
        return self._keep(batch)

    def when_event(
        self, event: Event, *, now: datetime | None = None, seq: int = 1, service: str = "upstream"
    ) -> Specification:
        """React to an upstream event."""
        self.now = now or self.now
        batch = self._batch()
        batch.take_event(event, self._envelope(event, seq=seq, service=service))
        return self._keep(batch)

    def then(self, *expected: Event) -> Specification:
        assert self.events == list(expected)
        return self

    def then_refused(self, code: str, *, pointer: str | None = None) -> Specification:
        refusals = [e for e in self.events if isinstance(e, CommandRejected)]
        assert [e.code for e in refusals] == [code], self.events
        if pointer is not None:
            assert refusals[0].pointer == pointer
        return self

    def then_nothing(self) -> Specification:
        assert all(isinstance(e, CommandDone) for e in self.events), self.events
        return self

    def get(self, kind: type[D], key: str) -> D | None:
        return self.state.get(kind, key)

    def _batch(self) -> UnitOfWork:
        return UnitOfWork(self.domain, self.state, self.place, next_seq=self.next_seq, now=self.now)

    def _keep(self, batch: UnitOfWork) -> Specification:
        self.events = [event for event, _ in batch.events]
        self.envelopes = [envelope for _, envelope in batch.events]
        self.sends = [send for send, _ in batch.sends if not isinstance(send.message, SettleClaim)]
        self.settled = [send.message for send, _ in batch.sends if isinstance(send.message, SettleClaim)]
        self.next_seq += len(batch.events)
        self.state.keep(batch.states)
        return self

    def _envelope(self, message: Command | Event, **meta: Any) -> Envelope:
        fields: dict[str, Any] = {"service": self.domain.service, "type": type(message).__name__, **meta}
        return Envelope(env="test", partition=self.place.partition, recorded_at=self.now, subject=message.key, **fields)

"""All partitions of a service in memory, and the commands on their way between them; no servers.

    town = Partitions(SERVICE.domain)
    town.given(PayerOpened(...))
    town.ask(RecordPayment(...), "c1")        it goes where a command of the API goes first
    town.deliver()                            until nothing is on its way
    town.answer("c1")                         the outcome that its caller sees

Each input is a batch of its own, and what one partition sends to another arrives in that order, as on the log.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

import msgspec

from shared.kernel.claims import address
from shared.kernel.decider import Domain, State
from shared.kernel.envelope import Envelope
from shared.kernel.message import Command, Event
from shared.kernel.outcome import CommandFaulted, CommandRejected, CommandResult
from shared.kernel.partition import partition_of
from shared.kernel.unit_of_work import PartitionAddress, UnitOfWork
from tests.kit.decider import MemoryState

D = TypeVar("D", bound=State)
E = TypeVar("E", bound=Event)
NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


class Partitions:
    """`crash` is asked of each command that is about to be decided, `late` whether it has expired."""

    def __init__(self, domain: Domain, *, partitions: int = 4) -> None:
        self.domain = domain
        self.places = [PartitionAddress(env="test", partition=n, partitions=partitions) for n in range(partitions)]
        self.states = [MemoryState() for _ in self.places]
        self.queues: list[deque[tuple[Command, Envelope]]] = [deque() for _ in self.places]
        self.written: list[tuple[Event, Envelope]] = []
        self.crash: Callable[[Command, Envelope], bool] = lambda command, envelope: False
        self.late: Callable[[Command, Envelope], bool] = lambda command, envelope: False

    def given(self, *events: Event) -> Partitions:
        for event in events:
            partition = partition_of(event.key, len(self.places))
            batch = self._batch(partition)
            batch.replay(event, self._envelope(partition, event.key, seq=self._next_seq(partition)))
            self._keep(partition, batch)
        return self

    def ask(self, command: Command, command_id: str, **meta: Any) -> Partitions:
        first = address(self.domain.service, command, command_id, len(self.places))
        self.queues[first].append((command, self._envelope(first, command.key, command_id=command_id, **meta)))
        return self

    def waiting(self) -> list[int]:
        """The partitions that something is on its way to."""
        return [partition for partition, queue in enumerate(self.queues) if queue]

    def take(self, partition: int) -> None:
        """The partition takes the next command."""
        command, envelope = self.queues[partition].popleft()
        batch = self._batch(partition)
        if self.late(command, envelope):
            batch.expire(command, envelope)
        elif self.crash(command, envelope) and not self._finished(partition, envelope):
            faulted = CommandFaulted(
                command_type="x", subject=command.key, error="bug", topic="x", offset=0, payload="", account_id=None
            )
            batch.fault(faulted, envelope, hot=command.HOT)
        else:
            batch.take_command(command, envelope)
        self._keep(partition, batch)

    def deliver(self, choose: Callable[[Sequence[int]], int] = min) -> Partitions:
        while waiting := self.waiting():
            self.take(choose(waiting))
        return self

    def events(self, kind: type[E]) -> list[E]:
        return [event for event, _ in self.written if isinstance(event, kind)]

    def envelopes(self, kind: type[Event]) -> list[Envelope]:
        return [envelope for event, envelope in self.written if isinstance(event, kind)]

    def answer(self, command_id: str) -> str:
        """`done`, or the code of the last refusal; a final one counts most."""
        found = "nothing"
        for event, envelope in self.written:
            if envelope.command_id == command_id:
                if not isinstance(event, CommandRejected | CommandFaulted):
                    return "done"
                found = event.code if isinstance(event, CommandRejected) else "faulted"
        return found

    def all(self, kind: type[D]) -> list[tuple[int, D]]:
        return [(n, state) for n, partition in enumerate(self.states) for state in partition.all(kind)]

    def replayed(self) -> Partitions:
        """Another one that has only seen what this one wrote."""
        other = Partitions(self.domain, partitions=len(self.places))
        for event, envelope in self.written:
            batch = other._batch(envelope.partition)
            batch.replay(event, envelope)
            other._keep(envelope.partition, batch)
        return other

    def _batch(self, partition: int) -> UnitOfWork:
        return UnitOfWork(
            self.domain,
            self.states[partition],
            self.places[partition],
            next_seq=self._next_seq(partition),
            now=NOON,
        )

    def _finished(self, partition: int, envelope: Envelope) -> bool:
        """A command with a final result is not looked at, so that nothing can crash on it."""
        result = self.states[partition].get(CommandResult, envelope.command_id or "")
        return result is not None and result.final

    def _next_seq(self, partition: int) -> int:
        return 1 + sum(1 for _, envelope in self.written if envelope.partition == partition)

    def _keep(self, partition: int, batch: UnitOfWork) -> None:
        self.written += batch.events
        self.states[partition].keep(batch.states)
        for send, envelope in batch.sends:
            if send.to == self.domain.service:
                command = cast(Command, send.message)
                to = partition_of(command.key, len(self.places)) if send.partition is None else send.partition
                self.queues[to].append((command, msgspec.structs.replace(envelope, type=type(command).__name__)))

    def _envelope(self, partition: int, subject: str, **meta: Any) -> Envelope:
        return Envelope(
            env="test",
            service=self.domain.service,
            partition=partition,
            type="",
            recorded_at=NOON,
            subject=subject,
            **meta,
        )

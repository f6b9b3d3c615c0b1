"""A bug that one account meets in one service, the version that mends it, and the operator who clears up.

    rating crashes on whatever names acc-1        its inputs are parked, commands for it are dead-lettered
    rating is replaced by a mended version        what comes now still queues behind what is parked
    RequeueParked("acc-1")                        asked for until nothing of the account is parked any more

Clients do their part by themselves: a command that crashed is sent again under its id.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from aiokafka.structs import TopicPartition

from shared.engine.service import Service
from shared.kernel.decider import Context, View
from shared.kernel.envelope import Envelope, to_headers
from shared.kernel.message import Event, Message, encode
from shared.kernel.recovery import RECOVERY_COMMANDS, RequeueParked

if TYPE_CHECKING:
    from tests.simulation.world import World

# Usage is not among them: a record that comes while an assignment is parked is quarantined, and the totals are others.
HAUNTED: Final = ("rating", "invoicing", "payments")


class Bugs:
    """At most one at a time."""

    def __init__(self, world: World, chance: random.Random) -> None:
        self._world = world
        self._chance = chance
        self._at: tuple[str, str] | None = None
        self._asked = 0
        self._waiting: tuple[str, str] | None = None
        self.met: set[str] = set()
        """Services in which an input may have crashed."""

    def haunt(self, name: str, service: Service) -> Service:
        """The service, with the bug as long as it is there."""

        def decide(command: Any, view: View, context: Context) -> Sequence[Event]:
            self._meet(name, command)
            return service.decide(command, view, context)

        def react(event: Any, envelope: Envelope, view: View) -> Any:
            self._meet(name, event)
            return service.react(event, envelope, view)

        return replace(service, decide=decide, react=react)

    def strike(self) -> bool:
        if self._at is not None:
            return False
        self._at = self._chance.choice(HAUNTED), self._chance.choice(self._world.story.accounts)
        self.met.add(self._at[0])
        return True

    def repairs(self) -> list[Callable[[], None]]:
        if self._at is not None:
            # A version takes its time; while anything else goes on it does not come.
            return [] if self._world.machine.grantable() and self._chance.random() > 0.05 else [self._mend]
        if self._waiting is not None and self._world.result(*self._waiting) is None:
            return []
        self._waiting = None
        parked = self._parked()
        if parked:
            return [lambda: self._requeue(*self._chance.choice(parked))]
        return []

    def _meet(self, service: str, message: Message) -> None:
        if self._at is None or self._at[0] != service or isinstance(message, RECOVERY_COMMANDS):
            return
        account = self._at[1]
        if f'"{account}"'.encode() in encode(message):
            raise ZeroDivisionError(f"{service} can't bear {account}")

    def _mend(self) -> None:
        """Roll out the next version: every process of the service is replaced."""
        assert self._at is not None
        service, self._at = self._at[0], None
        for process in [p for p in self._world.processes if p.service == service]:
            self._world.kill(process)

    def _parked(self) -> list[tuple[str, int, str]]:
        """Service, partition and parking key of every queue that Postgres knows of."""
        return [
            (name, partition, key)
            for name, database in self._world.databases.items()
            for partition, kind, key in database.states
            if kind == "Parking"
        ]

    def _requeue(self, service: str, partition: int, key: str) -> None:
        world = self._world
        self._asked += 1
        command_id = f"requeue-{self._asked}"
        self._waiting = service, command_id
        command = RequeueParked(parking_key=key)
        envelope = Envelope(
            env=world.env,
            service=service,
            partition=partition,
            type=world.services[service].commands.name_of(command),
            recorded_at=world.now,
            subject=key,
            actor="operator",
            command_id=command_id,
        )
        tp = TopicPartition(world.topic(f"{service}.commands"), partition)
        world.broker.append(tp, key.encode(), encode(command), to_headers(envelope))

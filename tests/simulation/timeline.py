"""The story as it is played: stages one after the other, within a stage everything in any order.

    stage 3     open the accounts: OpenAccount acc-0, OpenAccount acc-1                 done when both are answered
    stage 4     start subscriptions                                                     ...
    stage 9     Rest                                                                    done when nothing moves

A command is asked for as a client of the API does: sent under its id, sent again when no answer comes or when the
answer is not final, and now and then sent twice for no reason.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aiokafka.structs import TopicPartition

from services.usage.record.fields import compact
from shared.kernel.claims import address
from shared.kernel.envelope import Envelope, to_headers
from shared.kernel.ids import payload_hash
from shared.kernel.message import Command, encode
from tests.simulation.story import Report

if TYPE_CHECKING:
    from tests.simulation.world import World


class Refused(AssertionError):
    """A command of the story was refused for good: the story or the product is wrong."""


class Act:
    """One thing that happens; `begin` once, then `done` is asked until it says yes."""

    begun = False

    def begin(self, world: World) -> None:
        raise NotImplementedError

    def done(self, world: World) -> bool:
        return self.begun

    def again(self, world: World) -> None:
        """Whoever waits loses patience."""


@dataclass(eq=False)
class Ask(Act):
    """A command, by a client who wants an answer."""

    service: str
    command: Command
    id: str = ""
    may_be: tuple[str, ...] = ()
    """Codes of refusals that are an answer as well."""
    answered: bool = False

    def begin(self, world: World) -> None:
        self.begun = True
        service = world.services[self.service]
        value = encode(self.command)
        partition = address(self.service, self.command, self.command_id, world.partitions)
        envelope = Envelope(
            env=world.env,
            service=self.service,
            partition=partition,
            type=service.commands.name_of(self.command),
            recorded_at=world.now,
            subject=self.command.key,
            actor="client",
            command_id=self.command_id,
            payload_hash=payload_hash(value),
        )
        tp = TopicPartition(world.topic(f"{self.service}.commands"), partition)
        world.broker.append(tp, self.command.key.encode(), value, to_headers(envelope))

    @property
    def command_id(self) -> str:
        return self.id or f"ask-{type(self.command).__name__}-{self.command.key}"

    def done(self, world: World) -> bool:
        if not self.answered and self.begun:
            result = world.result(self.service, self.command_id)
            if result is not None and result["final"]:
                if result["status"] != "done" and result["code"] not in self.may_be:
                    raise Refused(f"{self.command_id}: {result['code']}: {result['detail']}")
                self.answered = True
        return self.answered

    def again(self, world: World) -> None:
        self.begin(world)


@dataclass(eq=False)
class Publish(Act):
    """Equipment publishes a message, at its time."""

    report: Report

    def begin(self, world: World) -> None:
        self.begun = True
        world.set_clock(max(world.now, self.report.at))
        tp = TopicPartition(world.topic("usage.reported"), self.report.partition)
        world.broker.append(tp, None, compact(self.report.records), ())
        world.published += len(self.report.records)


@dataclass(eq=False)
class SetClock(Act):
    at: datetime

    def begin(self, world: World) -> None:
        self.begun = True
        world.set_clock(self.at)


@dataclass(eq=False)
class Until(Act):
    """Waits for something that others bring about; `what` says what, for the message of a failure."""

    what: str
    condition: Callable[[World], bool]

    def begin(self, world: World) -> None:
        self.begun = True

    def done(self, world: World) -> bool:
        return self.begun and self.condition(world)


@dataclass(eq=False)
class Rest(Act):
    """Waits until nothing moves any more; no faults meanwhile."""

    rested: bool = False

    def begin(self, world: World) -> None:
        self.begun = True

    def done(self, world: World) -> bool:
        return self.rested


Stage = Sequence[Act] | Callable[["World"], Sequence[Act]]


@dataclass
class Timeline:
    """Plays stages. `impatience` is how often a client sends a command once more while it waits."""

    world: World
    stages: list[Stage]
    chance: random.Random
    impatience: float
    acts: list[Any] = field(default_factory=list)

    @property
    def finished(self) -> bool:
        return not self.acts and not self.stages

    @property
    def resting(self) -> bool:
        return any(isinstance(act, Rest) for act in self.acts)

    def moves(self) -> list[Callable[[], None]]:
        """What the story's people and machines could do now."""
        self._turn_page()
        found: list[Callable[[], None]] = []
        for act in self.acts:
            if not act.begun:
                found.append(lambda act=act: act.begin(self.world))  # type: ignore[misc]
                if isinstance(act, Publish):
                    # Equipment reports in order of time.
                    break
            elif isinstance(act, Ask) and self.chance.random() < self.impatience:
                found.append(lambda act=act: act.again(self.world))  # type: ignore[misc]
        return found

    def nothing_moves(self) -> bool:
        """Everything is quiet: a rest is over, others ask again. Whether that changes anything."""
        self._turn_page()
        for act in self.acts:
            if isinstance(act, Rest):
                act.rested = True
                return True
            act.again(self.world)
        return False

    def waiting_for(self) -> str:
        return ", ".join(str(getattr(act, "what", getattr(act, "command_id", act))) for act in self.acts)

    def _turn_page(self) -> None:
        self.acts = [act for act in self.acts if not act.done(self.world)]
        while not self.acts and self.stages:
            stage = self.stages.pop(0)
            self.acts = list(stage(self.world) if callable(stage) else stage)

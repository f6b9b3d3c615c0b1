"""Intake, one member of its group: what equipment reported goes to the usage partitions, at least once and in order.

    turn        read some messages of a reported partition, send the commands, move on
    (crash)     all or some of the commands were sent, and the offset did not move: they are read again
    report      note the clock and the ends, and once everything below them is sent, say so to every usage partition

How messages become commands is the product's; FastStream and its consumer are not here, so this is where their promise
(at least once, in order) is played out.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from aiokafka.structs import TopicPartition

from services.usage.commands import COMMANDS
from services.usage.processes.reported_run import read_messages
from services.usage.record.batching import CommandBatcher, commands_of
from services.usage.record.messages import RecordUsage
from services.usage.watermark.messages import IntakeProgressed
from shared.kernel.envelope import Envelope, to_headers
from shared.kernel.message import encode

if TYPE_CHECKING:
    from tests.simulation.world import World


class Intake:
    """`taken` is the committed offset of each reported partition."""

    def __init__(self, world: World, chance: random.Random, *, orderly: bool) -> None:
        self._world = world
        self._chance = chance
        self._orderly = orderly
        self._taken = [0] * world.partitions
        self._noted: tuple[datetime, list[int]] | None = None
        self._reported: datetime | None = None

    def moves(self) -> list[Callable[[], None]]:
        """What intake could do now."""
        found: list[Callable[[], None]] = []
        unread = [partition for partition, end in enumerate(self._ends()) if self._taken[partition] < end]
        found += [lambda partition=partition: self._turn([partition]) for partition in unread]  # type: ignore[misc]
        if len(unread) > 1:
            found.append(lambda: self._turn(unread))
        if self._noted is None:
            if self._reported != self._world.now:
                found.append(self._note)
        elif all(taken >= end for taken, end in zip(self._taken, self._noted[1], strict=True)):
            found.append(self._report)
        return found

    def fall_back(self) -> None:
        """A crash before an offset was committed, or a second member that read the same: all of it is sent again."""
        partition = self._chance.randrange(self._world.partitions)
        self._taken[partition] = max(0, self._taken[partition] - self._chance.randint(1, 3))
        self._noted = None

    def say_again(self) -> None:
        """A clock that stands still moves nothing; intake repeats itself for whoever has just taken over."""
        self._noted, self._reported = None, None

    def _turn(self, partitions: Sequence[int]) -> None:
        """Some messages of each of these reported partitions, as one batch."""
        batchers, ends = [], dict[int, int]()
        for partition in partitions:
            reported = self._world.broker.partition(TopicPartition(self._world.topic("usage.reported"), partition))
            limit = None if self._orderly else self._chance.randint(1, 3)
            records, ends[partition] = reported.read(self._taken[partition], limit)
            batcher = CommandBatcher(partitions=self._world.partitions, reported_partition=partition)
            assert not any(read_messages(records, batcher)), "the story's equipment sends JSON"
            batchers.append(batcher)
        commands = list(commands_of(batchers))
        crashes = not self._orderly and self._chance.random() < 0.1
        for target, command in commands[: self._chance.randint(0, len(commands)) if crashes else None]:
            self._send(command, target)
        if not crashes:
            for partition, end in ends.items():
                self._taken[partition] = end

    def _note(self) -> None:
        """The clock is read before the ends."""
        self._noted = (self._world.now, self._ends())

    def _report(self) -> None:
        assert self._noted is not None
        through, _ = self._noted
        self._noted, self._reported = None, through
        for target in range(self._world.partitions):
            command = IntakeProgressed(
                through=through,
                partitions=list(range(self._world.partitions)),
                reported_partitions=self._world.partitions,
                settled=True,
            )
            self._send(command, target)

    def _ends(self) -> list[int]:
        topic = self._world.topic("usage.reported")
        return [
            self._world.broker.partition(TopicPartition(topic, partition)).end
            for partition in range(self._world.partitions)
        ]

    def _send(self, command: RecordUsage | IntakeProgressed, target: int) -> None:
        envelope = Envelope(
            env=self._world.env,
            service="usage",
            partition=target,
            type=COMMANDS.name_of(command),
            recorded_at=self._world.now,
            subject="",
            actor="intake",
            command_id=f"intake-{target}",
        )
        tp = TopicPartition(self._world.topic("usage.commands"), target)
        self._world.broker.append(tp, None, encode(command), to_headers(envelope))

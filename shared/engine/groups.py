"""What the coordinator of a group says of it: who is a member, which partitions each was given, what was committed.

    groups = Groups(kafka)
    group = await groups.describe("rating", "rating.commands")
    group.owners            # {0: "local.rating-9f3a…", 1: "local.rating-9f3a…", ...}: partition to client id

It is asked over a connection of its own, so it is true whatever a member's client believes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.coordinator.protocol import ConsumerProtocol
from aiokafka.errors import for_code

from shared.engine.log import Log

STABLE = "Stable"


class Group(NamedTuple):
    """`owners`: partition of the asked topic to the client id of the member that has it; empty during a rebalance."""

    state: str
    members: frozenset[str]
    owners: Mapping[int, str]

    def unowned(self, partitions: int) -> list[int]:
        """The partitions that no live member has."""
        return [partition for partition in range(partitions) if partition not in self.owners]


@dataclass
class _Connection:
    """`asking`: how many questions are under way on it."""

    admin: AIOKafkaAdminClient
    asking: int = 0
    given_up: bool = False
    coordinators: dict[str, int] = field(default_factory=dict)
    """Of groups; found once, for after any error there is another connection."""

    async def coordinator(self, group: str) -> int:
        if group not in self.coordinators:
            self.coordinators[group] = await self.admin.find_coordinator(group)
        return self.coordinators[group]


class Groups:
    """One per process; connects on first use, and anew after an error."""

    def __init__(self, kafka: Log) -> None:
        self._kafka = kafka
        self._connection: _Connection | None = None
        self._connecting = asyncio.Lock()

    async def describe(self, group: str, topic: str) -> Group:
        """Names without the environment. A group that nobody has joined yet has no members. Raises `KafkaError`."""
        name = self._kafka.topic(group)

        async def question(connection: _Connection) -> Group:
            coordinator = await connection.coordinator(name)
            # One at a time: aiokafka decodes an answer about several groups wrongly (protocol version 3).
            answers = await connection.admin.describe_consumer_groups([name], group_coordinator_id=coordinator)
            return group_of(answers, self._kafka.topic(topic))

        group_now: Group = await self._asked(question)
        return group_now

    async def committed(self, group: str, partitions: Iterable[TopicPartition]) -> dict[TopicPartition, int]:
        """Committed offsets, 0 where there is none. Raises `KafkaError`."""
        name, asked = self._kafka.topic(group), list(partitions)
        # aiokafka takes a refusal by one that is the coordinator no more for no offsets: it is looked for each time.
        found = await self._asked(
            lambda connection: connection.admin.list_consumer_group_offsets(name, partitions=asked)
        )
        return {tp: max(0, found[tp].offset) if tp in found else 0 for tp in asked}

    async def stop(self) -> None:
        if self._connection is not None:
            await self._give_up(self._connection)

    async def _asked(self, question: Callable[[_Connection], Awaitable[Any]]) -> Any:
        async with self._connecting:
            if self._connection is None:
                self._connection = _Connection(await self._kafka.admin())
            connection = self._connection
        connection.asking += 1
        try:
            answer = await question(connection)
        except BaseException:
            connection.asking -= 1
            await self._give_up(connection)
            raise
        connection.asking -= 1
        await self._close(connection)
        return answer

    async def _give_up(self, connection: _Connection) -> None:
        """Nobody asks on it any more."""
        connection.given_up = True
        if self._connection is connection:
            self._connection = None
        await self._close(connection)

    async def _close(self, connection: _Connection) -> None:
        """By the last who asks on it: a client that is closed would connect once more for a question under way, and
        nobody would close that."""
        if connection.given_up and connection.asking == 0:
            await connection.admin.close()


def group_of(answers: list[Any], topic: str) -> Group:
    """Raises the `KafkaError` of the coordinator's answer."""
    error, _group, state, _type, _protocol, members, *_ = answers[0].groups[0]
    if error:
        raise for_code(error)()
    owners: dict[int, str] = {}
    for _member_id, client_id, _host, _metadata, assignment in members:
        if state == STABLE and assignment:
            for name, partitions in ConsumerProtocol.ASSIGNMENT.decode(assignment).assignment:
                if name == topic:
                    owners.update(dict.fromkeys(partitions, client_id))
    return Group(state, frozenset(member[1] for member in members), owners)

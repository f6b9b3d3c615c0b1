"""A connection for questions about groups is closed once, and by the last who asks on it."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest
from aiokafka import TopicPartition
from aiokafka.errors import KafkaConnectionError

from shared.engine.groups import Groups
from shared.engine.log import Log

ASKED = TopicPartition("local.usage.reported", 0)


class Admin:
    """A client that answers when it is told to."""

    def __init__(self) -> None:
        self.asked: list[asyncio.Future[dict[TopicPartition, Any]]] = []
        self.closed = 0

    async def list_consumer_group_offsets(self, group: str, partitions: Any) -> dict[TopicPartition, Any]:
        assert self.closed == 0, "a closed client would connect once more"
        self.asked.append(asyncio.get_running_loop().create_future())
        return await self.asked[-1]

    async def close(self) -> None:
        self.closed += 1


class Cluster:
    """What `Groups` wants of a log: a client for each connection."""

    def __init__(self) -> None:
        self.admins: list[Admin] = []

    def topic(self, name: str) -> str:
        return f"local.{name}"

    async def admin(self) -> Admin:
        self.admins.append(Admin())
        return self.admins[-1]


async def asking(groups: Groups, times: int) -> list[asyncio.Task[dict[TopicPartition, int]]]:
    """So many ask at once, and all have come as far as the client."""
    tasks = [asyncio.create_task(groups.committed("intake", [ASKED])) for _ in range(times)]
    for _ in range(10):
        await asyncio.sleep(0)
    return tasks


async def test_who_still_asks_on_a_connection_that_failed_keeps_it_until_the_answer() -> None:
    cluster = Cluster()
    groups = Groups(cast(Log, cluster))
    fails, goes_on = await asking(groups, 2)
    [admin] = cluster.admins
    admin.asked[0].set_exception(KafkaConnectionError("the broker went away"))
    with pytest.raises(KafkaConnectionError):
        await fails
    assert admin.closed == 0, "somebody still asks on it"
    admin.asked[1].set_result({})
    assert await goes_on == {ASKED: 0}
    assert admin.closed == 1


async def test_after_an_error_the_next_question_has_a_connection_of_its_own() -> None:
    cluster = Cluster()
    groups = Groups(cast(Log, cluster))
    both = await asking(groups, 2)
    for question in cluster.admins[0].asked:
        question.set_exception(KafkaConnectionError("the broker went away"))
    await asyncio.gather(*both, return_exceptions=True)
    [later] = await asking(groups, 1)
    cluster.admins[1].asked[0].set_result({})
    await later
    await groups.stop()
    assert [admin.closed for admin in cluster.admins] == [1, 1]


async def test_one_that_is_stopped_under_a_question_is_closed_with_its_answer() -> None:
    cluster = Cluster()
    groups = Groups(cast(Log, cluster))
    [task] = await asking(groups, 1)
    await groups.stop()
    assert cluster.admins[0].closed == 0
    cluster.admins[0].asked[0].set_result({})
    await task
    assert cluster.admins[0].closed == 1

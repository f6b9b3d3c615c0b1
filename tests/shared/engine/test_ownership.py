"""What becomes of a partition whose takeover does not end as takeovers do."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from aiokafka import TopicPartition

from shared.engine.log import Log
from shared.engine.ownership import Ownership
from shared.engine.settings import Settings


class Cancelled:
    """A partition in whose takeover a Kafka client passes on a cancellation of its own."""

    partition = gen = activity = 0
    ready, beat, trouble = False, 0.0, None

    async def take_over(self) -> None:
        raise asyncio.CancelledError

    def stop(self) -> None:
        """Nothing runs."""


class Closed:
    """A partition that ends as soon as it is told, and whose closing takes a turn; `failure` is what that meets."""

    gen = activity = 0
    ready, beat, trouble = False, 0.0, None

    def __init__(self, partition: int, failure: Exception | None = None) -> None:
        self.partition = partition
        self.failure = failure
        self.closed = False
        self._told = asyncio.Event()

    async def take_over(self) -> None:
        await self._told.wait()

    async def run(self) -> None:
        """It was told already."""

    def stop(self) -> None:
        self._told.set()

    async def close(self) -> None:
        await asyncio.sleep(0)
        self.closed = True
        if self.failure is not None:
            raise self.failure


class Member:
    """The consumer in the group, of whom nothing is asked but this."""

    def seek(self, _tp: TopicPartition, _offset: int) -> None:
        """It reads nothing."""

    pause = resume = lambda _self, _tp: None

    async def stop(self) -> None:
        """It has no connection."""


def owning(made: Mapping[int, Any], ends: list[BaseException]) -> Ownership:
    ownership = Ownership(
        kafka=Log(Settings.model_validate({"kafka_bootstrap_servers": "127.0.0.1:1"})),
        service="rating",
        make=lambda partition, _consumer: made[partition],
        look_again=asyncio.Event().wait,  # type: ignore[arg-type]
        fatal=ends.append,
        stays_alive=(),
    )
    ownership._consumer._closed = True
    ownership._consumer = Member()
    return ownership


async def test_a_partition_that_can_not_be_closed_leaves_none_of_the_others_open() -> None:
    ends: list[BaseException] = []
    made = {0: Closed(0), 1: Closed(1, OSError("no route")), 2: Closed(2)}
    ownership = owning(made, ends)
    await ownership.on_partitions_assigned([TopicPartition("local.rating.commands", p) for p in made])
    await ownership.on_partitions_revoked([])
    assert [partition.closed for partition in made.values()] == [True, True, True]
    assert [str(end) for end in ends] == ["no route"]


async def test_a_process_that_leaves_while_its_group_hands_out_anew_closes_all_and_begins_nothing() -> None:
    ends: list[BaseException] = []
    made = {p: Closed(p) for p in range(4)}
    ownership = owning(made, ends)
    assigned = [TopicPartition("local.rating.commands", p) for p in made]
    await ownership.on_partitions_assigned(assigned)
    await asyncio.gather(ownership.stop(), ownership.on_partitions_revoked(assigned))
    assert all(partition.closed for partition in made.values())
    await ownership.on_partitions_assigned(assigned)
    assert (ownership.workers, ends) == ({}, [])


async def test_a_cancellation_that_nobody_asked_for_ends_the_process() -> None:
    """Otherwise the partition would have an owner that never works, and no watchdog for it."""
    ends: list[BaseException] = []
    made: Any = Cancelled()
    ownership = Ownership(
        kafka=Log(Settings.model_validate({"kafka_bootstrap_servers": "127.0.0.1:1"})),
        service="rating",
        make=lambda _partition, _consumer: made,
        look_again=asyncio.Event().wait,  # type: ignore[arg-type]
        fatal=ends.append,
        stays_alive=(),
    )
    await ownership._own(made, TopicPartition("local.rating.commands", 0))
    assert [type(end) for end in ends] == [asyncio.CancelledError]

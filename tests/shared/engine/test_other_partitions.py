"""A partition that takes over waits until what other partitions write for it is as new as their logs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import ClassVar

import pytest
import pytest_asyncio
from aiokafka import TopicPartition

from shared.engine import other_partitions
from shared.engine.log_offsets import LogOffsets
from shared.engine.process_memory import ProcessMemory
from shared.engine.settings import Settings
from shared.engine.worker import Worker
from shared.kernel.decider import Home, State
from shared.kernel.envelope import Envelope, to_headers
from shared.kernel.message import encode
from tests.kit.driven_worker import StandingClock
from tests.kit.memory_log import Broker, MemoryLog
from tests.kit.memory_store import Database, MemoryPool
from tests.kit.toy import COMMANDS, Jar, Projection, PutCoins, toy_service
from tests.kit.waiting import WITHIN_S


class Notice(State, frozen=True, kw_only=True):
    """Something that is written in partition 0 and read in all."""

    HOME: ClassVar[Home] = Home.REFERENCE


class NoProjection(Projection):
    async def __call__(self, connection: object, partition: int, batch: object) -> None: ...


class House:
    """Two partitions of a service whose states other partitions read; the log and the store are in memory."""

    def __init__(self) -> None:
        self.database = Database()
        self.kafka = MemoryLog(Settings.model_validate({"env": "house", "partitions": 2}), Broker())
        self.log_offsets = LogOffsets(self.kafka)
        self.service = replace(toy_service(NoProjection()), states=(Jar, Notice))
        for topic in ("payments.commands", "payments.events", "payments.dead", "invoicing.events"):
            self.kafka.broker.create_topic(self.kafka.topic(topic), partitions=2)

    async def owner(self, partition: int) -> Worker:
        """Not yet in office."""
        commands = self.kafka.member("payments")
        worker = Worker(
            service=self.service,
            partition=partition,
            gen=1,
            kafka=self.kafka,
            pool=MemoryPool(self.database),  # type: ignore[arg-type]
            clock=StandingClock(self.kafka),
            commands=commands,
            timer_producer=await self.kafka.idempotent_producer(),
            log_offsets=self.log_offsets,
            memory=ProcessMemory(cache_bytes=1_000_000, owned=lambda: 2),
        )
        commands.assign([worker.commands_tp])
        return worker

    async def work(self, worker: Worker) -> None:
        """Put a coin into a jar of the worker's partition."""
        message = PutCoins(account_id="a", coins=1)
        envelope = Envelope(
            env="house",
            service="payments",
            partition=worker.partition,
            type=COMMANDS.name_of(message),
            recorded_at=worker.clock.now(),
            subject=message.key,
            command_id="c1",
        )
        tp = TopicPartition(self.kafka.topic("payments.commands"), worker.partition)
        self.kafka.broker.append(tp, None, encode(message), to_headers(envelope))
        running = asyncio.create_task(worker.run())
        async with asyncio.timeout(WITHIN_S):
            while worker.checkpoint.next_seq == 1:
                await asyncio.sleep(0)
        worker.stop()
        await running


@pytest_asyncio.fixture
async def house(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    monkeypatch.setattr(other_partitions, "LOOK_AGAIN_S", 0.001)
    made = House()
    await made.log_offsets.start()
    yield made


async def test_a_partition_waits_until_its_neighbour_has_applied_what_its_log_holds(house: House) -> None:
    """The database was restored from before the neighbour's last event."""
    neighbour = await house.owner(0)
    await neighbour.take_over()
    await house.work(neighbour)
    house.database.restore(Database())

    waiting = asyncio.create_task((await house.owner(1)).take_over())
    await asyncio.sleep(0.02)
    assert not waiting.done()
    await (await house.owner(0)).take_over()
    await asyncio.wait_for(waiting, WITHIN_S)


async def test_a_neighbour_that_is_up_to_date_is_not_waited_for(house: House) -> None:
    """Commit markers and aborted events behind its last event are nothing to wait for."""
    neighbour = await house.owner(0)
    await neighbour.take_over()
    await house.work(neighbour)
    await neighbour.producer.begin_transaction()
    await neighbour.producer.send_and_wait(house.kafka.topic("payments.events"), b"{}", partition=0)
    await neighbour.producer.abort_transaction()
    await asyncio.wait_for((await house.owner(1)).take_over(), WITHIN_S)


async def test_a_neighbour_that_never_catches_up_does_not_hold_up_the_others_for_ever(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(other_partitions, "GIVE_UP_AFTER_S", 0.01)
    neighbour = await house.owner(0)
    await neighbour.take_over()
    await house.work(neighbour)
    house.database.restore(Database())
    await asyncio.wait_for((await house.owner(1)).take_over(), WITHIN_S)


async def test_a_partition_that_is_given_up_waits_no_longer(house: House) -> None:
    """The neighbour has no owner until the group is handed out anew, for which all must have let go."""
    neighbour = await house.owner(0)
    await neighbour.take_over()
    await house.work(neighbour)
    house.database.restore(Database())
    worker = await house.owner(1)
    waiting = asyncio.create_task(worker.take_over())
    await asyncio.sleep(0.02)
    assert not waiting.done()
    worker.stop()
    await asyncio.wait_for(waiting, WITHIN_S)
    await asyncio.wait_for(worker.run(), WITHIN_S)


async def test_a_service_whose_partitions_read_only_their_own_waits_for_nobody(house: House) -> None:
    neighbour = await house.owner(0)
    await neighbour.take_over()
    await house.work(neighbour)
    house.database.restore(Database())
    house.service = replace(house.service, states=(Jar,))
    await asyncio.wait_for((await house.owner(1)).take_over(), WITHIN_S)

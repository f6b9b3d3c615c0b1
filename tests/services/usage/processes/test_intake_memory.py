"""What intake has sent on leaves memory at once: it waits neither for a timer to pass nor for the garbage collector."""

from __future__ import annotations

import asyncio
import gc
import json
from contextlib import suppress
from typing import Any

import pytest
from aiokafka import ConsumerRecord

from meterlog.installation import create_topics
from services.usage.processes.intake import _Intake
from services.usage.record.marks import NO_MARKS, Marks
from shared.engine.clock import Clock
from shared.engine.groups import Groups
from shared.engine.log import Log
from shared.engine.log_offsets import LogOffsets
from tests.kit.servers import FreshEnvironment
from tests.kit.waiting import until
from tests.services.usage.test_service import read_all

pytestmark = pytest.mark.servers

MESSAGES = 40
LAST = 1
"""Those of its last batch the consumer has at hand until there is another one."""


class TimedSealing:
    """Nothing is personal; it is asked as tables are, over a connection that begins a timer for each statement."""

    def __init__(self) -> None:
        self.timers: list[asyncio.TimerHandle] = []

    async def marks(self) -> Marks:
        self.timers.append(asyncio.get_running_loop().call_later(300, lambda: None))
        return NO_MARKS


def held(topic: str) -> int:
    """How many messages of a topic are in memory."""
    return sum(1 for found in gc.get_objects() if type(found) is ConsumerRecord and found.topic == topic)


async def test_nothing_of_a_batch_stays_in_memory(fresh_env: FreshEnvironment) -> None:
    kafka = Log(fresh_env.settings)
    await create_topics(fresh_env.settings)
    producer, log_offsets, groups = await kafka.idempotent_producer(), LogOffsets(kafka), Groups(kafka)
    await log_offsets.start()
    sealing: Any = TimedSealing()
    intake = _Intake(kafka, Clock(kafka, test=False), producer, log_offsets, groups, sealing)
    running = asyncio.create_task(intake.run())
    topic = kafka.topic("usage.reported")
    body = json.dumps({"source": "olt-12", "resource": "ifindex:olt-12/7", "meter": "octets", "quantity": "1"}).encode()
    gc.collect()
    gc.disable()
    try:
        for messages in (MESSAGES, LAST):
            for number in range(messages):
                await producer.send_and_wait(topic, body, partition=number % fresh_env.settings.partitions)
            await until(intake.feed.settled, bool)
        assert await read_all(kafka, "usage.commands")
        assert sealing.timers
        assert held(topic) <= LAST
    finally:
        gc.enable()
        for timer in sealing.timers:
            timer.cancel()
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await producer.stop()
        await groups.stop()
        await log_offsets.stop()

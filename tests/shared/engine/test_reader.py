"""A reader of several partitions, one of which has much while nothing comes to the others."""

from __future__ import annotations

import asyncio

import pytest
from aiokafka import TopicPartition

from meterlog.installation import create_topics
from shared.engine.log import ASSIGNED_ONCE_MS, BUSY_WAIT_MS, Log
from tests.kit.servers import FreshEnvironment

pytestmark = pytest.mark.servers

MESSAGES = 20
WORK_S = 0.15
"""Long enough for the client to ask for what is not there yet, while the rest of an answer waits to be taken."""


async def test_what_has_much_does_not_wait_for_what_has_nothing(fresh_env: FreshEnvironment) -> None:
    """With five seconds for each answer to nothing it would take minutes."""
    await create_topics(fresh_env.settings)
    kafka = Log(fresh_env.settings)
    producer = await kafka.idempotent_producer()
    busy, quiet = (TopicPartition(kafka.topic("usage.dead"), partition) for partition in (0, 1))
    for _ in range(MESSAGES):
        await producer.send_and_wait(busy.topic, bytes(2000), partition=busy.partition)
    await producer.stop()
    reader = await kafka.reader(fetch_bytes=4500, waits_ms=ASSIGNED_ONCE_MS)
    try:
        reader.assign([busy, quiet])
        reader.seek(busy, 0)
        reader.seek(quiet, 0)
        read = 0
        async with asyncio.timeout(20):
            while read < MESSAGES:
                found = await reader.getmany(timeout_ms=1000, max_records=1)
                Log.messages_come(reader, come=bool(found))
                read += sum(map(len, found.values()))
                await asyncio.sleep(WORK_S)
    finally:
        await reader.stop()
    assert read == MESSAGES


async def test_an_idle_reader_asks_seldom(fresh_env: FreshEnvironment) -> None:
    kafka = Log(fresh_env.settings)
    reader = await kafka.reader(waits_ms=ASSIGNED_ONCE_MS)
    try:
        asked = [reader._fetcher._fetch_max_wait_ms]
        for come in (True, False):
            Log.messages_come(reader, come=come)
            asked.append(reader._fetcher._fetch_max_wait_ms)
    finally:
        await reader.stop()
    assert asked == [ASSIGNED_ONCE_MS, BUSY_WAIT_MS, ASSIGNED_ONCE_MS]

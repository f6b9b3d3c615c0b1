"""Intake is at least once and counts nothing twice: the process is killed while records stream in."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from meterlog.installation import create_topics
from services.usage.events import EVENTS
from services.usage.record.messages import UsageRecorded
from shared.engine.environment import environment_of, inherited_environment
from shared.engine.log import Log
from shared.engine.settings import Settings
from shared.kernel.envelope import from_headers
from tests.kit.servers import FreshEnvironment
from tests.services.usage.test_service import read_all

pytestmark = [pytest.mark.servers, pytest.mark.slow]

MESSAGES = 240
RECORDS = 50
YESTERDAY = (datetime.now(UTC) - timedelta(days=1)).isoformat()


def message(number: int) -> bytes:
    records = [
        {
            "id": f"r{number}-{index}",
            "source": "olt-12",
            "resource": f"mac:{index}",
            "meter": "data.octets",
            "quantity": "7",
            "started_at": YESTERDAY,
        }
        for index in range(RECORDS)
    ]
    return json.dumps(records).encode()


@asynccontextmanager
async def process(settings: Settings) -> AsyncIterator[asyncio.subprocess.Process]:
    environment = environment_of("usage", settings, port=0, inherited=inherited_environment())
    started = await asyncio.create_subprocess_exec(sys.executable, "-m", "services.usage.app", env=environment)
    try:
        yield started
    finally:
        if started.returncode is None:
            started.kill()
        await started.wait()


async def counted(settings: Settings) -> int:
    """Records that the tables know of; 0 while there are none."""
    connection = await asyncpg.connect(settings.postgres_dsn_of("usage"))
    try:
        rows = await connection.fetchval("select count(*) from live.dedupe_key")
        return int(rows)
    except (asyncpg.UndefinedTableError, asyncpg.InvalidSchemaNameError):
        return 0
    finally:
        await connection.close()


async def until(settings: Settings, records: int) -> None:
    async with asyncio.timeout(300):
        while await counted(settings) < records:
            await asyncio.sleep(0.05)


async def test_killed_again_and_again_it_counts_every_record_once(fresh_env: FreshEnvironment) -> None:
    # Under the same name, as the supervisor starts it again: its partitions are its own at once.
    settings = fresh_env.settings.model_copy(update={"instance": "usage-1"})
    await create_topics(settings)
    kafka = Log(settings)
    producer: Any = await kafka.idempotent_producer()
    topic = kafka.topic("usage.reported")

    async def publish(numbers: range) -> None:
        for number in numbers:
            await producer.send(topic, message(number), partition=number % 4)
            await asyncio.sleep(0.005)

    third = MESSAGES // 3
    try:
        for life in range(3):
            numbers = range(life * third, (life + 1) * third)
            async with process(settings) as running:
                publishing = asyncio.create_task(publish(numbers))
                await until(settings, numbers.start * RECORDS + third * RECORDS // 3)
                if life < 2:
                    running.kill()
                    await publishing
                else:
                    await publishing
                    await until(settings, MESSAGES * RECORDS)
                    await asyncio.sleep(1)
    finally:
        await producer.stop()

    events = [
        EVENTS.decode(envelope.type, record.value)
        for record in await read_all(kafka, "usage.events")
        if (envelope := from_headers(record.headers)).type == "usage.UsageRecorded.v2"
    ]
    records = [r.id for event in events if isinstance(event, UsageRecorded) for r in event.records]
    assert len(records) == len(set(records)) == MESSAGES * RECORDS
    assert [event for event in events if isinstance(event, UsageRecorded) and event.set_aside] == []
    assert await counted(settings) == MESSAGES * RECORDS

"""The factory of Kafka clients: what it hands out can be put away at once."""

from __future__ import annotations

import asyncio

import pytest
from aiokafka.errors import KafkaConnectionError

from shared.engine.log import Log, _started
from shared.engine.settings import Settings
from tests.kit.servers import FreshEnvironment


@pytest.mark.servers
async def test_a_reader_may_be_stopped_as_soon_as_it_is_there(fresh_env: FreshEnvironment) -> None:
    """Without a turn of the loop between, its stop would raise CancelledError at whoever stops it."""
    log = Log(fresh_env.settings)
    for _ in range(10):
        reader = await log.reader()
        await reader.stop()


async def test_a_client_that_can_not_start_leaves_nothing_open() -> None:
    """An unclosed one warns when it is collected, which fails this run."""
    log = Log(Settings.model_validate({"kafka_bootstrap_servers": "127.0.0.1:1"}))
    with pytest.raises(KafkaConnectionError):
        await log.reader()


class Client:
    """Starts at once."""

    stopped = False

    async def start(self) -> None:
        """Nothing to connect to."""

    async def stop(self) -> None:
        self.stopped = True


async def test_a_client_whose_start_is_cancelled_in_its_last_turn_is_closed() -> None:
    client = Client()
    starting = asyncio.create_task(_started(client))
    await asyncio.sleep(0)
    starting.cancel()
    await asyncio.wait([starting])
    assert starting.cancelled() and client.stopped

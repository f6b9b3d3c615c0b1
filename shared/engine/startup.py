"""Waiting for what a process needs when it starts: a broker that is still starting, topics that are about to be made.

    await servers_up(settings, SERVICE.uses)    # returns when Kafka has these topics; raises what is wrong in the end

In an installation where everything starts at once, waiting is quicker than ending and being started again: by the time
the broker answers, the process has read its code and made its tables.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Final

from aiokafka.errors import KafkaError

from shared.engine.settings import Settings
from shared.engine.topics import TopicNotCreated, check

LOOK_AGAIN_S: Final = 0.1


async def servers_up(settings: Settings, topics: Collection[str]) -> None:
    """Wait up to `start_timeout_s` for the topics.

    Raises `TopicNotCreated` or `KafkaError` when they are not there in time, and `WrongPartitionCount` at once.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + settings.start_timeout_s
    while True:
        last = loop.time() >= deadline
        try:
            if last or await _answers(settings):
                await check(settings, topics)
                return
        except (KafkaError, TopicNotCreated):
            if last:
                raise
        await asyncio.sleep(LOOK_AGAIN_S)


async def _answers(settings: Settings) -> bool:
    """Whether one of the brokers accepts a connection: asked first, as a client that is refused says so at length."""
    for address in settings.kafka_options()["bootstrap_servers"].split(","):
        host, _, port = address.strip().rpartition(":")
        try:
            _, writer = await asyncio.open_connection(host.strip("[]"), int(port))
        except OSError:
            continue
        writer.close()
        return True
    return False

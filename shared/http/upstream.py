"""Whether a service has heard all that the services above it have said: then what it does not know, nobody told it.

    payments has taken rating.events/3 up to 1101, there is an event at 1101     wait: it may open an account
    payments has taken all of rating.events/3 and invoicing.events/3             the account does not exist

Only what stood in the logs when it was asked is waited for, so a busy log is no reason to wait on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, Protocol

import asyncpg

from shared.engine.logs import reached
from shared.engine.progress import progress_of
from shared.engine.settings import Settings
from shared.http.ports import Logs, ServiceFacts

WAIT_S: Final = 2.0
_PAUSE_S: Final = 0.02


class Follower(Protocol):
    """The part of a process that knows what it has taken, and where the logs end."""

    @property
    def settings(self) -> Settings: ...

    @property
    def service(self) -> ServiceFacts: ...

    @property
    def logs(self) -> Logs: ...

    @property
    def pool(self) -> asyncpg.Pool[Any]: ...


async def wait_for_upstream(process: Follower, partitions: Collection[int]) -> bool:
    """Wait until these partitions have taken what the logs of services above hold now, or for `WAIT_S`.

    False at once where the service listens to no other: there is nothing to wait for. Raises `KafkaError`, `OSError` or
    `TimeoutError`.
    """
    own = f"{process.service.name}.events"
    above = [topic for topic in process.service.takes if topic.endswith(".events") and topic != own]
    if not above:
        return False
    async with asyncio.timeout(WAIT_S):
        ends = await process.logs.ends(above)
        while not await _reached(process, ends, partitions):
            await asyncio.sleep(_PAUSE_S)
    return True


async def _reached(process: Follower, ends: Mapping[str, Sequence[int]], partitions: Collection[int]) -> bool:
    count = process.settings.partitions
    taken = (await progress_of(process.pool, process.service, partitions=count)).offsets
    if all(taken[topic][p] >= end[p] for topic, end in ends.items() for p in partitions):
        return True
    return reached(taken, ends, await process.logs.behind({topic: taken[topic] for topic in ends}), partitions)

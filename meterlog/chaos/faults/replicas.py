"""A second replica joins under load and leaves again; an owner stops, another takes over, and the first one wakes."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from meterlog.chaos.faults.crash import let_go
from meterlog.chaos.faults.fault import DECIDING, Missed, Scene, Struck, affected_by
from meterlog.chaos.sandbox import SESSION_TIMEOUT_MS
from meterlog.installation import SERVICES
from shared.embedded.process import Child

JOIN_DEADLINE_S: Final = 60.0
DWELL_S: Final = (0.5, 5.0)


async def joined_and_left(scene: Scene) -> Struck:
    """The replica leaves in order, or is killed and keeps its partitions until its session is over."""
    service = scene.chance.choice(SERVICES)
    how = scene.chance.choice((signal.SIGTERM, signal.SIGKILL))
    async with _replica(scene, service) as replica:
        await asyncio.sleep(scene.chance.uniform(*DWELL_S))
        replica.send(how)
        if how is signal.SIGTERM:
            await asyncio.wait_for(replica.wait(), JOIN_DEADLINE_S)
    return Struck(service, affected_by(service), f"left by {how.name}")


async def zombie(scene: Scene) -> Struck:
    """The owner stops until its session is over and the replica has its partitions; then it goes on, fenced."""
    service = scene.chance.choice(DECIDING)
    async with _replica(scene, service) as replica:
        scene.sandbox.stack.send(service, signal.SIGSTOP)
        seconds = SESSION_TIMEOUT_MS / 1000 + scene.chance.uniform(2.0, 6.0)
        await let_go(scene, service, seconds)
        await asyncio.sleep(scene.chance.uniform(0.2, 2.0))
        replica.send(signal.SIGTERM)
        await asyncio.wait_for(replica.wait(), JOIN_DEADLINE_S)
    return Struck(service, affected_by(service), f"stopped for {seconds:.1f} s")


@asynccontextmanager
async def _replica(scene: Scene, service: str) -> AsyncIterator[Child]:
    """A replica that owns partitions; killed at the end if it is still there."""
    replica = scene.sandbox.replica(service)
    try:
        try:
            async with asyncio.timeout(JOIN_DEADLINE_S):
                while not await scene.probes.shares(service):
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise Missed(f"the replica of {service} had no partitions after {JOIN_DEADLINE_S:.0f} s") from None
        yield replica
    finally:
        replica.kill()

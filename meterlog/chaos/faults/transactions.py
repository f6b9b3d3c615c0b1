"""A stranger with write access opens a transaction on our input and never ends it.

Committed readers of that partition stand still until the broker gives the transaction up: after its timeout of 10 s and
one of the broker's looks a second later.
"""

from __future__ import annotations

import asyncio

from meterlog.chaos.faults.fault import DECIDING, Scene, Struck

KEPT_S = 15.0


async def hanging_transaction(scene: Scene) -> Struck:
    """On one partition of a service's commands."""
    service = scene.chance.choice(DECIDING)
    partition = scene.chance.randrange(scene.sandbox.settings.partitions)
    name = f"stranger-{scene.chance.getrandbits(32):08x}"
    producer = await scene.sandbox.kafka.transactional_producer(name)
    await producer.begin_transaction()
    await producer.send_and_wait(
        scene.sandbox.kafka.topic(f"{service}.commands"), b"never to be read", partition=partition
    )
    task = asyncio.create_task(_keep(producer))
    _KEPT.add(task)
    task.add_done_callback(_KEPT.discard)
    return Struck(f"{service}/{partition}", (service,))


_KEPT: set[asyncio.Task[None]] = set()
"""Tasks are kept alive by whoever holds them."""


async def _keep(producer: object) -> None:
    """Longer than the broker waits; then its connection is closed."""
    await asyncio.sleep(KEPT_S)
    await producer.stop()  # type: ignore[attr-defined]

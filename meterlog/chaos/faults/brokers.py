"""A broker killed and started again, at once or late, paused, or, where there are three, lost for a while and back."""

from __future__ import annotations

import asyncio
import signal
from typing import Final

from meterlog.chaos.cpu_load import busy
from meterlog.chaos.faults.fault import Scene, Struck

PAUSE_S: Final = (1.0, 9.0)
AWAY_S: Final = (4.0, 15.0)
# Longer than broker.session.timeout.ms (6 s): its partitions have no leader when it comes back, and transactions with a
# timeout of 10 s may be over by then.
LATE_S: Final = (8.0, 15.0)
LOOPS: Final = 2


async def broker_killed(scene: Scene) -> Struck:
    """The only broker, or one of three; it is started again at once."""
    name = scene.chance.choice(scene.sandbox.broker_names())
    scene.sandbox.signal_server(name, signal.SIGKILL)
    await asyncio.sleep(0.5)
    await scene.sandbox.until_servers_answer()
    return Struck(name)


async def broker_late(scene: Scene) -> Struck:
    """Killed, held back, and started on a machine whose cores are kept busy until it answers."""
    name = scene.chance.choice(scene.sandbox.broker_names())
    seconds = scene.chance.uniform(*LATE_S)
    with busy(LOOPS):
        child = await scene.sandbox.take_away(name, at_once=True)
        await asyncio.sleep(seconds)
        scene.sandbox.give_back(child)
        await scene.sandbox.until_servers_answer()
    return Struck(name, detail=f"back after {seconds:.1f} s")


async def broker_ended(scene: Scene) -> Struck:
    """In good order, and started again at once."""
    name = scene.chance.choice(scene.sandbox.broker_names())
    scene.sandbox.signal_server(name, signal.SIGTERM)
    await asyncio.sleep(3)
    await scene.sandbox.until_servers_answer()
    return Struck(name)


async def broker_paused(scene: Scene) -> Struck:
    """Alive and silent: connections stay open, nothing is answered."""
    name = scene.chance.choice(scene.sandbox.broker_names())
    seconds = scene.chance.uniform(*PAUSE_S)
    scene.sandbox.signal_server(name, signal.SIGSTOP)
    await asyncio.sleep(seconds)
    scene.sandbox.signal_server(name, signal.SIGCONT)
    return Struck(name, detail=f"for {seconds:.1f} s")


async def broker_lost(scene: Scene) -> Struck:
    """One of three is gone; recovery is that of the remaining two, while it is still away."""
    name = scene.chance.choice(scene.sandbox.broker_names())
    child = await scene.sandbox.take_away(name, at_once=True)
    asyncio.get_running_loop().call_later(scene.chance.uniform(*AWAY_S), scene.sandbox.give_back, child)
    return Struck(name)

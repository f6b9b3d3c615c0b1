"""Postgres killed, paused, one of its sessions killed, or an older backup put in its place.

A backup forgets what happened since: rows of projections come back from the log at takeover; idempotency keys
(`durable.http_key`) do not. The vault, whose keys no log has, is not part of it, as docs/operations.md asks. A retry
under a forgotten key still finds the result of its command, for that is projected from events; what is lost is the
check that it carries the same payload.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
from typing import Final

import psutil

from meterlog.chaos.faults.fault import Missed, Scene, Struck
from meterlog.chaos.sandbox import POSTGRES

PAUSE_S: Final = (1.0, 9.0)


async def postgres_killed(scene: Scene) -> Struck:
    """SIGKILL to the postmaster; started again, it recovers from its own log."""
    scene.sandbox.signal_server(POSTGRES, signal.SIGKILL)
    await asyncio.sleep(0.3)
    await scene.sandbox.until_servers_answer()
    return Struck(POSTGRES)


async def session_killed(scene: Scene) -> Struck:
    """SIGKILL to one backend: Postgres ends all sessions and recovers."""
    sessions = [p for p in scene.sandbox.server_processes(POSTGRES) if "meterlog_" in _called(p)]
    if not sessions:
        raise Missed("nobody is connected")
    with contextlib.suppress(psutil.NoSuchProcess):
        scene.chance.choice(sorted(sessions, key=lambda p: p.pid)).send_signal(signal.SIGKILL)
    await asyncio.sleep(0.3)
    await scene.sandbox.until_servers_answer()
    return Struck(POSTGRES)


async def postgres_paused(scene: Scene) -> Struck:
    """Postmaster and sessions stand still for some seconds."""
    seconds = scene.chance.uniform(*PAUSE_S)
    family = scene.sandbox.server_processes(POSTGRES)
    for number in (signal.SIGSTOP, signal.SIGCONT):
        for process in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(number)
        await asyncio.sleep(seconds if number is signal.SIGSTOP else 0)
    return Struck(POSTGRES, detail=f"for {seconds:.1f} s")


async def postgres_restored(scene: Scene) -> Struck:
    """The files as they were at an earlier moment, in the place of those of today."""
    await scene.sandbox.restore()
    return Struck(POSTGRES)


def _called(process: psutil.Process) -> str:
    """What a backend calls itself: it names its database."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""

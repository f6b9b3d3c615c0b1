"""Kill or stop a service at one of its named points.

    await crash("committed", "rating", "kill")(scene)

The point is armed, then the service is given something to do until it gets there. Points of the takeover are reached by
killing the owner; the one inside the replay needs something to replay, so the owner is first killed with the log ahead
of Postgres. Timers come with the months.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
from pathlib import Path
from typing import Final

import psutil

from meterlog.chaos.faults.fault import DECIDING, Fault, Missed, Scene, Struck, affected_by
from meterlog.chaos.probes import INTAKE
from shared.engine.failpoints import INTAKE_POINTS, POINTS, PROJECTOR_POINTS

LOOK_S: Final = 0.02
POKE_EVERY_S: Final = 0.5
# Timers fall due once a month, and a month takes some seconds undisturbed and up to minutes disturbed.
DEADLINE_S: Final = 120.0


def services_of(point: str) -> tuple[str, ...]:
    """The processes that pass a point.

    >>> services_of("projector_applied"), services_of("intake_sent"), services_of("timers_due")
    (('reporting',), ('usage',), ('rating',))
    """
    if point in PROJECTOR_POINTS:
        return ("reporting",)
    if point in INTAKE_POINTS:
        return ("usage",)
    if point.startswith("timers_"):
        return ("rating",)
    return DECIDING


def crash(point: str, service: str, what: str) -> Fault:
    """`what` is `kill` or `stop`."""
    assert point in POINTS and service in services_of(point), (point, service)

    async def strike(scene: Scene) -> Struck:
        file = scene.sandbox.points / f"{service}.{point}"
        file.write_text(what)
        poking = asyncio.create_task(_keep_busy(scene, point, service))
        try:
            await _lead_to(scene, point, service)
            await _until_gone(file)
        except TimeoutError:
            raise Missed(f"{service} did not come to {point} within {DEADLINE_S:.0f} s") from None
        finally:
            file.unlink(missing_ok=True)
            poking.cancel()
            await asyncio.wait([poking])
        detail = ""
        if what == "stop":
            least, most = scene.pace.stop_s
            seconds = scene.chance.triangular(least, most, least)
            await let_go(scene, service, seconds)
            detail = f"for {seconds:.1f} s"
        return Struck(service, affected_by(service), detail)

    return strike


async def let_go(scene: Scene, service: str, seconds: float) -> None:
    """Wait until a service has stopped, and let it go on some seconds later."""
    try:
        async with asyncio.timeout(10):
            while not _stopped(scene.sandbox.stack.pids().get(service)):
                await asyncio.sleep(LOOK_S)
    except TimeoutError:
        raise Missed(f"{service} did not stop") from None
    await asyncio.sleep(seconds)
    scene.sandbox.stack.send(service, signal.SIGCONT)


async def _lead_to(scene: Scene, point: str, service: str) -> None:
    """For points that are not on the way of an input."""
    if point == "takeover_replaying":
        before = scene.sandbox.points / f"{service}.committed"
        before.write_text("kill")
        try:
            await _until_gone(before)
        finally:
            before.unlink(missing_ok=True)
    elif point.startswith("takeover_") or point == "projector_positioned":
        scene.sandbox.stack.send(service, signal.SIGKILL)


async def _until_gone(file: Path) -> None:
    async with asyncio.timeout(DEADLINE_S):
        while file.exists():
            await asyncio.sleep(LOOK_S)


async def _keep_busy(scene: Scene, point: str, service: str) -> None:
    while True:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(POKE_EVERY_S * 10):
                await scene.probes.poke(INTAKE if point in INTAKE_POINTS else service)
        await asyncio.sleep(POKE_EVERY_S)


def _stopped(pid: int | None) -> bool:
    if pid is None:
        return False
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_STOPPED)
    except psutil.NoSuchProcess:
        return False

"""No room left, for Kafka or for Postgres.

A file system of our own would need root. What needs none is a limit on the size of a process's files (RLIMIT_FSIZE): a
write beyond it fails as one to a full disk does, with EFBIG in the place of ENOSPC, and both servers take either for a
failure of their storage. The limit is put on the running server and on whatever is started in its place, for some
seconds; then there is room again.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import time
from typing import Final

import psutil

from meterlog.chaos.faults.fault import Scene, Struck
from meterlog.chaos.sandbox import POSTGRES

FULL_S: Final = (1.0, 5.0)
LIMIT_BYTES: Final = 4096
LOOK_S: Final = 0.05


async def kafka_disk_full(scene: Scene) -> Struck:
    """The broker gives its only log directory up and ends."""
    return await _full(scene, scene.chance.choice(scene.sandbox.broker_names()))


async def postgres_disk_full(scene: Scene) -> Struck:
    """Postgres can't write its log, panics, and recovers once there is room."""
    return await _full(scene, POSTGRES)


async def _full(scene: Scene, server: str) -> Struck:
    seconds = scene.chance.uniform(*FULL_S)
    until = time.monotonic() + seconds
    limited: set[psutil.Process] = set()
    try:
        while time.monotonic() < until:
            # What a limited process starts is limited with it: these are the others.
            for process in scene.sandbox.server_processes(server):
                if process not in limited:
                    _limit(process, str(LIMIT_BYTES))
                    limited.add(process)
            await asyncio.sleep(LOOK_S)
    finally:
        for process in scene.sandbox.server_processes(server):
            _limit(process, "unlimited")
    await scene.sandbox.until_servers_answer()
    return Struck(server, detail=f"for {seconds:.1f} s")


def _limit(process: psutil.Process, limit: str) -> None:
    """Set the soft limit, as the user whose process it is: another user's needs a capability that even root may lack.

    A process that has ended meanwhile has no limit any more.
    """
    try:
        user, group = process.uids().real, process.gids().real
    except psutil.NoSuchProcess:
        return
    other = {} if user == os.geteuid() else {"user": user, "group": group, "extra_groups": []}
    command = ["prlimit", "--pid", str(process.pid), f"--fsize={limit}:"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, **other)  # type: ignore[call-overload]
    if done.returncode != 0 and _lives(process):
        raise OSError(f"{' '.join(command)}: {done.stderr.strip()}")


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False

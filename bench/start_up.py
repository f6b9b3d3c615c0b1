"""How long `meterlog up` takes to be ready, new and with the data of before, and what it needs while idle.

    meterlog bench start-up [--idle-s 60] [--json]
    new 9.1 s, again 5.2 s; idle 1,020 MB and 3.1 % of a core

Ready is what `/readyz` of the entry says, which asks every service. Memory is what the processes have of their own and
their share of what they have in common (PSS), Kafka and Postgres included; the processor time of the idle stack is
counted once it has been ready for a while.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import httpx
import psutil

from bench.command import free_port
from bench.servers import BenchFailed

READY_WITHIN_S: Final = 180
SETTLE_S: Final = 30


async def measure(*, idle_s: int) -> dict[str, Any]:
    """Starts an installation twice in a directory that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="meterlog-bench-", ignore_cleanup_errors=True) as name:
        new_s, _ = await _started(Path(name), idle_s=0)
        again_s, idle = await _started(Path(name), idle_s=idle_s)
    return {"new_s": new_s, "again_s": again_s, **idle, "idle_s": idle_s}


async def _started(directory: Path, *, idle_s: int) -> tuple[float, dict[str, Any]]:
    port = free_port()
    words = [sys.executable, "-m", "meterlog.cli.main", "up", "--data-dir", str(directory), "--port", str(port)]
    began = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        *words, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        await _until_ready(port, process)
        ready_s = round(time.monotonic() - began, 2)
        idle = await _idle(psutil.Process(process.pid), idle_s) if idle_s else {}
        return ready_s, idle
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _until_ready(port: int, process: asyncio.subprocess.Process) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        deadline = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < deadline:
            if process.returncode is not None:
                raise BenchFailed(f"meterlog up ended with code {process.returncode}")
            try:
                if (await client.get(f"http://127.0.0.1:{port}/readyz")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.05)
    raise BenchFailed(f"not ready within {READY_WITHIN_S} s")


async def _idle(root: psutil.Process, seconds: int) -> dict[str, Any]:
    await asyncio.sleep(SETTLE_S)
    before = _spent(root)
    await asyncio.sleep(seconds)
    return {
        "idle_percent_of_a_core": round((_spent(root) - before) / seconds * 100, 2),
        "idle_memory_mb": round(sum(one.memory_full_info().pss for one in _all(root)) / 1e6),
    }


def _all(root: psutil.Process) -> list[psutil.Process]:
    return [root, *root.children(recursive=True)]


def _spent(root: psutil.Process) -> float:
    """Seconds of processor time, with that of children that have ended."""
    times = [one.cpu_times() for one in _all(root)]
    return sum(t.user + t.system + t.children_user + t.children_system for t in times)


def sentence(figures: dict[str, Any]) -> str:
    return (
        f"new {figures['new_s']} s, again {figures['again_s']} s; idle {figures['idle_memory_mb']:,} MB "
        f"and {figures['idle_percent_of_a_core']} % of a core"
    )

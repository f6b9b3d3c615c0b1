"""The simulator as the process it is, started once and asked for one month after the other.

async with Equipment(world, settings) as equipment:
    await equipment.publish(date(2026, 8, 1))                # 20257 records, all acknowledged
    await equipment.publish(date(2026, 8, 1), late=True)     # 24: those that arrive after the month was closed
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from datetime import date
from types import TracebackType
from typing import Self

from meterlog.demo.world import World
from shared.engine.settings import Settings


class SimulatorEnded(Exception):
    """The simulator's process is gone; its own message is on stderr."""


class Equipment:
    """Runs between `async with`; requests one at a time."""

    def __init__(self, world: World, settings: Settings) -> None:
        self._world = world
        self._settings = settings
        self._process: asyncio.subprocess.Process

    async def __aenter__(self) -> Self:
        command = [
            *(sys.executable, "-m", "meterlog.demo.simulator"),
            *("--seed", str(self._world.seed), "--customers", str(len(self._world.customers))),
            *("--months", ",".join(month.isoformat() for month in self._world.months)),
        ]
        pipe = asyncio.subprocess.PIPE
        environment = connected(self._settings)
        self._process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, env=environment)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()

    async def publish(self, month: date, *, late: bool = False) -> int:
        """How many records were published. Raises `SimulatorEnded`."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{month}{' late' if late else ''}\n".encode())
        answer = await self._process.stdout.readline()
        if not answer:
            raise SimulatorEnded(f"the simulator ended with {await self._process.wait()}")
        return int(json.loads(answer)["published"])


def connected(settings: Settings) -> dict[str, str]:
    """The environment of a process that publishes to this installation."""
    return {
        **os.environ,
        "METERLOG_ENV": settings.env,
        "METERLOG_PARTITIONS": str(settings.partitions),
        "KAFKA_BOOTSTRAP_SERVERS": settings.kafka_bootstrap_servers or "",
    }

"""A real device joins: `meterlog agent` publishes this machine's own interface counters for one customer's line,
live.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime

from meterlog.demo.client import Client
from meterlog.demo.equipment import connected
from meterlog.demo.story import Story
from shared.engine.settings import Settings

RESOURCE = "ifindex:this-machine/0"
READINGS = 3
INTERVAL_S = 0.5


async def join(story: Story, client: Client, settings: Settings) -> int:
    """Assign the machine's interface to the first customer, publish readings, return how many were accepted."""
    since = datetime.now(UTC)
    await client.post("/v1/resources", {"id": RESOURCE}, key=RESOURCE)
    await story.assign(story.world.customers[0], RESOURCE, since.replace(microsecond=0))
    command = [
        *(sys.executable, "-m", "meterlog.cli.main", "agent"),
        *("--resource", RESOURCE, "--source", "this-machine"),
        *("--interval", str(INTERVAL_S), "--count", str(READINGS)),
    ]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.DEVNULL, env=connected(settings))
    if await process.wait() != 0:
        raise RuntimeError(f"the agent ended with {process.returncode}")
    return await _arrived(client)


async def _arrived(client: Client) -> int:
    for _ in range(200):
        page = await client.get("/v1/usage/records", resource=RESOURCE, limit=1)
        if page["total"] >= READINGS:
            break
        await asyncio.sleep(0.05)
    return int(page["total"])

"""The whole demo, from an empty directory to a printed result, on a running stack."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from meterlog.cli.keys import make_key
from meterlog.demo import device, report
from meterlog.demo.client import Client
from meterlog.demo.dunned import dun
from meterlog.demo.equipment import Equipment
from meterlog.demo.story import Story
from meterlog.demo.world import World, months_before
from shared.embedded.stack import Stack

EMAIL = "admin@demo.example"
MONTHS = 3


@dataclass(frozen=True)
class Played:
    """What a visitor needs to look around, and what was found."""

    report: report.Report
    admin_key: str
    email: str
    password: str


def clear(directory: Path) -> None:
    """The demo starts fresh; what the servers downloaded lives elsewhere and stays."""
    shutil.rmtree(directory, ignore_errors=True)


async def play(stack: Stack, *, seed: int, customers: int, say: Callable[[str], None]) -> Played:
    """Live the three months that ended a few days ago, then let this machine join."""
    password = secrets.token_hex(8)
    key = (await make_key(stack.settings.postgres_dsn_of("reporting"), "admin", "demo"))["key"]
    world = World.drawn(seed=seed, customers=customers, months=months_before(datetime.now(UTC).date(), MONTHS))
    client = Client(stack.base_url, key)
    try:
        await client.post("/v1/users", {"email": EMAIL, "password": password, "role": "admin"}, key="admin")
        async with Equipment(world, stack.settings) as equipment:
            story = Story(world, equipment, client, say)
            await story.open_shop()
            *months, last = world.months
            for month in months:
                await story.live_through(month)
            await story.live_through_last(last)
        await story.return_to_the_present()
        agent_records = await device.join(story, client, stack.settings)
        say(f"this machine joined as a device: {agent_records} readings")
        await dun(client, world, say)
        found = await report.gather(
            client,
            world,
            base_url=stack.base_url,
            env=stack.settings.env,
            kafka=stack.settings.kafka_bootstrap_servers or "",
            agent_records=agent_records,
        )
        return Played(found, key, EMAIL, password)
    finally:
        await client.close()

"""The clock jumps: forward by up to six hours, in one step and under load. Backwards it is refused.

What jumps is the test clock, which every process follows. The machine's own clock can't be moved without root, and
processes have no offset of their own: it decides only when an interactive command has waited too long.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final

from meterlog.chaos.faults.fault import Missed, Scene, Struck
from meterlog.demo.client import Client, Refused
from shared.kernel.envelope import format_instant, parse_instant

MOMENT_DEADLINE_S: Final = 60.0


async def clock_jump(scene: Scene) -> Struck:
    """As far as the months allow at this moment."""
    client = Client(scene.sandbox.stack.base_url, scene.sandbox.key)
    try:
        async with asyncio.timeout(MOMENT_DEADLINE_S):
            return await _jump(scene, client)
    except TimeoutError:
        raise Missed("the clock was being moved all the time") from None
    finally:
        await client.close()


async def _jump(scene: Scene, client: Client) -> Struck:
    while True:
        limit = scene.months.jump_until
        if limit is not None:
            now = parse_instant((await client.get("/v1/clock"))["now"])
            to = now + (limit - now) * scene.chance.uniform(0.1, 0.9)
            try:
                # The story may have begun to move the clock itself: then this is refused, and tried again.
                if limit > now and limit == scene.months.jump_until:
                    await client.put("/v1/clock", {"now": format_instant(to)})
                    await _refused_backwards(client, to - timedelta(hours=1))
                    return Struck("clock", detail=f"by {to - now}")
            except Refused:
                await asyncio.sleep(0.1)
        await asyncio.sleep(0.02)


async def _refused_backwards(client: Client, past: object) -> None:
    try:
        await client.put("/v1/clock", {"now": format_instant(past)})  # type: ignore[arg-type]
    except Refused:
        return
    raise AssertionError(f"the clock went back to {past}")

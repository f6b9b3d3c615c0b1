"""Long work gives the loop its turn, and short work costs no turn."""

from __future__ import annotations

import asyncio

from shared.engine.loop_yield import LoopYield


async def test_others_have_their_turn_once_the_time_has_gone_by() -> None:
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    beside = asyncio.create_task(other())
    patient, eager = LoopYield(after_s=3600), LoopYield(after_s=-1)
    for _ in range(5):
        await patient.due()
    assert turns == 0
    for _ in range(5):
        await eager.due()
    assert turns == 5
    beside.cancel()

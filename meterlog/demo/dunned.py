"""What a visitor sees of dunning: customers who never paid, one of them blocked, one with a promise, one on hold.

    await dun(client, world, say)

Done at the present, when the months are over: cases open at once for what is owed since then, and the next step of one
is taken by hand, for a visitor does not wait a week. Nothing costs anything, so every figure of the months stays.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from meterlog.demo.client import Client, together
from meterlog.demo.world import World

DEBTORS_MAX: Final = 6
POLICY_ID: Final = "standard"
_POLICY: Final[dict[str, Any]] = {
    "id": POLICY_ID,
    "name": "Standard",
    "minimums": [{"amount": "5.00", "currency": "EUR"}],
    "steps": [
        {"name": "Reminder", "after_days": 3},
        {"name": "Block", "after_days": 10, "service": {"access": "blocked"}},
        {"name": "Agency", "after_days": 45, "collection": True},
    ],
}
_WITHIN_S: Final = 30.0
_LOOK_EVERY_S: Final = 0.2


async def dun(client: Client, world: World, say: Callable[[str], None]) -> None:
    """Where nobody owes anything, there is nothing to see."""
    names = [customer.account_id for customer in world.customers if customer.pays == "not"][:DEBTORS_MAX]
    if not names:
        return
    await client.post(
        "/v1/network-elements", {"id": "nas-1", "driver": "simulated", "address": "lose=1000"}, key="nas-1"
    )
    await client.post("/v1/dunning/policies", _POLICY, key="dunning")
    await together(client.put(f"/v1/accounts/{name}/dunning", {"policy_id": POLICY_ID}) for name in names)
    cases = await _cases(client, len(names))
    blocked, *others = cases
    await client.post(f"/v1/dunning/cases/{blocked['id']}/advance", {"step": blocked["step"]}, key="dunning-advance")
    if others:
        pay_by = (datetime.now(UTC).date() + timedelta(days=7)).isoformat()
        promise = {"account_id": others[0]["account_id"], "pay_by": pay_by, "note": "by phone"}
        await client.post("/v1/promises", promise, key="dunning-promise")
    if len(others) > 1:
        pause = {"reason": "a complaint is being checked"}
        await client.post(f"/v1/dunning/cases/{others[1]['id']}/pause", pause, key="dunning-pause")
    say(f"{len(cases)} customers who never paid are dunned, one of them is blocked")


async def _cases(client: Client, count: int) -> list[dict[str, Any]]:
    """The cases of those who owe, once there are so many or there come no more."""
    deadline = asyncio.get_running_loop().time() + _WITHIN_S
    while True:
        page = await client.get("/v1/dunning/cases", status="open", sort="since", limit=count)
        found: list[dict[str, Any]] = page["items"]
        if len(found) >= count or (found and asyncio.get_running_loop().time() > deadline):
            return found
        await asyncio.sleep(_LOOK_EVERY_S)

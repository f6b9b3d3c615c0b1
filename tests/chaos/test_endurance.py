"""Time-outs of clients and broker turned down to seconds, and nothing happens for longer than any of them.

The long form, with the time-outs of production, is a command: `meterlog bench endurance --idle-s 1800`.
"""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from meterlog.chaos.endurance import IDLE_S_IMPATIENT, endure, idle, impatient_ground
from meterlog.chaos.ground import Ground
from meterlog.chaos.story import PatientClient
from meterlog.cli.status import _ask, _report

pytestmark = [pytest.mark.servers, pytest.mark.slow]

CUSTOMERS = 12
PATIENCE_S = 60.0


async def test_after_a_while_of_nothing_a_month_is_billed_and_who_stands_still_is_named(data_dir: Path) -> None:
    async with impatient_ground(data_dir / "ground") as ground:
        endured = await endure(ground, idle_s=IDLE_S_IMPATIENT, rounds=1, customers=CUSTOMERS, say=print)
        assert endured.well, json.dumps(endured.figures(), indent=1)
        assert await idle(ground, IDLE_S_IMPATIENT) == []
        await _an_account_is_opened_and_shown(ground)
        await _a_frozen_service_is_named(ground, "rating")


async def _an_account_is_opened_and_shown(ground: Ground) -> None:
    client = PatientClient(ground.stack.base_url, ground.key)
    try:
        account = {"id": "late", "name": "Late", "currency": "EUR", "cycle_id": "monthly", "tax_rate": "20"}
        await client.post("/v1/accounts", account, key="late")

        async def customers() -> list[str]:
            found = await client.get("/v1/customer-configs", limit=100)
            return [item["account_id"] for item in found["items"]]

        await _until(customers, lambda found: "late" in found)
    finally:
        await client.close()


async def _a_frozen_service_is_named(ground: Ground, service: str) -> None:
    headers = {"Authorization": f"Bearer {ground.key}"}
    async with httpx.AsyncClient(base_url=ground.stack.base_url, headers=headers, timeout=20) as api:

        async def readiness() -> tuple[int, dict[str, Any]]:
            answer = await api.get("/readyz")
            return answer.status_code, answer.json()["services"]

        async def attention() -> list[dict[str, Any]]:
            items = (await api.get("/v1/overview/attention")).json()["items"]
            return [named for item in items for named in item.get("services") or () if named["name"] == service]

        ground.stack.send(service, signal.SIGSTOP)
        try:
            await _until(lambda: readiness(), lambda seen: seen[0] == 503 and not seen[1][service]["ready"])
            report = _report(ground.settings, {}, *await _ask(ground.settings))
            seen = {item["name"]: item for item in report["services"]}
            assert not report["ready"] and not seen[service]["ready"]
            assert service in seen[service]["detail"] and seen[service]["lag"] is not None
            health = {item["name"]: item for item in (await api.get("/v1/health/services")).json()["items"]}
            assert not health[service]["ready"]
            await _until(attention, bool)
        finally:
            ground.stack.send(service, signal.SIGCONT)
        await _until(lambda: readiness(), lambda seen: seen[0] == 200)
        assert await attention() == []


async def _until(ask: Callable[[], Any], holds: Callable[[Any], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not holds(await ask()):
            await asyncio.sleep(0.2)

"""Time-outs of clients and broker turned down to seconds, and nothing happens for longer than any of them.

The long form, with the time-outs of production, is a command: `meterlog bench endurance --idle-s 1800`.
"""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import httpx
import pytest

from meterlog.chaos.endurance import IDLE_S_IMPATIENT, endure, idle, impatient_sandbox
from meterlog.chaos.sandbox import Sandbox
from meterlog.chaos.story import PatientClient
from meterlog.cli.status import _ask, _report
from tests.kit.waiting import until

pytestmark = [pytest.mark.servers, pytest.mark.slow]

CUSTOMERS = 12


async def test_after_a_while_of_nothing_a_month_is_billed_and_who_stands_still_is_named(data_dir: Path) -> None:
    async with impatient_sandbox(data_dir / "sandbox") as sandbox:
        endured = await endure(sandbox, idle_s=IDLE_S_IMPATIENT, rounds=1, customers=CUSTOMERS, say=print)
        assert endured.well, json.dumps(endured.figures(), indent=1)
        assert await idle(sandbox, IDLE_S_IMPATIENT) == []
        await _an_account_is_opened_and_shown(sandbox)
        await _a_frozen_service_is_named(sandbox, "rating")


async def _an_account_is_opened_and_shown(sandbox: Sandbox) -> None:
    client = PatientClient(sandbox.stack.base_url, sandbox.key)
    try:
        account = {"id": "late", "name": "Late", "currency": "EUR", "cycle_id": "monthly", "tax_rate": "20"}
        await client.post("/v1/accounts", account, key="late")

        async def customers() -> list[str]:
            found = await client.get("/v1/customer-configs", limit=100)
            return [item["account_id"] for item in found["items"]]

        await until(customers, lambda found: "late" in found)
    finally:
        await client.close()


async def _a_frozen_service_is_named(sandbox: Sandbox, service: str) -> None:
    headers = {"Authorization": f"Bearer {sandbox.key}"}
    async with httpx.AsyncClient(base_url=sandbox.stack.base_url, headers=headers, timeout=120) as api:

        async def readiness() -> tuple[int, dict[str, Any]]:
            answer = await api.get("/readyz")
            return answer.status_code, answer.json()["services"]

        async def attention() -> list[dict[str, Any]]:
            items = (await api.get("/v1/overview/attention")).json()["items"]
            return [named for item in items for named in item.get("services") or () if named["name"] == service]

        sandbox.stack.send(service, signal.SIGSTOP)
        try:
            await until(
                lambda: readiness(),
                lambda seen: seen[0] == 503 and not seen[1][service]["ready"],
            )
            report = _report(sandbox.settings, {}, *await _ask(sandbox.settings))
            seen = {item["name"]: item for item in report["services"]}
            assert not report["ready"] and not seen[service]["ready"]
            assert service in seen[service]["detail"] and seen[service]["lag"] is not None
            health = {item["name"]: item for item in (await api.get("/v1/health/services")).json()["items"]}
            assert not health[service]["ready"]
            await until(attention, bool)
        finally:
            sandbox.stack.send(service, signal.SIGCONT)
        await until(lambda: readiness(), lambda seen: seen[0] == 200)
        assert await attention() == []

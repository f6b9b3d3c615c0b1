"""A cycle that is run by itself, as a process on real Kafka and Postgres that is killed while it waits."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.kit.servers import Servers, fresh_environment
from tests.services.invoicing.test_service import drafted
from tests.services.processes import Services, clock_is, running

pytestmark = pytest.mark.servers


async def runs_of(services: Services, cycle: str, *, count: int) -> list[dict[str, Any]]:
    """The runs of a cycle once there are so many and all are through."""
    async with asyncio.timeout(60):
        while True:
            try:
                answer = await services.invoicing.get(f"/v1/billing-runs?cycle_id={cycle}&sort=target_date")
                runs: list[dict[str, Any]] = answer.json()["items"] if answer.status_code == 200 else []
            except httpx.TransportError:
                runs = []
            if len(runs) >= count and all(run["status"] == "completed" for run in runs):
                return runs
            await asyncio.sleep(0.1)


async def test_a_cycle_is_run_by_itself_after_its_period_ends_and_after_a_restart_R12(
    servers: Servers, tmp_path: Path
) -> None:
    async with fresh_environment(servers, tmp_path) as environment:
        settings = environment.settings.model_copy(update={"test_clock": True})
        async with running(settings, "invoicing") as services:
            await clock_is(settings, now=datetime(2026, 9, 20, 12, tzinfo=UTC))
            await drafted(services, "auto-1", "auto-2", cycle="c-auto")
            answer = await services.invoicing.put("/v1/automatic-runs/c-auto", json={"delay_hours": 6})
            assert (answer.status_code, answer.json()["period_end"]) == (200, "2026-10-01"), answer.text
            process = services.processes["invoicing"]
            await process.kill()
            await clock_is(settings, now=datetime(2026, 11, 2, tzinfo=UTC))
            await process.start()
            runs = await runs_of(services, "c-auto", count=2)
            assert [(run["target_date"], run["invoices"]) for run in runs] == [("2026-10-01", 2), ("2026-11-01", 0)]
            assert {run["scope"]["cycle_id"] for run in runs} == {"c-auto"}
            shown = (await services.invoicing.get("/v1/automatic-runs/c-auto")).json()
            assert (shown["period_end"], shown["last_run_id"]) == ("2026-12-01", runs[1]["id"])
            assert (await services.invoicing.delete("/v1/automatic-runs/c-auto")).status_code == 204
            assert (await services.invoicing.get("/v1/automatic-runs/c-auto")).status_code == 404

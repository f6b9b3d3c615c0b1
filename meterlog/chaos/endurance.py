"""Nothing happens for a long while; then a month is billed as if nothing had been.

    endured = await endured_from_nothing(idle_s=1800, rounds=2, impatient=False, say=print)
    endured.well

Before each month. While nothing happens the entry is asked again and again whether all
is ready. `impatient` turns the time-outs of clients and broker down to seconds, so that a few seconds outlast them all:
idle connections to Kafka, Postgres and between processes, metadata, and the broker's memory of producers that are
silent (a day in production).
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx

from meterlog.chaos.probes import EVERYTHING, Probes
from meterlog.chaos.sandbox import Sandbox
from meterlog.chaos.story import Feed, Months, PatientClient, world_of
from shared.http.transport import Wire

ROUNDS: Final = 2
CUSTOMERS: Final = 24
Say = Callable[[str], None]
LOOK_EVERY_S: Final = 1.0

IMPATIENT: Final = {"connection_idle_s": 1.0, "metadata_age_s": 1.0, "standstill_s": 5.0}
IMPATIENT_BROKER: Final = {
    "connections.max.idle.ms": "2000",
    "producer.id.expiration.ms": "2000",
    "producer.id.expiration.check.interval.ms": "500",
}
IDLE_S_IMPATIENT: Final = 6.0
"""Longer than any of these, and than a look at them."""


@dataclass
class Endured:
    """What came of it. `unready`: what the entry said while nothing happened, if anything."""

    idle_s: float
    rounds: int
    seconds: float = 0.0
    months: int = 0
    records: int = 0
    invoices: int = 0
    unready: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def well(self) -> bool:
        return self.months == self.rounds and not self.unready and not self.missing

    def figures(self) -> dict[str, Any]:
        return {
            "idle_s": self.idle_s,
            "months": self.months,
            "records": self.records,
            "invoices": self.invoices,
            "unready": self.unready,
            "missing": self.missing,
            "seconds": round(self.seconds, 1),
            "well": self.well,
        }


@asynccontextmanager
async def impatient_sandbox(directory: Path, *, say: Say = lambda _line: None) -> AsyncIterator[Sandbox]:
    """An installation whose time-outs are seconds."""
    async with Sandbox(directory, changes=IMPATIENT, broker_settings=IMPATIENT_BROKER, say=say) as sandbox:
        yield sandbox


async def endured_from_nothing(*, idle_s: float, rounds: int, impatient: bool, say: Say) -> Endured:
    """On servers of its own, in a directory that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="meterlog-endurance-", ignore_cleanup_errors=True) as directory:
        place = Path(directory) / "sandbox"
        async with impatient_sandbox(place, say=say) if impatient else Sandbox(place, say=say) as sandbox:
            return await endure(sandbox, idle_s=idle_s, rounds=rounds, say=say)


def sentence(figures: dict[str, Any]) -> str:
    what = f"{figures['months']} months after {figures['idle_s']:.0f} s of nothing each: {figures['records']} records"
    problems = [*figures["unready"], *figures["missing"]]
    return f"{what}, {figures['invoices']} invoices; " + ("; ".join(problems[:5]) if problems else "all is well")


async def endure(
    sandbox: Sandbox, *, idle_s: float, say: Say, rounds: int = ROUNDS, seed: int = 7, customers: int = CUSTOMERS
) -> Endured:
    """Raises `NotRecovered` or `Refused` where something never came back."""
    began = time.monotonic()
    endured = Endured(idle_s, rounds)
    world = world_of(seed, customers)
    client = PatientClient(sandbox.stack.base_url, sandbox.key)
    probes = Probes(sandbox, world)
    try:
        async with Feed(world, sandbox.settings, sandbox.kafka, pause_s=0) as feed:
            months = Months(world, feed, client, say)
            await months.open_shop()
            for month in world.months[:rounds]:
                await probes.until_taken(EVERYTHING)
                say(f"nothing happens for {idle_s:.0f} s")
                endured.unready += await idle(sandbox, idle_s)
                await months.live_through(month)
                endured.months += 1
            endured.records = len(feed.records)
            await _count(client, customers, endured)
    finally:
        await probes.close()
        await client.close()
    endured.seconds = time.monotonic() - began
    return endured


async def idle(sandbox: Sandbox, idle_s: float) -> list[str]:
    """Let nothing happen; returns what the entry said where it was not ready meanwhile."""
    unready: list[str] = []
    async with httpx.AsyncClient(base_url=sandbox.stack.base_url, timeout=10, transport=Wire()) as client:
        until = time.monotonic() + idle_s
        while (left := until - time.monotonic()) > 0:
            await asyncio.sleep(min(LOOK_EVERY_S, left))
            answer = await client.get("/readyz")
            if answer.status_code != 200:
                unready.append(answer.text[:500])
    return unready


async def _count(client: PatientClient, customers: int, endured: Endured) -> None:
    """All of it is shown, and adds up."""
    statement = await client.get("/v1/proof/conservation")
    if not (statement["balanced"] and statement["settled"]):
        endured.missing.append(f"the statement is not settled: {statement['waiting_for']}")
    if statement["records_in"] != endured.records:
        endured.missing.append(f"{statement['records_in']} records of {endured.records}")
    page = await client.get("/v1/invoices", status=["issued", "void"], limit=1)
    endured.invoices = page["total"]
    if endured.invoices != customers * endured.months:
        endured.missing.append(f"{endured.invoices} invoices of {customers * endured.months}")

"""From a payment to the acknowledgement of the NAS that restores the line, on a whole installation.

    meterlog bench restore [--accounts 500] [--json]
    500 payments on an idle installation: restored after p50 310 ms, p95 480 ms, p99 620 ms
    500 more while 1,000 usage records a second come: p50 …

Accounts owe something since yesterday, and a policy blocks after a day: the test clock steps over the midnight, and the
NAS is told of each line. Then one payment after the other is asked for over HTTP, so many a second. A time runs from
before the request to the moment at which the NAS (RADIUS, RFC 5176, in this process) acknowledges the CoA that gives
the line its service again; the way is entry, payments, rating, usage, RADIUS. Once idle, and once with usage flowing.
No figure is printed before every line is restored, nobody has a case any more, and the system itself finds nobody who
has paid and is restricted. The goals are 5 s at the 95th percentile and 15 s at the 99th.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Protocol

import httpx

from bench.command import Latency
from bench.machine import machine
from bench.servers import BenchFailed
from meterlog.chaos.nas import OFF, SECRET, LossyNas, lossy_nas
from meterlog.chaos.sandbox import Sandbox
from meterlog.demo.client import Client, together
from shared.embedded.stack import Stack
from shared.engine.settings import Settings
from shared.http.transport import Wire

PAYMENTS_PER_S: Final = 10.0
RECORDS_PER_S: Final = 1000
PER_BODY: Final = 250
DEADLINE_S: Final = 180.0
GOALS_MS: Final = {"p95_ms": 5_000, "p99_ms": 15_000}
_NAME: Final = "restore"
_SET_UP: Final = "2026-03-01T08:00:00Z"
_DUE_ON: Final = date(2026, 3, 2)
_BLOCKED: Final = "2026-03-04T08:00:00Z"
_EUR: Final = {"amount": "30.00", "currency": "EUR"}
_POLICY: Final[dict[str, Any]] = {
    "id": _NAME,
    "name": "Bench",
    "steps": [{"name": "Block", "after_days": 1, "service": {"access": "blocked"}}],
}


class Whole(Protocol):
    """A running installation, and an admin's key to it."""

    @property
    def stack(self) -> Stack: ...
    @property
    def key(self) -> str: ...


@dataclass(frozen=True)
class _Scene:
    client: Client
    equipment: httpx.AsyncClient
    """Sends usage, which is acknowledged with 202."""
    nas: LossyNas
    names: Sequence[str]

    def blocked(self) -> int:
        return sum(line.state == OFF for name in self.names if (line := self.nas.lines.get(name)) is not None)


async def measure(*, accounts: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Both ways. Raises `BenchFailed` where a line is not restored."""
    with tempfile.TemporaryDirectory(prefix="meterlog-bench-", ignore_cleanup_errors=True) as directory:
        timeout_ms = Settings.model_fields["session_timeout_ms"].default
        async with Sandbox(Path(directory), session_timeout_ms=timeout_ms) as sandbox:
            return await measure_on(sandbox, accounts=accounts, say=say)


async def measure_on(whole: Whole, *, accounts: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Likewise, on an empty installation that runs."""
    async with lossy_nas(loses_every=0) as nas:
        client = Client(whole.stack.base_url, whole.key)
        headers = {"Authorization": f"Bearer {whole.key}"}
        equipment = httpx.AsyncClient(base_url=whole.stack.base_url, headers=headers, transport=Wire())
        try:
            scene = _Scene(client, equipment, nas, [f"{_NAME}-{n:05d}" for n in range(2 * accounts)])
            say(f"{2 * accounts:,} accounts sign up, owe, and are blocked")
            blocked_s = await _block(scene)
            say(f"{accounts:,} of them pay, {PAYMENTS_PER_S:g} a second, and nothing else happens")
            idle = await _pay(scene, scene.names[:accounts])
            say(f"the others pay while {RECORDS_PER_S:,} usage records a second come")
            async with _usage(scene) as sent:
                flowing = await _pay(scene, scene.names[accounts:])
                records = sent()
            await _check(scene)
        finally:
            await client.close()
            await equipment.aclose()
    return figures(idle, flowing, accounts, records=records, blocked_s=blocked_s)


def figures(idle: Latency, flowing: Latency, accounts: int, *, records: int, blocked_s: float) -> dict[str, Any]:
    return {
        **_percentiles(idle),
        **{f"flowing_{name}": value for name, value in _percentiles(flowing).items()},
        "accounts": accounts,
        "payments_per_s": PAYMENTS_PER_S,
        "records_while_flowing": records,
        "all_blocked_after_s": round(blocked_s, 1),
        "machine": machine(),
    }


def sentence(found: dict[str, Any]) -> str:
    def times(prefix: str) -> str:
        return ", ".join(f"{name} {found[f'{prefix}{name}_ms']} ms" for name in ("p50", "p95", "p99"))

    return (
        f"{found['accounts']:,} payments on an idle installation: restored at the NAS after {times('')}\n"
        f"{found['accounts']:,} more while {found['records_while_flowing']:,} usage records came: {times('flowing_')}"
    )


def _percentiles(found: Latency) -> dict[str, float]:
    """
    >>> _percentiles(Latency.of([0.001 * n for n in range(1, 101)]))
    {'p50_ms': 50.0, 'p95_ms': 95.0, 'p99_ms': 99.0, 'max_ms': 100.0}
    """
    return {f"p{percent}_ms": found.percentile(percent) for percent in (50, 95, 99)} | {"max_ms": found.percentile(100)}


async def _block(scene: _Scene) -> float:
    """Seconds from the step of the clock until the NAS has blocked every line."""
    client, post = scene.client, scene.client.post
    await client.put("/v1/clock", {"now": _SET_UP})
    cycle = {"id": _NAME, "name": _NAME, "frequency": "month", "anchor_day": 1, "time_zone": "Europe/Paris"}
    await post("/v1/billing-cycles", cycle, key=_NAME)
    profile = {"id": _NAME, "name": _NAME, "down_kbps": 100_000, "up_kbps": 100_000}
    await post("/v1/bandwidth-profiles", profile, key=_NAME)
    price = {"model": "per_unit", "meter": "data.octets", "unit_price": "1.00", "unit_size": "1000000000"}
    plan = {"id": _NAME, "name": _NAME, "currency": "EUR", "prices": [price], "bandwidth_profile_id": _NAME}
    await post("/v1/plans", plan, key=_NAME)
    await post(f"/v1/plans/{_NAME}/versions/1/publish", {"effective_from": "2020-01-01"}, key=f"publish/{_NAME}")
    element = {"id": _NAME, "driver": "radius_coa", "address": scene.nas.address, "vendor": "generic", "secret": SECRET}
    await post("/v1/network-elements", element, key=_NAME)
    await post("/v1/dunning/policies", _POLICY, key=_NAME)
    await client.put("/v1/dunning/settings", {"policy_id": _NAME})
    await together(_sign_up(client, name) for name in scene.names)
    began = time.monotonic()
    await post("/v1/clock/advance", {"to": _BLOCKED}, key="blocked")
    await _until(lambda: scene.blocked() == len(scene.names), lambda: f"{scene.blocked()} lines are blocked")
    return time.monotonic() - began


async def _sign_up(client: Client, name: str) -> None:
    account = {"id": name, "name": name, "currency": "EUR", "cycle_id": _NAME, "tax_rate": "0"}
    await client.post("/v1/accounts", account, key=name)
    line = {"id": name, "account_id": name, "plan_id": _NAME, "start": "2026-03-01"}
    await client.post("/v1/subscriptions", line, key=f"line/{name}")
    await client.post("/v1/resources", {"id": f"user:{name}"}, key=f"user/{name}")
    assigned = {"account_id": name, "subscription_id": name, "from": "2026-03-01T00:00:00Z"}
    await client.post(f"/v1/resources/user%3A{name}/assignments", assigned, key=f"assign/{name}")
    debit = {"direction": "debit", "amount": _EUR, "reason_code": "other", "due_on": _DUE_ON.isoformat()}
    await client.post(f"/v1/accounts/{name}/adjustments", debit, key=f"owe/{name}")


async def _pay(scene: _Scene, names: Sequence[str]) -> Latency:
    """Each at its moment, whatever becomes of the one before; a time counts from that moment."""
    began = time.monotonic()
    asked: dict[str, float] = {}

    async def pay(number: int, name: str) -> None:
        asked[name] = began + number / PAYMENTS_PER_S
        await asyncio.sleep(max(0.0, asked[name] - time.monotonic()))
        body = {"account_id": name, "amount": _EUR, "method": "bank_transfer", "received_on": "2026-03-04"}
        await scene.client.post("/v1/payments", body, key=f"pay/{name}")

    await asyncio.gather(*(pay(number, name) for number, name in enumerate(names)))
    lines = scene.nas.lines
    await _until(
        lambda: all(lines[n].state != OFF for n in names), lambda: f"{scene.blocked()} lines are still blocked"
    )
    return Latency.of([lines[name].answered_at - asked[name] for name in names])


@asynccontextmanager
async def _usage(scene: _Scene) -> AsyncIterator[Callable[[], int]]:
    """Within the block usage of all lines comes, so many records a second; how many came so far."""
    sent = 0

    async def report() -> None:
        nonlocal sent
        began = time.monotonic()
        while True:
            records = [_record(scene, sent + n) for n in range(PER_BODY)]
            answer = await scene.equipment.post("/v1/usage/records", json=records)
            if answer.status_code != 202:
                raise BenchFailed(f"POST /v1/usage/records: {answer.status_code} {answer.text[:300]}")
            sent += PER_BODY
            await asyncio.sleep(max(0.0, began + sent / RECORDS_PER_S - time.monotonic()))

    reporting = asyncio.create_task(report())
    try:
        await asyncio.sleep(2.0)
        yield lambda: sent
        if reporting.done():
            await reporting
    finally:
        reporting.cancel()


def _record(scene: _Scene, number: int) -> dict[str, Any]:
    resource = f"user:{scene.names[number % len(scene.names)]}"
    started_at = f"2026-03-04T07:{number % 60:02d}:00Z"
    ids = {"id": f"r{number}", "source": "bench", "resource": resource}
    return {**ids, "meter": "data.octets", "quantity": "1000000", "started_at": started_at}


async def _check(scene: _Scene) -> None:
    """Nobody has a case, and nobody who has paid is restricted by the word of the system. Raises `BenchFailed`."""
    left = {status: (await scene.client.get("/v1/dunning/cases", status=status, limit=1))["total"] for status in _LEFT}
    found = (await scene.client.get("/v1/overview/attention"))["items"]
    astray = {
        item["kind"]: item["count"] for item in found if item["kind"] in ("paid_and_restricted", "overdue_and_open")
    }
    if astray or left != {"open": 0, "promised": 0, "paused": 0, "cleared": len(scene.names)}:
        raise BenchFailed(f"cases are {left}, and the system finds {astray}")


_LEFT: Final = ("open", "promised", "paused", "cleared")


async def _until(holds: Callable[[], bool], told: Callable[[], str]) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not holds():
        if time.monotonic() > deadline:
            raise BenchFailed(f"{told()} after {DEADLINE_S:.0f} s")
        await asyncio.sleep(0.02)

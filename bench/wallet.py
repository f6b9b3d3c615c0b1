"""From a record that equipment publishes to the wallet that it is drawn from, on an idle installation.

    meterlog bench wallet [--records 30] [--json]

Everything `meterlog up` starts is there. A prepaid account is read over HTTP until what is available to it has moved:
by a record that comes on its own, and by one that comes while the account was looked at less than a second ago. The
goal is a 95th percentile of 5 s.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import httpx
from aiokafka import AIOKafkaProducer

from bench.command import Latency, free_port
from bench.servers import BenchFailed
from meterlog.cli.keys import make_key
from meterlog.installation import INSTALLATION, reported
from shared.embedded.stack import Stack
from shared.engine.settings import Settings

WARM_UP: Final = 5
ON_ITS_OWN_S: Final = 1.3
"""So long after the last look nothing has to wait for a pause to be over."""
DEADLINE_S: Final = 60.0
READ_S: Final = 0.02
PLAN: Final = {
    "id": "talk",
    "name": "Talk",
    "currency": "EUR",
    "prices": [{"model": "per_unit", "meter": "voice.seconds", "unit_price": "0.01"}],
}


async def measure(*, records: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="meterlog-bench-", ignore_cleanup_errors=True) as name:
        async with Stack(Settings(data_dir=Path(name), port=free_port()), INSTALLATION) as stack:
            key = (await make_key(stack.settings.postgres_dsn_of("reporting"), "admin", "bench"))["key"]
            headers = {"Authorization": f"Bearer {key}"}
            async with httpx.AsyncClient(base_url=stack.base_url, headers=headers, trust_env=False) as client:
                await _open(client)
                producer = AIOKafkaProducer(bootstrap_servers=stack.settings.kafka_bootstrap_servers)
                await producer.start()
                drawn = [await _drawn(client, producer, stack, n) for n in range(2 * (WARM_UP + records))]
                await producer.stop()
    drawn = drawn[2 * WARM_UP :]
    alone, soon = Latency.of(drawn[0::2]), Latency.of(drawn[1::2])
    figures = {"p50_ms": alone.percentile(50), "p95_ms": alone.percentile(95)}
    return {**figures, "soon_p50_ms": soon.percentile(50), "soon_p95_ms": soon.percentile(95), "n": records}


async def _open(client: httpx.AsyncClient) -> None:
    """A prepaid account with a line and money."""
    since = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    cycle = {"id": "monthly", "name": "Monthly", "frequency": "month", "anchor_day": 1, "time_zone": "UTC"}
    account = {"id": "bench", "name": "Bench", "currency": "EUR", "cycle_id": "monthly", "tax_rate": "0"}
    money = {"amount": "1000.00", "currency": "EUR"}
    paid = {"account_id": "bench", "amount": money, "method": "bank_transfer", "received_on": since}
    await _said(client, "POST", "/v1/billing-cycles", cycle)
    await _said(client, "POST", "/v1/plans", PLAN)
    await _said(client, "POST", "/v1/plans/talk/versions/1/publish", {"effective_from": since})
    await _said(client, "POST", "/v1/accounts", account)
    line = {"id": "bench-1", "account_id": "bench", "plan_id": "talk", "start": since}
    await _said(client, "POST", "/v1/subscriptions", line)
    await _said(client, "POST", "/v1/payments", paid)
    await _said(client, "PUT", "/v1/accounts/bench/payment-mode", {"mode": "prepaid"})
    await _until_available(client, None)


async def _drawn(client: httpx.AsyncClient, producer: AIOKafkaProducer, stack: Stack, n: int) -> float:
    """Seconds until a record is drawn; each second one comes right behind the one before."""
    if n % 2 == 0:
        await asyncio.sleep(ON_ITS_OWN_S)
    before = await _until_available(client, None)
    at = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
    record = {"id": f"w{n}", "source": "bench", "resource": "subscription:bench-1", "meter": "voice.seconds"}
    body = {**record, "quantity": "1", "started_at": at, "ended_at": at}
    began = time.perf_counter()
    await producer.send_and_wait(reported(stack.settings.env), json.dumps(body).encode())
    await _until_available(client, before)
    return time.perf_counter() - began


async def _until_available(client: httpx.AsyncClient, before: str | None) -> str:
    """What is available, once that is known and other than before."""
    deadline = time.monotonic() + DEADLINE_S
    while True:
        answer = await client.get("/v1/accounts/bench/exposure")
        found = answer.json()["available"] if answer.status_code == 200 else None
        if found is not None and found["amount"] != before:
            return str(found["amount"])
        if time.monotonic() > deadline:
            raise BenchFailed(f"available is still {before}: {answer.status_code} {answer.text[:300]}")
        await asyncio.sleep(READ_S)


async def _said(client: httpx.AsyncClient, method: str, path: str, body: dict[str, Any]) -> None:
    """Services hear of each other within moments; before that they refuse."""
    deadline = time.monotonic() + DEADLINE_S
    while (answer := await client.request(method, path, json=body)).status_code not in (200, 201):
        if time.monotonic() > deadline:
            raise BenchFailed(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
        await asyncio.sleep(0.2)


def sentence(figures: dict[str, Any]) -> str:
    return (
        f"a record on its own: p50 {figures['p50_ms']} ms, p95 {figures['p95_ms']} ms; "
        f"right behind another: p50 {figures['soon_p50_ms']} ms, p95 {figures['soon_p95_ms']} ms"
    )

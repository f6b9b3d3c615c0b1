"""Far more usage than the machine sustains, over Kafka and over HTTP, while people go on working.

    meterlog bench overload [--rate 500000] [--seconds 300] [--json]
    9,100,000 records published in 300 s, 1,200,000 taken over HTTP: 0 lost, all rated 250 s after the last
    commands meanwhile: p50 60.0 ms, p95 310.0 ms; most memory of a process 410 MB

Kafka is given `rate` records a second, or what it takes; HTTP bodies of a thousand records come from some clients that
wait as `Retry-After` tells them. Nothing is lost if exactly what was acknowledged is rated in the end. Commands are
payments through the entry, one after the other, each timed. `calm_p50_ms` is a command's time once everything is rated:
the product is back to normal by itself.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import httpx
import psutil

from bench.command import Latency
from bench.load import LINES, METER, resource_of
from bench.servers import BenchFailed
from bench.whole import Product, whole

BODIES_AT_ONCE: Final = 4
PER_BODY: Final = 1000
COMMAND_EVERY_S: Final = 0.25
CALM: Final = 50
WATCH_EVERY_S: Final = 1.0


@dataclass
class Seen:
    """What clients and the machine saw while it lasted."""

    commands_s: list[float] = field(default_factory=list)
    refused: Counter[int] = field(default_factory=Counter)
    """Answers other than 201 to commands."""
    answers: Counter[int] = field(default_factory=Counter)
    """To bodies of usage."""
    accepted: int = 0
    without_retry_after: int = 0
    memory_mb: dict[str, int] = field(default_factory=dict)
    """The most of each process."""


async def measure(*, rate: int, seconds: int) -> dict[str, Any]:
    """Raises `BenchFailed` where more records are rated than were acknowledged."""
    async with whole(lines=LINES) as product:
        await _until_paid(product)
        seen, numbers = Seen(), itertools.count(1)
        ends = time.monotonic() + seconds
        async with product.flowing(rate=rate, seconds=seconds) as flow:
            await asyncio.gather(
                *(_post(product, seen, numbers, ends) for _ in range(BODIES_AT_ONCE)),
                _work(product, seen, ends),
                _watch(product, seen, ends),
            )
        began = time.monotonic()
        watching = asyncio.create_task(_watch(product, seen, float("inf")))
        rated = await product.until_rated(flow.records + seen.accepted)
        watching.cancel()
        drained_s = time.monotonic() - began
        calm = Seen()
        await _work(product, calm, time.monotonic() + CALM * COMMAND_EVERY_S)
    busy, quiet = Latency.of(seen.commands_s), Latency.of(calm.commands_s)
    return {
        "lost": flow.records + seen.accepted - rated,
        "command_p50_ms": busy.percentile(50),
        "command_p95_ms": busy.percentile(95),
        "command_p99_ms": busy.percentile(99),
        "calm_p50_ms": quiet.percentile(50),
        "commands": len(seen.commands_s),
        "commands_refused": sum(seen.refused.values()),
        "records": flow.records + seen.accepted,
        "published": flow.records,
        "published_per_s": round(flow.records / flow.seconds),
        "taken_over_http": seen.accepted,
        "bodies_refused": sum(n for status, n in seen.answers.items() if status != 202),
        "refused_without_retry_after": seen.without_retry_after,
        "drained_s": round(drained_s, 1),
        "rss_mb_max": max(seen.memory_mb.values()),
        "rss_mb": seen.memory_mb,
        "answers": {str(status): n for status, n in sorted(seen.answers.items())},
        "seconds": seconds,
    }


async def _post(product: Product, seen: Seen, numbers: itertools.count[int], ends: float) -> None:
    """A client that waits when it is told to, and sends again what it has no answer to."""
    while time.monotonic() < ends:
        body = _body(next(numbers))
        while True:
            try:
                answer = await product.http.post("/v1/usage/records", content=body, headers=_JSON)
            except httpx.TransportError:
                await asyncio.sleep(0.5)
                continue
            seen.answers[answer.status_code] += 1
            if answer.status_code == 202:
                seen.accepted += PER_BODY
                break
            if "retry-after" not in answer.headers:
                seen.without_retry_after += 1
            await asyncio.sleep(float(answer.headers.get("retry-after", 1)))


_JSON: Final = {"content-type": "application/json"}


def _body(number: int) -> bytes:
    at = (datetime.now(UTC) - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    record = {"source": "collector-2", "meter": METER, "quantity": "1000", "started_at": at, "ended_at": at}
    ids = range(PER_BODY)
    return json.dumps([{**record, "id": f"h{number}-{n}", "resource": resource_of(n % LINES)} for n in ids]).encode()


async def _work(product: Product, seen: Seen, ends: float) -> None:
    """A clerk who books payments."""
    while time.monotonic() < ends:
        began = time.perf_counter()
        try:
            answer = await product.http.post("/v1/payments", json=_payment())
        except httpx.TransportError:
            seen.refused[0] += 1
            continue
        took = time.perf_counter() - began
        if answer.status_code == 201:
            seen.commands_s.append(took)
        else:
            seen.refused[answer.status_code] += 1
        await asyncio.sleep(max(0.0, COMMAND_EVERY_S - took))


def _payment() -> dict[str, Any]:
    money = {"amount": "10.00", "currency": "EUR"}
    today = datetime.now(UTC).date().isoformat()
    return {"account_id": "acc-0001", "amount": money, "method": "bank_transfer", "received_on": today}


async def _until_paid(product: Product) -> None:
    """Payments has heard of the account."""
    for _ in range(300):
        if (await product.http.post("/v1/payments", json=_payment())).status_code == 201:
            return
        await asyncio.sleep(0.2)
    raise BenchFailed("payments does not know the account")


async def _watch(product: Product, seen: Seen, ends: float) -> None:
    while time.monotonic() < ends:
        for name, pid in product.stack.pids().items():
            try:
                megabytes = round(psutil.Process(pid).memory_info().rss / 1e6)
            except psutil.NoSuchProcess:
                continue
            seen.memory_mb[name] = max(megabytes, seen.memory_mb.get(name, 0))
        await asyncio.sleep(WATCH_EVERY_S)


def sentence(figures: dict[str, Any]) -> str:
    return (
        f"{figures['published']:,} records published in {figures['seconds']} s, {figures['taken_over_http']:,} taken "
        f"over HTTP: {figures['lost']:,} lost, all rated {figures['drained_s']} s after the last\n"
        f"commands meanwhile: p50 {figures['command_p50_ms']} ms, p95 {figures['command_p95_ms']} ms; "
        f"most memory of a process {figures['rss_mb_max']:,} MB"
    )

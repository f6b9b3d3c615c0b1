"""From a record that equipment publishes to the account's unbilled spend, while usage flows.

    meterlog bench visible [--rate 30000] [--seconds 60] [--json]
    30,000 records/s: p50 210.0 ms, p95 480.0 ms, p99 900.0 ms

Everything `meterlog up` starts is there. One line of its own reports one record after another, while a thousand others
report at the rate; `GET /v1/accounts/{id}/unbilled` is read every 30 ms until it has the record. The rate is
about half of what the machine sustains.
"""

from __future__ import annotations

import asyncio
import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from aiokafka import AIOKafkaProducer

from bench.command import Latency
from bench.load import LINES, METER, resource_of
from bench.servers import BenchFailed
from bench.whole import Product, whole
from meterlog.installation import reported

# Whoever reads every 10 ms takes a tenth of the machine for the answers.
READ_S: Final = 0.03
WITHIN_S: Final = 60.0
WARM_UP_S: Final = 10.0
PAUSE_S: Final = 0.1
ACCOUNT: Final = f"acc-{LINES:04d}"
OCTETS: Final = 200_000_000_000
"""What a record of the line says: past its free tier each one moves the amount."""


async def measure(*, rate: int, seconds: int) -> dict[str, Any]:
    """The records of the first seconds are not counted."""
    async with whole(lines=LINES + 1, reporting=LINES) as product:
        producer = AIOKafkaProducer(bootstrap_servers=product.stack.settings.kafka_bootstrap_servers, acks="all")
        await producer.start()
        times: list[float] = []
        try:
            async with product.flowing(rate=rate, seconds=seconds + WARM_UP_S) as flow:
                began, number = time.monotonic(), 0
                while (passed := time.monotonic() - began) < seconds + WARM_UP_S:
                    took = await _seen(product, producer, number)
                    number += 1
                    if passed > WARM_UP_S and number > 1:
                        times.append(took)
                    await asyncio.sleep(PAUSE_S)
        finally:
            await producer.stop()
        published = flow.records + number
        if (found := await product.until_rated(published)) != published:
            raise BenchFailed(f"{found} records are rated where {published} were published")
    latency = Latency.of(times)
    kept = round(flow.records / flow.seconds)
    shown = {f"p{percent}_ms": latency.percentile(percent) for percent in (50, 95, 99)}
    return {**shown, "n": len(times), "records_per_s": kept, "records": published}


async def _seen(product: Product, producer: AIOKafkaProducer, number: int) -> float:
    """Seconds until the unbilled spend has moved; the first record only uses up what is free."""
    before = await _quantity(product)
    at = (datetime.now(UTC) - timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    record = {"id": f"seen-{number}", "source": "bench", "resource": resource_of(LINES), "meter": METER}
    body = {**record, "quantity": str(OCTETS), "started_at": at, "ended_at": at}
    settings = product.stack.settings
    began = time.perf_counter()
    await producer.send_and_wait(
        reported(settings.env), json.dumps(body).encode(), partition=number % settings.partitions
    )
    while await _quantity(product) == before:
        if time.perf_counter() - began > WITHIN_S:
            raise BenchFailed(f"record {number} is not in the unbilled spend after {WITHIN_S:.0f} s")
        await asyncio.sleep(READ_S)
    return time.perf_counter() - began


async def _quantity(product: Product) -> str:
    """What the account is said to have used, as it is written."""
    answer = await product.http.get(f"/v1/accounts/{ACCOUNT}/unbilled")
    if answer.status_code != 200:
        raise BenchFailed(f"unbilled: {answer.status_code} {answer.text[:300]}")
    return json.dumps([line.get("quantity") for line in answer.json()["lines"]])


def sentence(figures: dict[str, Any]) -> str:
    return (
        f"{figures['records_per_s']:,} records/s: p50 {figures['p50_ms']} ms, p95 {figures['p95_ms']} ms, "
        f"p99 {figures['p99_ms']} ms"
    )

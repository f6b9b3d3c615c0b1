"""The pipeline and the usage pages of the console before and after millions of records: what grows, what gets slower.

    meterlog bench growth [--millions 3] [--json]
    3.0 million records: 41,200 records/s at first, 40,900 at last; pages p95 38 ms, then 44
    bytes a record: Kafka 760, Postgres 690

All that `meterlog up` starts runs. Loads of a million records, of days up to now and with ids in the order of time, go
through one after the other, each measured from its first publish until rating and reporting have all of it; so every
load meets the tables that those before it have left. A smaller one before them is not counted. `kept` is the speed of
the last loads by that of the first ones: 0.9 where a tenth is lost. Pages are those of the console: the newest records,
those of an account, of a state and of a span, a record by its id, counts by hour and by day.

Bytes are those of tables with their indexes, and of the log's segments by topic, for each record that was added. A
million records take some 2 GB and, with two cores for everything, half a minute.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any, Final

import asyncpg

from bench.command import Latency
from bench.load import LINES, Shape, write_load
from bench.servers import BenchFailed, processor_seconds
from bench.whole import Product, whole
from meterlog.installation import reported
from shared.embedded.stack import Stack

LOAD: Final = 1_000_000
PER_MESSAGE: Final = 100
SOME: Final = 3
"""Loads at first and at last, whose medians are compared: a machine's own speed varies from one to the next."""
PAGE_READS: Final = 20
STALLED_S: Final = 120.0
DATABASES: Final = ("usage", "rating", "reporting")
_SIZES: Final = """
select c.relname, pg_total_relation_size(c.oid) as bytes
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'm') and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
"""
_SHOWN: Final = "select coalesce(sum(records), 0)::bigint from live.usage_hour where state = 'accepted'"


@dataclass
class Grown:
    """Databases that are looked at, and how many records are in them."""

    product: Product
    databases: dict[str, asyncpg.Connection[asyncpg.Record]]
    records: int = 0

    async def sizes(self) -> Counter[str]:
        """Bytes by `database.table` and by `kafka.topic`."""
        found: Counter[str] = Counter()
        for name, connection in self.databases.items():
            for row in await connection.fetch(_SIZES):
                found[f"{name}.{row['relname']}"] += row["bytes"]
        directory = self.product.stack.settings.data_dir / "kafka"
        for segment in directory.rglob("*.log"):
            topic = segment.parent.name.rpartition("-")[0]
            found[f"kafka.{topic.partition('.')[2] or topic}"] += segment.stat().st_blocks * 512
        return found


async def measure(
    *, millions: float, say: Callable[[str], None], lines: int = LINES, load: int = LOAD, kind: type[Stack] = Stack
) -> dict[str, Any]:
    """Loads of `load` records until there are so many millions. Raises `BenchFailed` where a count is not exact."""
    async with whole(lines=lines, kind=kind) as product:
        settings = product.stack.settings
        connections = {name: await asyncpg.connect(settings.postgres_dsn_of(name)) for name in DATABASES}
        try:
            grown = Grown(product, connections)
            await _through(grown, max(1, load // 4), lines)
            start, before = grown.records, await grown.sizes()
            early = await _pages(product)
            rates, spent = [], _cpu_s(product)
            for _ in range(max(2, round(millions * 1_000_000 / load))):
                rates.append(await _through(grown, load, lines))
                say(f"{grown.records:>12,} records: {rates[-1]:,} records/s")
            added = grown.records - start
            cpu = {name: round(1e6 * (s - spent[name]) / added, 2) for name, s in _cpu_s(product).items()}
            late = await _pages(product)
            bytes_each = _each(await grown.sizes() - before, added)
        finally:
            for connection in connections.values():
                await connection.close()
    return {**_figures(rates, early, late, bytes_each, grown.records), "cpu_us_per_record": cpu}


def _figures(
    rates: list[int],
    early: Mapping[str, Latency],
    late: Mapping[str, Latency],
    bytes_each: Mapping[str, float],
    records: int,
) -> dict[str, Any]:
    some = max(1, min(SOME, len(rates) // 2))
    first, last = round(median(rates[:some])), round(median(rates[-some:]))
    kafka = sum(size for name, size in bytes_each.items() if name.startswith("kafka."))
    return {
        "records": records,
        "first_records_per_s": first,
        "last_records_per_s": last,
        "kept": round(last / first, 3),
        "records_per_s": rates,
        "kafka_bytes_per_record": round(kafka, 1),
        "postgres_bytes_per_record": round(sum(bytes_each.values()) - kafka, 1),
        "bytes_per_record": dict(bytes_each),
        "pages_p95_ms_before": max(page.percentile(95) for page in early.values()),
        "pages_p95_ms": max(page.percentile(95) for page in late.values()),
        "pages": {
            name: {"before_p95_ms": early[name].percentile(95), "p95_ms": page.percentile(95)}
            for name, page in late.items()
        },
    }


def _cpu_s(product: Product) -> dict[str, float]:
    """Seconds of processor time so far, by process; Postgres with its sessions, of which those that ended are lost."""
    return {name: processor_seconds(pid) for name, pid in product.stack.pids().items()}


def _each(sizes: Counter[str], records: int) -> dict[str, float]:
    """Bytes a record, the largest first; what takes less than half a byte is left out."""
    found = {name: round(size / records, 1) for name, size in sizes.most_common()}
    return {name: size for name, size in found.items() if size >= 0.5}


async def _through(grown: Grown, records: int, lines: int) -> int:
    """Publish so many records and wait until all are rated and shown; records per second."""
    settings = grown.product.stack.settings
    file = settings.data_dir / "load.bin"
    shape = Shape(records=records, per_message=PER_MESSAGE, lines=lines, first_number=grown.records)
    await asyncio.to_thread(write_load, file, shape, now=datetime.now(UTC), seed=grown.records + 7)
    expected = grown.records + records
    words = ["-m", "bench.load", str(file), "--topic", reported(settings.env)]
    words += ["--bootstrap", settings.kafka_bootstrap_servers or "", "--partitions", str(settings.partitions)]
    began = time.monotonic()
    publisher = await asyncio.create_subprocess_exec(
        sys.executable, *words, stdout=asyncio.subprocess.DEVNULL, env=os.environ
    )
    await _until(grown.product.rated, expected)
    await _until(lambda: grown.databases["reporting"].fetchval(_SHOWN), expected)
    seconds = time.monotonic() - began
    if await publisher.wait() != 0:
        raise BenchFailed(f"the publisher ended with code {publisher.returncode}")
    grown.records = expected
    file.unlink()
    return round(records / seconds)


async def _until(count: Callable[[], Any], expected: int) -> None:
    last, since = -1, time.monotonic()
    while (found := int(await count())) < expected:
        if found != last:
            last, since = found, time.monotonic()
        elif time.monotonic() - since > STALLED_S:
            raise BenchFailed(f"{found:,} of {expected:,} records after {STALLED_S:.0f} s without one more")
        await asyncio.sleep(0.1)
    if found > expected:
        raise BenchFailed(f"{found:,} records where {expected:,} were published")


async def _pages(product: Product) -> dict[str, Latency]:
    """What the usage pages of the console ask for, each some times."""
    newest = (await _read(product, "/v1/usage/records", {"limit": 50}))["items"]
    record = newest[0]
    now = datetime.now(UTC)
    span = {"from": _text(now - timedelta(days=2)), "to": _text(now - timedelta(days=1))}
    asked: dict[str, tuple[str, dict[str, Any]]] = {
        "newest": ("/v1/usage/records", {"limit": 50}),
        "account": ("/v1/usage/records", {"limit": 50, "account_id": "acc-0001"}),
        "refused": ("/v1/usage/records", {"limit": 50, "state": "quarantined"}),
        "span": ("/v1/usage/records", {"limit": 50, **span}),
        "record": (f"/v1/usage/records/{record['source']}/{record['id']}", {}),
        "by_hour": ("/v1/usage/summary", {"bucket": "hour", "by": "recorded_as", **span}),
        "by_day": ("/v1/usage/summary", {"bucket": "day", "by": "recorded_as"}),
    }
    found = {}
    for name, (path, query) in asked.items():
        times = []
        for _ in range(PAGE_READS):
            began = time.perf_counter()
            await _read(product, path, query)
            times.append(time.perf_counter() - began)
        found[name] = Latency.of(times)
    return found


async def _read(product: Product, path: str, query: Mapping[str, Any]) -> Any:
    answer = await product.http.get(path, params=query)
    if answer.status_code != 200:
        raise BenchFailed(f"{path}: {answer.status_code} {answer.text[:300]}")
    return answer.json()


def _text(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def sentence(figures: dict[str, Any]) -> str:
    return (
        f"{figures['records'] / 1e6:.1f} million records: {figures['first_records_per_s']:,} records/s at first, "
        f"{figures['last_records_per_s']:,} at last; pages p95 {figures['pages_p95_ms_before']} ms, then "
        f"{figures['pages_p95_ms']}\nbytes a record: Kafka {figures['kafka_bytes_per_record']:.0f}, "
        f"Postgres {figures['postgres_bytes_per_record']:.0f}"
    )

"""The live stream with many readers: from an event's commit to its frame in each of them.

    meterlog bench stream [--clients 500] [--seconds 30] [--writes-per-s 10] [--json]
    500 readers of one process, 900 events: p50 110 ms, p95 190 ms, p99 240 ms from commit to frame

Everything `meterlog up` starts is there. Payments come in at a rate; each makes a few events. A reader of Kafka, in the
same process as the readers of the stream, says when each event was committed: when `read_committed` shows it first. So
the time is that of the projection, of the look that finds its rows, and of the way through the entry to every reader.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import aiohttp
import psutil
from aiokafka import AIOKafkaConsumer, TopicPartition

from bench.command import ACCOUNT, CYCLE, Latency, free_port
from bench.servers import BenchFailed
from meterlog.cli.keys import make_key
from meterlog.installation import INSTALLATION
from services.reporting.stream.admitted import STREAMS_PER_CALLER_MAX
from shared.embedded.stack import Stack
from shared.engine.log import Log
from shared.engine.settings import Settings
from shared.kernel.envelope import from_headers

TOPICS: Final = ("rating.events", "invoicing.events", "payments.events")
WARM_UP_S: Final = 3.0
SETTLE_S: Final = 3.0
OPEN_AT_ONCE: Final = 25
_ID: Final = re.compile(rb'^data: \{"id":"([^"]+)"')


@dataclass
class Seen:
    """When each event was committed, and when each reader was told."""

    committed: dict[str, float] = field(default_factory=dict)
    told: dict[str, list[float]] = field(default_factory=dict)

    def latencies(self, since: float, until: float) -> tuple[int, Latency, int]:
        """Events committed in that while, the times, and the frames that never came."""
        wanted = {one: at for one, at in self.committed.items() if since <= at < until and one in self.told}
        readers = max((len(times) for times in self.told.values()), default=0)
        seconds = [told - at for one, at in wanted.items() for told in self.told[one]]
        missing = sum(readers - len(self.told[one]) for one in wanted)
        return len(wanted), Latency.of(seconds), missing


async def measure(*, clients: int, seconds: float, writes_per_s: float) -> dict[str, Any]:
    """Start an installation, open the streams, and write for so long."""
    with tempfile.TemporaryDirectory(prefix="meterlog-bench-", ignore_cleanup_errors=True) as name:
        settings = Settings(data_dir=Path(name), port=free_port())
        async with Stack(settings, INSTALLATION) as stack, _readers(stack, clients) as seen:
            began = time.monotonic()
            await asyncio.sleep(WARM_UP_S)
            since = time.monotonic()
            await _write(stack, seconds, writes_per_s)
            until = time.monotonic()
            await asyncio.sleep(SETTLE_S)
            events, latency, missing = seen.latencies(since, until)
            if not events:
                raise BenchFailed(f"no event came within {time.monotonic() - began:.0f} s")
            return {
                "p50_ms": latency.percentile(50),
                "p95_ms": latency.percentile(95),
                "p99_ms": latency.percentile(99),
                "clients": clients,
                "events": events,
                "frames": len(latency.sorted_ms),
                "missing": missing,
                "writes_per_s": writes_per_s,
                "rss_mb": _memory(),
            }


@asynccontextmanager
async def _readers(stack: Stack, clients: int) -> AsyncIterator[Seen]:
    seen = Seen()
    dsn = stack.settings.postgres_dsn_of("reporting")
    keys = [
        (await make_key(dsn, "billing", f"reader {n}"))["key"] for n in range(-(-clients // STREAMS_PER_CALLER_MAX))
    ]
    connector = aiohttp.TCPConnector(limit=0)
    timeout = aiohttp.ClientTimeout(total=None)
    async with aiohttp.ClientSession(stack.base_url, connector=connector, timeout=timeout) as session:
        opened = asyncio.Semaphore(OPEN_AT_ONCE)
        is_open = [asyncio.Event() for _ in range(clients)]
        tasks = [
            asyncio.create_task(_read(session, keys[n // STREAMS_PER_CALLER_MAX], seen, opened, is_open[n]))
            for n in range(clients)
        ]
        tasks.append(asyncio.create_task(_follow(stack.settings, seen)))
        try:
            async with asyncio.timeout(120):
                while not all(one.is_set() for one in is_open):
                    _check(tasks)
                    await asyncio.sleep(0.1)
            yield seen
            _check(tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def _check(tasks: Sequence[asyncio.Task[None]]) -> None:
    ended = [task for task in tasks if task.done()]
    if ended:
        raise BenchFailed(f"{len(ended)} of the readers ended: {ended[0].exception()!r}")


async def _read(
    session: aiohttp.ClientSession, key: str, seen: Seen, opening: asyncio.Semaphore, is_open: asyncio.Event
) -> None:
    """One reader. It does as little as it can: what is measured is the other side."""
    async with opening:
        answer = await session.get("/v1/stream", headers={"Authorization": f"Bearer {key}"})
        if answer.status != 200:
            raise BenchFailed(f"GET /v1/stream: {answer.status} {(await answer.text())[:200]}")
        await answer.content.readline()
    is_open.set()
    async for line in answer.content:
        if found := _ID.match(line):
            seen.told.setdefault(found[1].decode(), []).append(time.monotonic())


async def _follow(settings: Settings, seen: Seen) -> None:
    reader: AIOKafkaConsumer = await Log(settings).reader()
    try:
        places = [TopicPartition(f"{settings.env}.{topic}", n) for topic in TOPICS for n in range(settings.partitions)]
        reader.assign(places)
        await reader.seek_to_end(*places)
        async for record in reader:
            seen.committed.setdefault(from_headers(record.headers).citation, time.monotonic())
    finally:
        await reader.stop()


async def _write(stack: Stack, seconds: float, per_s: float) -> None:
    """Payments at a rate, whether those before are answered or not."""
    key = (await make_key(stack.settings.postgres_dsn_of("reporting"), "admin", "writer"))["key"]
    headers = {"Authorization": f"Bearer {key}"}
    today = datetime.now(UTC).date().isoformat()
    async with aiohttp.ClientSession(stack.base_url, headers=headers) as session:
        for path, body in (("/v1/billing-cycles", CYCLE), ("/v1/accounts", ACCOUNT)):
            async with session.post(path, json=body) as answer:
                if answer.status != 201:
                    raise BenchFailed(f"POST {path}: {answer.status} {(await answer.text())[:200]}")

        async def pay(n: int) -> None:
            amount = {"amount": f"{10 + n % 90}.00", "currency": "EUR"}
            body = {"account_id": "bench", "amount": amount, "method": "bank_transfer", "received_on": today}
            async with session.post("/v1/payments", json=body) as answer:
                await answer.read()

        began = time.monotonic()
        async with asyncio.TaskGroup() as group:
            for n in range(int(seconds * per_s)):
                await asyncio.sleep(max(0.0, began + n / per_s - time.monotonic()))
                group.create_task(pay(n))


def _memory() -> dict[str, int]:
    """Of the processes that carry the streams."""
    found = {}
    for process in psutil.Process().children(recursive=True):
        command = " ".join(process.cmdline())
        for name, module in (("reporting", "services.reporting.app"), ("entry", "meterlog.entry")):
            if module in command:
                found[name] = round(process.memory_info().rss / 2**20)
    return found


def sentence(figures: dict[str, Any]) -> str:
    times = ", ".join(f"{name} {figures[f'{name}_ms']} ms" for name in ("p50", "p95", "p99"))
    return f"{figures['clients']} readers of one process, {figures['events']} events: {times} from commit to frame"

"""The whole product with lines that report: all that `meterlog up` starts, and usage that flows at a rate.

async with whole(lines=1000) as product:
    async with product.flowing(rate=30_000, seconds=60) as flow:
        ...
    flow.records                                 # how many were acknowledged
    await product.until_rated(flow.records)      # how many of them are
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import asyncpg
import httpx

from bench.command import free_port
from bench.flood import write_messages
from bench.measure import Load
from bench.product_run import sign_up
from bench.servers import BenchFailed
from meterlog.cli.keys import make_key
from meterlog.installation import INSTALLATION, reported
from shared.embedded.stack import Stack
from shared.engine.settings import Settings

STALLED_S: Final = 120.0
_RATED: Final = "select coalesce(sum(records), 0)::bigint from live.usage_day"


@dataclass
class Flow:
    """Usage that is being published; the figures are those of its end."""

    records: int = 0
    seconds: float = 0.0


@dataclass
class Product:
    """A running installation with signed-up lines, and somebody with an admin's key."""

    stack: Stack
    http: httpx.AsyncClient
    messages: Path
    rating: asyncpg.Connection[asyncpg.Record]

    @asynccontextmanager
    async def flowing(self, *, rate: int, seconds: float) -> AsyncIterator[Flow]:
        """Usage is published by a process of its own until its seconds are over; the block may end before that."""
        settings, flow = self.stack.settings, Flow()
        words = ["-m", "bench.flood", str(self.messages), "--topic", reported(settings.env)]
        words += ["--bootstrap", settings.kafka_bootstrap_servers or "", "--partitions", str(settings.partitions)]
        words += ["--rate", str(rate), "--seconds", str(seconds)]
        process = await asyncio.create_subprocess_exec(
            sys.executable, *words, stdout=asyncio.subprocess.PIPE, env=os.environ
        )
        yield flow
        out, _ = await process.communicate()
        if process.returncode != 0:
            raise BenchFailed(f"the publisher ended with code {process.returncode}")
        told = json.loads(out)
        flow.records, flow.seconds = int(told["records"]), float(told["seconds"])

    async def rated(self) -> int:
        """How many records are in the sums of rating."""
        return int(await self.rating.fetchval(_RATED))

    async def until_rated(self, records: int) -> int:
        """How many are, once that is all of them or none has come for a while. Raises `BenchFailed` where more are."""
        last, since = -1, time.monotonic()
        while (found := await self.rated()) != records:
            if found > records:
                raise BenchFailed(f"{found} records are rated where {records} were published")
            if found != last:
                last, since = found, time.monotonic()
            elif time.monotonic() - since > STALLED_S:
                break
            await asyncio.sleep(0.2)
        return found


@asynccontextmanager
async def whole(
    *, lines: int, reporting: int | None = None, partitions: int = 4, kind: type[Stack] = Stack
) -> AsyncIterator[Product]:
    """`reporting`: how many of the lines the flow is of; the others are left to whoever measures. `kind`: how the
    processes are started.
    """
    with tempfile.TemporaryDirectory(prefix="meterlog-bench-", ignore_cleanup_errors=True) as name:
        directory = Path(name)
        settings = Settings(data_dir=directory, port=free_port(), partitions=partitions)
        async with kind(settings, INSTALLATION) as stack:
            key = (await make_key(stack.settings.postgres_dsn_of("reporting"), "admin", "bench"))["key"]
            usage = await asyncpg.connect(stack.settings.postgres_dsn_of("usage"))
            rating = await asyncpg.connect(stack.settings.postgres_dsn_of("rating"))
            client = httpx.AsyncClient(
                base_url=stack.base_url, headers={"Authorization": f"Bearer {key}"}, trust_env=False, timeout=30
            )
            try:
                await sign_up(stack.settings, Load(directory / "none", 0, 0, lines=lines), usage, rating)
                messages = directory / "messages.bin"
                write_messages(messages, lines=reporting or lines)
                yield Product(stack, client, messages, rating)
            finally:
                await client.aclose()
                await usage.close()
                await rating.close()

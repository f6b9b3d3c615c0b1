"""From the first publish to the last rated record: one load through one pipeline.

load = Load.written(file, records=400_000, per_message=100)
run = await measured(sandbox, load, topic="local.usage.reported", partitions=4, rated=count_of_rated_rows)
run.records_per_s
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bench.load import LINES, Shape, write_load
from bench.servers import BenchFailed, Sandbox

LOOK_EVERY_S = 0.1
STALLED_S = 60.0


@dataclass(frozen=True)
class Load:
    """Messages in a file, the same for every pipeline."""

    file: Path
    records: int
    per_message: int
    lines: int = LINES
    mixed: bool = False

    @classmethod
    def written(cls, file: Path, *, records: int, per_message: int, lines: int = LINES, mixed: bool = False) -> Load:
        shape = Shape(records=records, per_message=per_message, lines=lines, mixed=mixed)
        write_load(file, shape, now=datetime.now(UTC))
        return cls(file, records, per_message, lines, mixed)

    def check(self, found: int, what: str) -> None:
        """Raises `BenchFailed` unless exactly the records of this load are there."""
        if found != self.records:
            raise BenchFailed(f"{what}: {found} where {self.records} were published")


@dataclass(frozen=True)
class Run:
    """What was measured: elapsed time, and by process the time of the processor and the most memory."""

    records: int
    seconds: float
    published_s: float
    cpu_s: dict[str, float]
    memory_mb: dict[str, int] = field(default_factory=dict)
    bytes_per_record: dict[str, float] = field(default_factory=dict)
    """What is kept: in the broker's segments, and in the databases where the run says so."""

    transactions: Counter[str] = field(default_factory=Counter)
    """Kafka transactions of partition workers, by process, where the run counts them."""

    @property
    def records_per_s(self) -> int:
        return round(self.records / self.seconds)

    def description(self) -> dict[str, object]:
        return {
            "records_per_s": self.records_per_s,
            "seconds": round(self.seconds, 2),
            "cpu_us_per_record": self.cpu_us_per_record(),
            "memory_mb": self.memory_mb,
            "bytes_per_record": self.bytes_per_record,
            **({"transactions": self._of_transactions()} if self.transactions else {}),
        }

    def _of_transactions(self) -> dict[str, dict[str, int]]:
        """How often each process committed, and how many of the load's records that were each time."""
        return {
            name: {"per_s": round(count / self.seconds), "records_each": round(self.records / max(1, count))}
            for name, count in self.transactions.items()
        }

    def cpu_us_per_record(self) -> dict[str, float]:
        return {name: round(s * 1e6 / self.records, 2) for name, s in self.cpu_s.items() if s >= 0.05}


async def measured(
    sandbox: Sandbox, load: Load, *, topic: str, partitions: int, rated: Callable[[], Awaitable[int]]
) -> Run:
    """Publish a load in a process of its own and wait until `rated` says that all of it has arrived."""
    before, held = sandbox.cpu(), sandbox.kafka_bytes()
    publisher = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.load", str(load.file), "--topic", topic, "--partitions", str(partitions)),
        *("--bootstrap", sandbox.settings.kafka_bootstrap_servers or ""),
        stdout=asyncio.subprocess.PIPE,
        env=os.environ,
    )
    publishing = asyncio.create_task(publisher.communicate())
    finished_s = await _until_rated(sandbox, load, rated)
    output, _ = await publishing
    if publisher.returncode != 0:
        raise BenchFailed(f"the load generator ended with code {publisher.returncode}")
    times = json.loads(output)
    spent: Counter[str] = sandbox.cpu()
    spent.subtract(before)
    return Run(
        records=load.records,
        seconds=finished_s - times["first_s"],
        published_s=times["last_s"] - times["first_s"],
        cpu_s={name: round(seconds, 2) for name, seconds in spent.items()},
        memory_mb=sandbox.memory_mb(),
        bytes_per_record={"kafka": round((sandbox.kafka_bytes() - held) / load.records, 1)},
    )


async def _until_rated(sandbox: Sandbox, load: Load, rated: Callable[[], Awaitable[int]]) -> float:
    last, since = -1, time.monotonic()
    while True:
        found = await rated()
        if found >= load.records:
            finished_s = time.monotonic()
            load.check(found, "rated records")
            return finished_s
        if found != last:
            last, since = found, time.monotonic()
        elif time.monotonic() - since > STALLED_S:
            raise BenchFailed(f"nothing was rated for {STALLED_S:.0f} s; {found} of {load.records} are")
        sandbox.check()
        await asyncio.sleep(LOOK_EVERY_S)

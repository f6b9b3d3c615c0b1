"""Records per second of `meterlog rebuild rating`, from an untouched log to tables that are shown.

    meterlog bench rebuild [--records 2000000] [--processes 2] [--json]
    2,000,000 records in 8.1 s: 246,000 records/s, 318 MB in all processes together at most

The log is that of rating_log.py. The command itself is run, in a process of its own, on a database without a single
row; time is the command's own, from its first question to the database until the tables are shown and digested. Memory
is that of all its processes together, looked at twenty times a second. No figure is printed before every record is in
the tables.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import asyncpg
import psutil

from bench.load import LINES
from bench.machine import machine
from bench.product_run import SUFFIX, fresh
from bench.rating_log import write_log
from bench.servers import BenchFailed, Sandbox, servers
from meterlog.installation import DATABASES
from shared.embedded.databases import drop_databases
from shared.engine.settings import Settings

LOOK_EVERY_S: Final = 0.05


@dataclass(frozen=True)
class Rebuilt:
    """One rebuild. `seconds` as the command counts them; `rss_mb_max` of its processes together."""

    records: int
    lines: int
    seconds: float
    rss_mb_max: int
    processes: int
    cpu_s: dict[str, float]

    def figures(self) -> dict[str, Any]:
        """What `--json` prints."""
        return {
            "records_per_s": round(self.records / self.seconds),
            "records": self.records,
            "lines": self.lines,
            "seconds": round(self.seconds, 2),
            "rss_mb_max": self.rss_mb_max,
            "processes": self.processes,
            "cpu_us_per_record": {name: round(s * 1e6 / self.records, 2) for name, s in self.cpu_s.items()},
            "machine": machine(),
        }


async def measure(
    *, records: int, processes: int, say: Callable[[str], None], lines: int = LINES, on: Sandbox | None = None
) -> Rebuilt:
    """Start servers, write a log, rebuild. Raises `BenchFailed` where a count is not exact."""
    async with servers(on) as sandbox:
        settings = await fresh(sandbox, "rebuild")
        try:
            say(f"writing a log of {records:,} records of {lines:,} lines")
            written = await write_log(settings, records=records, lines=lines)
            say("rebuilding")
            before = {name: _with_ended(pid) for name, pid in sandbox.pids.items()}
            proof, watched = await _rebuild(settings, processes)
            spent = {name: _with_ended(pid) - before[name] for name, pid in sandbox.pids.items()}
            await _check(settings, written, proof)
            return Rebuilt(
                records=written,
                lines=lines,
                seconds=proof["seconds"],
                rss_mb_max=round(watched.rss_bytes_max / 1e6),
                processes=processes,
                cpu_s={"rebuild": watched.cpu_s, **spent},
            )
        finally:
            await drop_databases(sandbox.admin_dsn, dict.fromkeys(DATABASES, ""), suffix=SUFFIX)


async def _rebuild(settings: Settings, processes: int) -> tuple[dict[str, Any], Watched]:
    """Run the command; gives back its proof, and what its processes took."""
    command = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "meterlog.cli.main", "rebuild", "rating", "--json", "--processes", str(processes)),
        env={**os.environ, **settings.variables()},
        stdout=asyncio.subprocess.PIPE,
    )
    watched = Watched(command.pid)
    watching = asyncio.create_task(watched.look())
    output, _ = await command.communicate()
    watching.cancel()
    if command.returncode != 0:
        raise BenchFailed(f"the rebuild ended with code {command.returncode}")
    return json.loads(output.splitlines()[-1]), watched


class Watched:
    """A process and its children, as long as they live."""

    def __init__(self, pid: int) -> None:
        self.rss_bytes_max = 0
        self._pid = pid
        self._cpu_s: dict[int, float] = {}

    @property
    def cpu_s(self) -> float:
        return sum(self._cpu_s.values())

    async def look(self) -> None:
        while True:
            with contextlib.suppress(psutil.NoSuchProcess):
                self._note()
            await asyncio.sleep(LOOK_EVERY_S)

    def _note(self) -> None:
        root = psutil.Process(self._pid)
        together = 0
        for process in (root, *root.children(recursive=True)):
            with contextlib.suppress(psutil.NoSuchProcess):
                together += process.memory_info().rss
                times = process.cpu_times()
                self._cpu_s[process.pid] = times.user + times.system
        self.rss_bytes_max = max(self.rss_bytes_max, together)


def _with_ended(pid: int) -> float:
    """Seconds of processor time of a server, with the sessions that have ended: those of the rebuild have."""
    process = psutil.Process(pid)
    times = process.cpu_times()
    ended = times.user + times.system + times.children_user + times.children_system
    running = [child.cpu_times() for child in process.children(recursive=True)]
    return float(ended + sum(child.user + child.system for child in running))


async def _check(settings: Settings, written: int, proof: dict[str, Any]) -> None:
    connection = await asyncpg.connect(settings.postgres_dsn_of("rating"))
    try:
        found = int(await connection.fetchval("select coalesce(sum(records), 0) from live.usage_day"))
    finally:
        await connection.close()
    if found != written or not proof["shown"]:
        raise BenchFailed(f"{found} records are in the tables, {written} in the log")


def sentence(figures: dict[str, Any]) -> str:
    return (
        f"{figures['records']:,} records in {figures['seconds']} s: {figures['records_per_s']:,} records/s,"
        f" {figures['rss_mb_max']} MB in all processes together at most"
    )

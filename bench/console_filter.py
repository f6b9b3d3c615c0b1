"""From a change of a filter to the rows, in a real browser, with very many invoices in the real database.

    meterlog bench console-filter [--invoices 100000] [--changes 120] [--json]
    100,000 invoices, 120 changes of filters: p50 140 ms, p95 230 ms to the rows

Everything `meterlog up` starts is there; the console is the one that is built. A clerk signs in and changes the days,
the tab and the text of the list of invoices by turns (console/e2e/filterTime.ts). A time ends with the frame in which
the rows are painted.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import asyncpg

from bench.command import Latency, free_port
from bench.lists import seed
from bench.machine import machine
from bench.servers import BenchFailed
from meterlog.cli.identity import in_installation
from meterlog.installation import INSTALLATION
from shared.embedded.stack import Stack
from shared.engine.settings import Settings

CONSOLE: Final = Path(__file__).parents[1] / "console"
NODE: Final = Path(sys.executable).parent / "node"
EMAIL: Final = "bench@example.net"
PASSWORD: Final = "a long enough password"
LIMIT_MS: Final = 400
DEADLINE_S: Final = 600


async def measure(*, invoices: int, changes: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Start an installation, write the invoices, walk. Raises `BenchFailed` with what the walk said."""
    with tempfile.TemporaryDirectory(prefix="meterlog-bench-", ignore_cleanup_errors=True) as name:
        settings = Settings(data_dir=Path(name), port=free_port(), console_dir=CONSOLE / "dist")
        async with Stack(settings, INSTALLATION) as stack:
            told = ["user", "--role", "billing", f"--email={EMAIL}"]
            await in_installation(Path(name), told, told=f"{PASSWORD}\n")
            say(f"writing {invoices:,} invoices")
            await _write(stack.settings, invoices, say)
            say(f"{changes} changes of filters")
            found = await _walk(stack.base_url, changes)
    every = Latency.of([ms / 1000 for times in found.values() for ms in times])
    kinds = {kind: Latency.of([ms / 1000 for ms in times]).percentile(95) for kind, times in found.items()}
    return {
        "p50_ms": every.percentile(50),
        "p95_ms": every.percentile(95),
        "limit_ms": LIMIT_MS,
        "kinds": kinds,
        "changes": len(every.sorted_ms),
        "invoices": invoices,
        "machine": machine(),
    }


async def _write(settings: Settings, invoices: int, say: Callable[[str], None]) -> None:
    db = await asyncpg.connect(
        settings.postgres_dsn_of("reporting"), server_settings={"search_path": "live"}, command_timeout=900
    )
    try:
        await seed(db, settings, invoices, max(1, invoices // 30), say)
    finally:
        await db.close()


async def _walk(base_url: str, changes: int) -> dict[str, list[float]]:
    walking = await asyncio.create_subprocess_exec(
        *(str(NODE), "e2e/filterTime.ts", "--base-url", base_url, "--email", EMAIL, f"--password={PASSWORD}"),
        *("--changes", str(changes)),
        cwd=CONSOLE,
        env={**os.environ, "PATH": os.pathsep.join((str(NODE.parent), os.environ["PATH"]))},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        said, _ = await asyncio.wait_for(walking.communicate(), DEADLINE_S)
    finally:
        if walking.returncode is None:
            walking.kill()
    if walking.returncode != 0:
        raise BenchFailed(f"the walk ended with {walking.returncode}: {said.decode()[-2000:]}")
    found: dict[str, list[float]] = json.loads(said.decode().splitlines()[-1])
    return found


def sentence(figures: dict[str, Any]) -> str:
    """The figures for people."""
    kinds = ", ".join(f"{kind} p95 {ms} ms" for kind, ms in figures["kinds"].items())
    return (
        f"{figures['invoices']:,} invoices, {figures['changes']} changes of filters: p50 {figures['p50_ms']} ms,"
        f" p95 {figures['p95_ms']} ms to the rows (at most {figures['limit_ms']}); {kinds}"
    )

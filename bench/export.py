"""How long a file of 500,000 rows takes, from the question to its last byte, and the most memory of the process.

    meterlog bench export [--rows 500000] [--format xlsx] [--json]
    {"rows": 500000, "read_s": ..., "file_s": ..., "seconds": ..., "file_mb": ..., "rss_mb_max": ..., ...}

Invoices with their receivables are written into reporting's tables as `meterlog bench lists` does. Then reporting, as
`meterlog up` starts it, is asked for the whole list with every column: a job reads it (`read_s`), and the file is
fetched while it is written (`file_s`). The workbook is opened: it has every row, and the totals that SQL sums.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
import time
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import asyncpg
import httpx

from bench.lists import seed
from bench.machine import machine
from bench.product_run import SUFFIX, fresh, service_process, until_ready
from bench.servers import BenchFailed, Sandbox, servers
from meterlog.installation import DATABASES
from shared.embedded.databases import drop_databases
from shared.engine.settings import Settings
from shared.http.auth import Tokens

_LOOK_S: Final = 0.2
_CHUNK: Final = 1 << 20
_TOTAL: Final = re.compile(r"Total (?:CHF|EUR)</t></is></c>.*?</row>")
_NUMBERS: Final = re.compile(r"<v>(-?[0-9.]+)</v>")


async def measure(
    *, rows: int, file_format: str, say: Callable[[str], None], on: Sandbox | None = None
) -> dict[str, Any]:
    """Start servers, write the tables, ask. Raises `BenchFailed` for a file without every row or with other sums."""
    async with servers(on) as sandbox:
        settings = await fresh(sandbox, "export", names=("reporting",))
        child = await service_process(sandbox, settings, "reporting")
        try:
            await until_ready(sandbox, ("reporting",))
            db: Any = await asyncpg.connect(
                settings.postgres_dsn_of("reporting"), server_settings={"search_path": "live"}, command_timeout=900
            )
            try:
                say(f"writing {rows:,} invoices")
                await seed(db, settings, rows, max(1, rows // 30), say)
                say("written; asking")
                with tempfile.TemporaryDirectory() as folder:
                    file = Path(folder) / f"rows.{file_format}"
                    found = await _asked(settings, file_format, file, _pid_of(child))
                    if file_format == "xlsx":
                        await _check(db, file, rows)
            finally:
                await db.close()
        finally:
            await sandbox.stop(child)
            await drop_databases(sandbox.admin_dsn, dict.fromkeys(DATABASES, ""), suffix=SUFFIX)
    return {"rows": rows, "format": file_format, **found, "machine": machine()}


def sentence(figures: dict[str, Any]) -> str:
    """The figures for people."""
    return (
        f"{figures['rows']:,} rows of {figures['format']} in {figures['seconds']} s ({figures['read_s']} read,"
        f" {figures['file_s']} written and fetched): {figures['file_mb']} MB,"
        f" at most {figures['rss_mb_max']} MB of memory"
    )


async def _asked(settings: Settings, file_format: str, file: Path, pid: int) -> dict[str, Any]:
    tokens = Tokens(settings.secret("token_key"))

    def headers() -> dict[str, str]:
        # Who may not read names gets them sealed: the accounts here have none.
        return {"Authorization": f"Bearer {tokens.issue('key:bench', 'auditor')}"}

    idle = _peak_mb(pid)
    async with httpx.AsyncClient(base_url=settings.service_url("reporting"), trust_env=False, timeout=60) as client:
        began = time.monotonic()
        body = {"list": "invoices", "format": file_format}
        job = (await client.post("/v1/report-jobs", json=body, headers=headers())).json()
        while job["status"] in ("queued", "running"):
            await asyncio.sleep(_LOOK_S)
            job = (await client.get(f"/v1/report-jobs/{job['id']}", headers=headers())).json()
        if job["status"] != "done":
            raise BenchFailed(f"the job is {job['status']}: {job['failures']}")
        read = time.monotonic()
        async with client.stream("GET", job["result_url"], headers=headers()) as answer:
            with file.open("wb") as out:
                async for data in answer.aiter_raw(_CHUNK):
                    out.write(data)
        ended = time.monotonic()
    return {
        "columns": len(job["columns"]),
        "read_s": round(read - began, 1),
        "file_s": round(ended - read, 1),
        "seconds": round(ended - began, 1),
        "file_mb": round(file.stat().st_size / 1e6, 1),
        "rss_mb_max": _peak_mb(pid),
        "idle_rss_mb": idle,
    }


async def _check(db: Any, file: Path, rows: int) -> None:
    """What the workbook itself says."""
    last, tail, left = 0, "", b""
    with zipfile.ZipFile(file) as package, package.open("xl/worksheets/sheet1.xml") as sheet:
        while data := sheet.read(_CHUNK):
            # A row whose beginning is cut by the end of a piece is counted with the next one.
            whole = left + data
            last += whole.count(b"</row>")
            left = whole[whole.rfind(b"</row>") + len(b"</row>") :]
            tail = (tail + data.decode("utf-8", "ignore"))[-200_000:]
    if last != rows + 3:  # a header, and a total of each of the two currencies
        raise BenchFailed(f"the workbook has {last} rows, not {rows} and three more")
    sums = await db.fetch("select currency, sum(total) as total from invoice_row group by 1 order by 1")
    for row, said in zip(sums, _TOTAL.findall(tail), strict=True):
        if row["total"] not in map(Decimal, _NUMBERS.findall(said)):
            raise BenchFailed(f"{row['currency']} {row['total']} is not among the totals {_NUMBERS.findall(said)}")


def _pid_of(child: Any) -> int:
    pid: int = child.pid
    return pid


def _peak_mb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:", 1)[1].split()[0]) // 1024

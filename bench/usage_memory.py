"""The memory of the usage process where a million lines are known and a million sessions are open.

    python -m bench.usage_memory [--resources 1000000] [--sessions 1000000] [--records 200000] [--json] [--save FILE]
    usage process: 88 MB when it was ready, 290 MB at most; 200,000 records of 1,000,000 lines and 1,000,000 sessions

The states and the rows of all these are put into the tables of a fresh installation as their events would leave them.
Then records come for lines and sessions at random, half of each, so that the process is asked for states all over; what
it has in memory at most is read from the kernel. It owns all partitions. A session reports as RADIUS does: what went up
and what went down, a record each. `cpu_us_per_record` and `wal_bytes_per_record` are what was spent on the records. No
figure is printed before every record is counted, none of them parked.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import asyncpg
import msgspec

from bench.load import publish
from bench.machine import save
from bench.product_run import fresh, service_process, until_ready
from bench.servers import BenchFailed, Sandbox, servers
from meterlog.installation import reported
from services.usage.resource.state import Assignment, Resource
from services.usage.session.state import DIRECTIONS, Direction, MeterReading, Run, Session, session_name
from shared.kernel.partition import partition_of
from shared.kernel.wire import write

PER_MESSAGE: Final = 100
SOURCES: Final = 200
METER: Final = "data.octets"
_SILENCE: Final = timedelta(days=1)
_WAL: Final = "select pg_current_wal_insert_lsn() - '0/0'::pg_lsn"
_COUNTED_DEADLINE_S: Final = 480
_COPIED_AT_ONCE: Final = 50_000


async def measure(*, resources: int, sessions: int, records: int) -> dict[str, Any]:
    """Raises `BenchFailed` where a count is not exact."""
    async with servers() as sandbox:
        settings = await fresh(sandbox, "memory")
        child = await service_process(sandbox, settings, "usage")
        await until_ready(sandbox, ("usage",))
        database = await asyncpg.connect(settings.postgres_dsn_of("usage"))
        try:
            began = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2)
            await _fill(database, settings.partitions, began, resources=resources, sessions=sessions)
            await _settled(sandbox)
            ready_mb = _megabytes(sandbox, "VmRSS")
            before, wal_before = sandbox.cpu(), await database.fetchval(_WAL)
            await publish(
                list(_messages(began, records, resources, sessions)),
                bootstrap=settings.kafka_bootstrap_servers or "",
                topic=reported(settings.env),
                partitions=settings.partitions,
            )
            await _until_counted(sandbox, database, records)
            return {
                "rss_mb_max": _megabytes(sandbox, "VmHWM"),
                "rss_mb_ready": ready_mb,
                "resources": resources,
                "sessions": sessions,
                "records": records,
                "cpu_us_per_record": {
                    name: round((spent - before[name]) * 1e6 / records, 1)
                    for name, spent in sandbox.cpu().items()
                    if name in ("usage", "postgres")
                },
                "wal_bytes_per_record": round((await database.fetchval(_WAL) - wal_before) / records),
            }
        finally:
            await database.close()
            await sandbox.stop(child)


async def _fill(
    database: asyncpg.Connection[asyncpg.Record], partitions: int, began: datetime, *, resources: int, sessions: int
) -> None:
    since = int(began.timestamp()) * 1_000_000
    names = ("partition", "kind", "key", "body")
    for first in range(0, resources, _COPIED_AT_ONCE):
        rows = [_resource(n, partitions) for n in range(first, min(first + _COPIED_AT_ONCE, resources))]
        await database.copy_records_to_table("state", schema_name="live", records=rows, columns=names)
    for first in range(0, sessions, _COPIED_AT_ONCE):
        numbers = range(first, min(first + _COPIED_AT_ONCE, sessions))
        rows = [_session(n, partitions, since) for n in numbers]
        await database.copy_records_to_table("state", schema_name="live", records=rows, columns=names)
        listed = [_listed(n, partitions, began) for n in numbers]
        await database.copy_records_to_table("session", schema_name="live", records=listed, columns=_LISTED)
        expiring = [(place, name, began + _SILENCE) for place, name, *_ in listed]
        await database.copy_records_to_table("session_expiry", schema_name="live", records=expiring, columns=_EXPIRING)
    await database.execute("analyze live.state")
    await database.execute("analyze live.session")
    await database.execute("analyze live.session_expiry")


async def _settled(sandbox: Sandbox) -> None:
    """What was filled in is on disk, so that the records do not share it with that."""
    admin = await asyncpg.connect(sandbox.admin_dsn)
    try:
        await admin.execute("checkpoint", timeout=300)
    finally:
        await admin.close()


def _line(number: int) -> str:
    return f"mac:00:1b:{number >> 24 & 255:02x}:{number >> 16 & 255:02x}:{number >> 8 & 255:02x}:{number & 255:02x}"


def _source(number: int) -> str:
    return f"bng-{number % SOURCES}"


def _name(number: int) -> str:
    return session_name(_source(number), _line(number), f"session-{number}")


def _resource(number: int, partitions: int) -> tuple[int, str, str, bytes]:
    line = _line(number)
    state = Resource(resource_id=line, assignments=(Assignment(0, None, f"acc-{number}", f"sub-{number}"),))
    return partition_of(line, partitions), "Resource", line, write(state)


def _session(number: int, partitions: int, since_us: int) -> tuple[int, str, str, bytes]:
    run = Run(since_us, since_us, {METER: MeterReading("1000000", since_us)}, told=True)
    state = Session(name=_name(number), directions=dict.fromkeys(DIRECTIONS, Direction((run,))))
    return partition_of(_source(number), partitions), "Session", state.name, write(state)


_LISTED: Final = (
    *("partition", "name", "session_id", "source", "resource", "account_id", "subscription_id", "state"),
    *("started_at", "last_at", "heard_at", "expires_at", "reports", "quantities", "up", "down"),
)
_EXPIRING: Final = ("partition", "name", "expires_at")


def _listed(number: int, partitions: int, began: datetime) -> tuple[object, ...]:
    total = json.dumps({METER: "1"})
    return (
        *(partition_of(_source(number), partitions), _name(number), f"session-{number}", _source(number)),
        *(_line(number), f"acc-{number}", f"sub-{number}", "open"),
        *(began, began, began, began + _SILENCE, 2, "{}", total, total),
    )


def _messages(began: datetime, records: int, resources: int, sessions: int) -> Iterator[bytes]:
    """Two deltas and an interim report in turn, of lines and sessions anywhere. No session is reported twice."""
    chance = random.Random(7)
    ended_at = (began + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    reporting = iter(chance.sample(range(sessions), min(sessions, records // 4)))
    message: list[dict[str, Any]] = []
    for number in range(0, records, 2):
        session = next(reporting, None) if number % 4 else None
        for place, direction in enumerate(DIRECTIONS, start=number):
            line = chance.randrange(resources) if session is None else session
            record = {"id": f"m-{place}", "source": _source(line), "resource": _line(line), "meter": METER}
            record |= {"quantity": str(5_000_000 + place), "ended_at": ended_at}
            if session is not None:
                record |= {"kind": "session", "status": "interim", "session_id": f"session-{session}/{direction}"}
            message.append(record)
        if len(message) == PER_MESSAGE:
            yield msgspec.json.encode(message)
            message = []
    if message:
        yield msgspec.json.encode(message)


async def _until_counted(sandbox: Sandbox, database: asyncpg.Connection[asyncpg.Record], records: int) -> None:
    async with asyncio.timeout(_COUNTED_DEADLINE_S):
        while int(await database.fetchval("select count(*) from live.dedupe_key")) < records:
            sandbox.check()
            await asyncio.sleep(0.5)
    parked = int(await database.fetchval("select count(*) from live.quarantine"))
    if parked:
        raise BenchFailed(f"{parked} of {records} records were parked")


def _megabytes(sandbox: Sandbox, field: str) -> int:
    """What the kernel says of the usage process: `VmRSS` now, `VmHWM` at most."""
    status = Path(f"/proc/{sandbox.pids['usage']}/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith(field))
    return int(line.split()[1]) * 1024 // 1_000_000


def sentence(figures: dict[str, Any]) -> str:
    return (
        f"usage process: {figures['rss_mb_ready']} MB when it was ready, {figures['rss_mb_max']} MB at most; "
        f"{figures['records']:,} records of {figures['resources']:,} lines and {figures['sessions']:,} sessions"
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--resources", type=int, default=1_000_000)
    options.add_argument("--sessions", type=int, default=1_000_000)
    options.add_argument("--records", type=int, default=200_000)
    options.add_argument("--json", action="store_true")
    options.add_argument("--save", type=Path, help="where the figures go, with the machine they were measured on")
    asked = options.parse_args()
    figures = asyncio.run(measure(resources=asked.resources, sessions=asked.sessions, records=asked.records))
    if asked.save is not None:
        save(asked.save, "usage-memory", figures)
    sys.stdout.write((json.dumps(figures) if asked.json else sentence(figures)) + "\n")


if __name__ == "__main__":
    main()

"""How long a billing day takes on real servers: from the step of the clock over the end of a month to the last charge.

    meterlog bench close --served [--accounts 10000] [--records 20] [--json]
    10,000 accounts closed in … s (… a second): 20,000 charges for 200,000 records; set up in … s

Accounts, each with a subscription to a plan of the mixed book (mixed_book.py) and `records` usage records, are set up
by commands on the log and rated by usage and rating, as `meterlog up` starts them. Then the test clock steps two hours
over the end of their period: intake reports how far it has come, the watermark passes the end and the collection grace,
every account's timer is due, and all close. Time ends when the tables hold the last of them. No figure is printed
before every account is closed, once, and its charges are as many as the close says, with the same sum, for every record
that was sent.
"""

from __future__ import annotations

import asyncio
import time as monotonic
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

import asyncpg

from bench.machine import machine
from bench.measure import Load, measured
from bench.product_run import SERVICES, SUFFIX, fresh, service_process, sign_up, until_ready
from bench.servers import BenchFailed, Sandbox, servers
from meterlog.installation import DATABASES, reported
from shared.embedded.databases import drop_databases
from shared.engine.clock import ClockSet, send_clock
from shared.engine.log import Log
from shared.engine.settings import Settings

STEP_OVER: Final = timedelta(hours=2)
"""Over the end of the period in UTC: the collection grace is an hour, and accounts are ahead of UTC."""
PER_MESSAGE: Final = 100
LOOK_EVERY_S: Final = 0.1
STALLED_S: Final = 120.0


async def measure_served(
    *, accounts: int, records: int, say: Callable[[str], None], on: Sandbox | None = None
) -> dict[str, Any]:
    """Start servers, set up, step over the end of the month. Raises `BenchFailed` where a count is not exact."""
    async with servers(on) as sandbox:
        file = sandbox.directory / "close.bin"
        load = Load.written(file, records=accounts * records, per_message=PER_MESSAGE, lines=accounts, mixed=True)
        settings = (await fresh(sandbox, "close")).model_copy(update={"test_clock": True})
        children = [await service_process(sandbox, settings, name) for name in SERVICES]
        usage_db = await asyncpg.connect(settings.postgres_dsn_of("usage"))
        rating_db = await asyncpg.connect(settings.postgres_dsn_of("rating"))
        try:
            await until_ready(sandbox)
            say(f"setting up {accounts:,} accounts with {records} records each")
            began = monotonic.monotonic()
            await sign_up(settings, load, usage_db, rating_db)
            await _rate(sandbox, settings, load, rating_db)
            set_up_s = round(monotonic.monotonic() - began, 1)
            say(f"set up in {set_up_s} s; stepping over the end of the month")
            return {**await _closed(sandbox, settings, load, rating_db), "set_up_s": set_up_s}
        finally:
            await usage_db.close()
            await rating_db.close()
            for child in children:
                await sandbox.stop(child)
            await drop_databases(sandbox.admin_dsn, dict.fromkeys(DATABASES, ""), suffix=SUFFIX)


async def _rate(
    sandbox: Sandbox, settings: Settings, load: Load, rating_db: asyncpg.Connection[asyncpg.Record]
) -> None:
    async def rated() -> int:
        return int(await rating_db.fetchval("select coalesce(sum(records), 0) from live.usage_day"))

    topic = reported(settings.env)
    await measured(sandbox, load, topic=topic, partitions=settings.partitions, rated=rated)


async def _closed(
    sandbox: Sandbox, settings: Settings, load: Load, rating_db: asyncpg.Connection[asyncpg.Record]
) -> dict[str, Any]:
    end = await rating_db.fetchval("select max(period_end) from live.account_row")
    before = sandbox.cpu()
    began = monotonic.monotonic()
    await step_to(settings, datetime.combine(end, time(), UTC) + STEP_OVER)
    first = await _until_closed(sandbox, rating_db, 1)
    last = await _until_closed(sandbox, rating_db, load.lines)
    spent: Counter[str] = sandbox.cpu()
    spent.subtract(before)
    found = await _check(rating_db, load)
    seconds = last - began
    return {
        "seconds": round(seconds, 2),
        "first_after_s": round(first - began, 2),
        "accounts_per_s": round(load.lines / seconds),
        "accounts": load.lines,
        "charges": int(found["charges"]),
        "records": int(found["records"]),
        "amount": str(found["amount"]),
        "cpu_s": {name: round(s, 2) for name, s in spent.items() if s >= 0.05},
        "machine": machine(),
    }


async def step_to(settings: Settings, now: datetime) -> None:
    """Set the test clock, as the entry does."""
    log = Log(settings)
    producer = await log.idempotent_producer()
    try:
        await send_clock(producer, log, ClockSet(now=now), actor="bench")
    finally:
        await producer.stop()


async def _until_closed(sandbox: Sandbox, rating_db: asyncpg.Connection[asyncpg.Record], accounts: int) -> float:
    """The instant at which the tables show that many accounts closed."""
    last, since = -1, monotonic.monotonic()
    while True:
        found = int(await rating_db.fetchval("select count(*) from live.closed_period"))
        now = monotonic.monotonic()
        if found >= accounts:
            return now
        if found != last:
            last, since = found, now
        elif now - since > STALLED_S:
            raise BenchFailed(f"nothing was closed for {STALLED_S:.0f} s; {found} of {accounts} accounts are")
        sandbox.check()
        await asyncio.sleep(LOOK_EVERY_S)


_CLOSED: Final = """
select count(distinct account_id) as accounts, count(*) as periods, sum(lines) as lines, sum(sum) as amount
  from live.closed_period
"""
_CHARGED: Final = "select count(*) as charges, sum(records) as records, sum(amount) as amount from live.charge_row"


async def _check(rating_db: asyncpg.Connection[asyncpg.Record], load: Load) -> asyncpg.Record:
    closed, charged = await rating_db.fetchrow(_CLOSED), await rating_db.fetchrow(_CHARGED)
    if closed is None or charged is None:
        raise BenchFailed("there are no charges")
    load.check(int(charged["records"] or 0), "records that were charged")
    told = (closed["accounts"], closed["periods"], closed["lines"], closed["amount"])
    if told != (load.lines, load.lines, charged["charges"], charged["amount"]):
        raise BenchFailed(f"accounts, periods, lines and amount are {told}, of {load.lines} accounts and {charged}")
    return charged


def sentence(figures: dict[str, Any]) -> str:
    spent = ", ".join(f"{name} {seconds}" for name, seconds in figures["cpu_s"].items())
    return (
        f"{figures['accounts']:,} accounts closed in {figures['seconds']} s ({figures['accounts_per_s']:,} a second):"
        f" {figures['charges']:,} charges for {figures['records']:,} records; set up in {figures['set_up_s']} s\n"
        f"seconds of processor: {spent}"
    )

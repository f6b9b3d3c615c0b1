"""Years of a provider's life, written into tables by SQL for `bench reads`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final, TypeAlias

import asyncpg

from bench import reads_rows, reads_sums
from bench.lists import DAYS, seed
from bench.reads_sums import PLANS
from shared.engine.settings import Settings

CHARGES_PER_INVOICE: Final = 5
RARE: Final = "invoicing.NumberingSeriesClosed.v1"
"""A type of which one event in a million is."""
_COMMON: Final = (
    *("rating.ChargeFixed.v1", "rating.UsageDaySummarised.v1", "invoicing.DraftLineAdded.v1"),
    *("invoicing.InvoiceIssued.v1", "payments.ReceivableOpened.v1", "payments.PaymentAllocated.v1"),
    *("payments.PaymentRecorded.v1", "invoicing.NumberAssigned.v1"),
)
_CHUNK: Final = 2_000_000
_SESSION: Final = {
    "search_path": "live, durable, meterlog",
    "maintenance_work_mem": "3GB",
    "synchronous_commit": "off",
}
_Db: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


@dataclass(frozen=True, kw_only=True)
class Size:
    invoices: int
    accounts: int
    events: int
    partitions: int


# n-th event: topic by turns, dense numbers within a partition, three years of moments.
_EVENTS: Final = """
insert into audit_event (topic, partition, seq, log_offset, id, type, aggregate_id, account_id, invoice_id, actor,
                         correlation_id, causation_id, version, recorded_at)
select split_part(type, '.', 1), partition, seq, seq * 2,
       split_part(type, '.', 1) || '/' || partition || '/' || seq, type,
       'inv-' || n / 8, 'acc-' || to_char(n / 8 % $2::bigint, 'FM000000'), case when n % 8 = 3 then 'inv-' || n / 8 end,
       case when n % 50 = 0 then 'user:u' || n % 40 else 'service:rating' end, 'corr-' || n / 100, null, 1,
       timestamptz '2023-11-01Z' + (n::float8 * $4 / $1) * interval '1 day'
  from (select n, n / 8 % $3::int as partition, n / 8 / $3::int * 8 + n % 8 as seq,
               case when n % 1000000 = 0 then $7 else ($8::text[])[1 + n % 8] end as type
          from generate_series($5::bigint, $6::bigint) as n) as made
"""
_CHARGES: Final = """
insert into charge_row (partition, charge_id, account_id, billing_start, billing_end, n, kind, subscription_id, plan_id,
                        plan_version, price_index, description, period_start, period_end, amount, unrounded, currency,
                        meter, unit, quantity, records, covered_records, meters, steps, corrects, includes_tax, seq,
                        fixed_at)
select account % $3::int, 'ch-' || n, 'acc-' || to_char(account, 'FM000000'), month, (month + interval '1 month')::date,
       n % 5, case when n % 5 = 0 then 'recurring' else 'usage' end, 'sub-' || account, 'plan-' || account % $4::int, 1,
       (n % 5)::int, 'Charge', month, (month + interval '1 month')::date, amount, amount,
       case when account % 10 = 0 then 'CHF' else 'EUR' end, case when n % 5 > 0 then 'data.octets' end, null,
       case when n % 5 > 0 then n % 100000 end, n % 200, 0, '{}', '[]', '[]', false, n,
       (month + interval '1 month') at time zone 'UTC' + (n % 86400) * interval '1 second'
  from (select n, n / 5 % $2::bigint as account, ((n * 7919 + 13) % 20000 + 500)::numeric / 100 as amount,
               date_trunc('month', date '2023-11-01' + (n * $5 / $1)::int)::date as month
          from generate_series($6::bigint, $7::bigint) as n) as made
"""
_PAYMENTS: Final = """
insert into payment_row (partition, payment_id, account_id, currency, amount, unallocated, refunded, charged_back,
                         charged_again, status, method, received_on, recorded_at, version)
select account % $3::int, 'pay-' || md5(n::text), 'acc-' || to_char(account, 'FM000000'),
       case when account % 10 = 0 then 'CHF' else 'EUR' end, amount,
       case when n % 500 = 1 then amount / 2 else 0 end, 0, 0, 0,
       case when n % 300 = 0 then 'failed' else 'succeeded' end,
       (array['bank_transfer', 'card', 'direct_debit'])[1 + n % 3], date '2023-11-01' + (n * $4 / $1)::int,
       timestamptz '2023-11-01Z' + (n * $4 / $1) * interval '1 day', 2
  from (select n, n % $2::bigint as account, ((n * 7919 + 13) % 20000 + 500)::numeric / 20 as amount
          from generate_series($5::bigint, $6::bigint) as n) as made
"""


async def write(
    settings: Settings, size: Size, say: Callable[[str], None], *, done: set[str], note: Callable[[str], None]
) -> None:
    """All that is not `done` already; each step is noted when it is. The long trail is written beside the others."""

    async def step(name: str, run: Callable[[Settings, Size, Callable[[str], None]], Awaitable[None]]) -> None:
        if name not in done:
            say(f"writing {name}")
            await run(settings, size, say)
            say(f"{name}: written")
            note(name)

    async def documents() -> None:
        await step("invoices", _invoices)
        await step("charges", _charges)
        await step("payments", _payments)
        await step("rows behind figures", _behind_figures)

    await asyncio.gather(step("events", _events), documents())
    await step("sums", _sums)


@asynccontextmanager
async def hurrying(admin_dsn: str) -> AsyncIterator[None]:
    """A server that waits for no disk in the block: what is half written when it ends is written again."""
    db: _Db = await asyncpg.connect(admin_dsn)
    try:
        await _set(db, "set {} = off")
        try:
            yield
        finally:
            await _set(db, "reset {}")
            await db.execute("checkpoint")
    finally:
        await db.close()


async def _set(db: _Db, change: str) -> None:
    for setting in ("fsync", "full_page_writes"):
        await db.execute(f"alter system {change.format(setting)}")
    await db.execute("select pg_reload_conf()")


async def _invoices(settings: Settings, size: Size, say: Callable[[str], None]) -> None:
    async with _connected(settings, "reporting") as db:
        await db.execute(
            "truncate account_row, invoice_row, receivable_row, payment_row, invoice_list, invoice_sum cascade"
        )
        await seed(db, settings, size.invoices, size.accounts, say)


async def _charges(settings: Settings, size: Size, say: Callable[[str], None]) -> None:
    charges = CHARGES_PER_INVOICE * size.invoices
    async with _connected(settings, "rating") as db:
        await db.execute("truncate charge_sum")
        await _filled(db, "charge_row", _CHARGES, charges, (charges, size.accounts, size.partitions, PLANS, DAYS))


async def _payments(settings: Settings, size: Size, say: Callable[[str], None]) -> None:
    async with _connected(settings, "payments") as db:
        await db.execute("truncate payment_sum")
        of = (size.invoices, size.accounts, size.partitions, DAYS)
        await _filled(db, "payment_row", _PAYMENTS, size.invoices, of)


async def _events(settings: Settings, size: Size, say: Callable[[str], None]) -> None:
    async with _connected(settings, "reporting") as db:
        of = (size.events, size.accounts, size.partitions, DAYS)
        await _filled(db, "audit_event", _EVENTS, size.events, of, (RARE, list(_COMMON)), say=say)


async def _behind_figures(settings: Settings, size: Size, say: Callable[[str], None]) -> None:
    async with _connected(settings, "reporting") as db:
        await reads_rows.write(db, _refilled)


async def _sums(settings: Settings, size: Size, say: Callable[[str], None]) -> None:
    async with _connected(settings, "reporting") as db:
        await reads_sums.write(db)


@asynccontextmanager
async def _connected(settings: Settings, service: str) -> AsyncIterator[_Db]:
    dsn = settings.postgres_dsn_of(service)
    db: _Db = await asyncpg.connect(dsn, server_settings=_SESSION, command_timeout=7200)
    try:
        yield db
    finally:
        await db.close()


async def _filled(
    db: _Db,
    table: str,
    sql: str,
    rows: int,
    before: Sequence[object],
    after: Sequence[object] = (),
    *,
    say: Callable[[str], None] = lambda _line: None,
) -> None:
    """The statement, chunk by chunk, into an empty table."""
    async with _emptied(db, table, say):
        for first in range(1, rows + 1, _CHUNK):
            last = min(first + _CHUNK - 1, rows)
            await db.execute(sql, *before, first, last, *after)
            say(f"{table}: {last:,}")


async def _refilled(db: _Db, table: str, statements: Sequence[str]) -> None:
    async with _emptied(db, table):
        for statement in statements:
            await db.execute(statement)


@asynccontextmanager
async def _emptied(db: _Db, table: str, say: Callable[[str], None] = lambda _line: None) -> AsyncIterator[None]:
    """The table empty and without indexes in the block, and with them after it. All is one transaction, which emptied
    the table: the server keeps no log of what it writes there."""
    indexes = await db.fetch(
        "select indexname as name, indexdef as made, conname as constraint, pg_get_constraintdef(c.oid) as constrains"
        "  from pg_indexes left join pg_constraint c on conname = indexname and contype = 'p'"
        "   and connamespace = 'live'::regnamespace where schemaname = 'live' and tablename = $1",
        table,
    )
    async with db.transaction():
        await db.execute(f"truncate {table}")
        for index in indexes:
            drop = f'alter table {table} drop constraint "{index["name"]}"'
            await db.execute(drop if index["constraint"] else f'drop index "{index["name"]}"')
        yield
        for index in indexes:
            add = f'alter table {table} add constraint "{index["name"]}" {index["constrains"]}'
            await db.execute(add if index["constraint"] else index["made"])
            say(f"{table}: {index['name']}")
    await db.execute(f"vacuum analyze {table}")

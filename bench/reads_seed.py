"""Years of a provider's life, written into tables by SQL for `bench reads`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import asyncpg

from bench.lists import DAYS, seed
from shared.engine.settings import Settings

PLANS: Final = 40
CHARGES_PER_INVOICE: Final = 5
RARE: Final = "invoicing.NumberingSeriesClosed.v1"
"""A type of which one event in a million is."""
_COMMON: Final = (
    *("rating.ChargeFixed.v1", "rating.UsageDaySummarised.v1", "invoicing.DraftLineAdded.v1"),
    *("invoicing.InvoiceIssued.v1", "payments.ReceivableOpened.v1", "payments.PaymentAllocated.v1"),
    *("payments.PaymentRecorded.v1", "invoicing.NumberAssigned.v1"),
)
_CHUNK: Final = 2_500_000
_SESSION: Final = {
    "search_path": "live, durable, meterlog",
    "maintenance_work_mem": "1GB",
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
       timestamptz '2023-11-01Z' + (n::numeric * $4 / $1) * interval '1 day'
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


async def write(settings: Settings, size: Size, say: Callable[[str], None]) -> None:
    """All of it; indexes of the long tables are made when their rows are there."""
    reporting, rating, payments = [
        await asyncpg.connect(
            settings.postgres_dsn_of(name),
            server_settings=_SESSION,
            command_timeout=3600,
        )
        for name in ("reporting", "rating", "payments")
    ]  # fmt: skip
    try:
        say(f"writing {size.invoices:,} invoices")
        await seed(reporting, settings, size.invoices, size.accounts, say)
        say(f"writing {CHARGES_PER_INVOICE * size.invoices:,} charges and {size.invoices:,} payments")
        shared = (size.accounts, size.partitions)
        charges = CHARGES_PER_INVOICE * size.invoices
        await asyncio.gather(
            _filled(rating, "charge_row", _CHARGES, charges, (charges, *shared, PLANS, DAYS)),
            _filled(payments, "payment_row", _PAYMENTS, size.invoices, (size.invoices, *shared, DAYS)),
        )
        say(f"writing {size.events:,} events of the audit trail")
        await _filled(
            reporting, "audit_event", _EVENTS, size.events, (size.events, *shared, DAYS), (RARE, list(_COMMON))
        )
    finally:
        for connection in (reporting, rating, payments):
            await connection.close()


async def _filled(
    db: _Db, table: str, sql: str, rows: int, before: Sequence[object], after: Sequence[object] = ()
) -> None:
    """The statement, chunk by chunk, into a table without indexes; then these, and what the planner knows."""
    found = await db.fetch(
        "select indexname as name, indexdef as made from pg_indexes where schemaname = 'live' and tablename = $1"
        " and indexname not in (select conname from pg_constraint where contype = 'p')",
        table,
    )
    for index in found:
        await db.execute(f'drop index "{index["name"]}"')
    for first in range(1, rows + 1, _CHUNK):
        await db.execute(sql, *before, first, min(first + _CHUNK - 1, rows), *after)
    for index in found:
        await db.execute(index["made"])
    await db.execute("vacuum analyze")

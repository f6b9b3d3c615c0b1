"""Reads of personal data, taken over from the vault's database into the audit trail; and forgotten after two years.

Each row has an id of its own there. It is deleted only when it is committed here, and one that comes again is known: a
crash at any moment loses none and doubles none. One process at a time takes over, so numbers have no gap.
"""

from __future__ import annotations

import asyncio
from typing import Final

import asyncpg
import msgspec
import structlog

from shared.engine.background import Host
from shared.engine.postgres import AWAY, Pool
from shared.http.vault import Vault

EVERY_S: Final = 1.0
AT_ONCE: Final = 500
KEPT_MONTHS: Final = 24
_FORGET_EVERY_S: Final = 3600.0
_TURN: Final = 7_316_653
TYPE: Final = "access.PersonalDataRead.v1"

log = structlog.get_logger()

_WAITING: Final = f"""
select read_id, actor, accounts, accounts_total, correlation_id, read_at, service, role, method, route
  from personal_read order by read_at, read_id limit {AT_ONCE}
"""
_TAKE: Final = """
insert into durable.personal_read
       (seq, read_id, aggregate_id, account_id, actor, correlation_id, accounts, data, recorded_at)
select coalesce((select max(seq) from durable.personal_read), 0) + row_number() over (order by n.at, n.id),
       n.id, n.about, n.account, n.actor, n.correlation, array(select jsonb_array_elements_text(n.data->'accounts')),
       n.data, n.at
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
       as told (id, about, account, actor, correlation, text, at)
 cross join lateral (select told.*, told.text::jsonb as data) n
 where not exists (select 1 from durable.personal_read k where k.read_id = n.id)
"""


async def run_taking_over(host: Host) -> None:
    """Until cancelled."""
    vault = Vault(host.settings)
    forget_at = 0.0
    try:
        while True:
            try:
                taken = await take_over(host.pool, vault)
                now = asyncio.get_running_loop().time()
                if now >= forget_at:
                    forget_at = now + _FORGET_EVERY_S
                    await _forget(host.pool)
            except AWAY as error:
                log.warning("personal_reads_met_fault", error=repr(error))
                taken = 0
            if taken < AT_ONCE:
                await asyncio.sleep(EVERY_S)
    finally:
        await vault.close()


async def take_over(pool: Pool, vault: Vault) -> int:
    """Take over what waits, at most `AT_ONCE`; returns how many there were."""
    async with pool.acquire() as connection, connection.transaction():
        if not await connection.fetchval("select pg_try_advisory_xact_lock($1)", _TURN):
            return 0
        waiting = await (await vault.connected()).fetch(_WAITING)
        if waiting:
            await connection.execute(_TAKE, *_columns(waiting))
    if waiting:
        await (await vault.connected()).execute(
            "delete from personal_read where read_id = any($1::uuid[])", [row["read_id"] for row in waiting]
        )
    return len(waiting)


def _columns(rows: list[asyncpg.Record]) -> list[list[object]]:
    lists: list[list[object]] = [[] for _ in range(7)]
    for row in rows:
        one = row["accounts"][0] if row["accounts_total"] == 1 else None
        said = ("service", "role", "method", "route", "accounts", "accounts_total")
        data = msgspec.json.encode({name: row[name] for name in said}).decode()
        values = (row["read_id"], one or row["route"], one, row["actor"], row["correlation_id"], data, row["read_at"])
        for column, value in zip(lists, values, strict=True):
            column.append(value)
    return lists


async def _forget(pool: Pool) -> None:
    await pool.execute(
        "delete from durable.personal_read where recorded_at < now() - make_interval(months => $1)", KEPT_MONTHS
    )

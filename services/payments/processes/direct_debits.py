"""Debits follow their run: when the bank has booked it each is booked, when it is cancelled each is cancelled.

    direct_debit_run_row booked      ->  BookDebit for each that is placed
    direct_debit_run_row cancelled   ->  CancelDebit for each that is placed

Each process does this for the debits of the partitions that it owns, by what their tables say. A command whose effect
does not show is sent again after a while; it changes nothing then.
"""

from __future__ import annotations

import asyncio
from typing import Final

import asyncpg
import structlog

from services.payments.commands import COMMANDS
from services.payments.direct_debit.messages import BookDebit, CancelDebit, OfDebit
from shared.engine.background import Host
from shared.engine.background_commands import BackgroundCommands
from shared.engine.postgres import AWAY
from shared.kernel.ids import derive

log = structlog.get_logger()

LOOK_EVERY_S: Final = 0.5
ASK_AGAIN_S: Final = 20.0
AT_ONCE: Final = 2_000

_WAITING: Final = """
select d.debit_id, d.account_id, r.status, r.booked_on
  from direct_debit_row d join direct_debit_run_row r on r.run_id = d.run_id
 where d.partition = any($1::int[]) and d.status = 'placed' and r.status in ('booked', 'cancelled')
 order by d.debit_id limit $2
"""


async def run_direct_debits(host: Host) -> None:
    """Run until cancelled. Any exception but a database that is away is the end of the process."""
    commands = BackgroundCommands(host, COMMANDS, actor="direct-debits")
    said: dict[str, float] = {}
    try:
        while True:
            seen = host.changes.count
            try:
                await _look(host, commands, said)
            except (*AWAY, asyncpg.PostgresError) as error:
                log.warning("direct_debits_met_fault", error=repr(error))
            await host.changes.after(seen, at_least_s=LOOK_EVERY_S)
    finally:
        await commands.close()


async def _look(host: Host, commands: BackgroundCommands, said: dict[str, float]) -> None:
    now = asyncio.get_running_loop().time()
    for debit_id in [debit_id for debit_id, at in said.items() if now - at >= ASK_AGAIN_S]:
        del said[debit_id]
    if not host.owned:
        return
    for row in await host.pool.fetch(_WAITING, sorted(host.owned), AT_ONCE):
        if row["debit_id"] not in said:
            await commands.send(_follows(row), derive("direct-debits", row["debit_id"], row["status"], str(now)))
            said[row["debit_id"]] = now


def _follows(row: asyncpg.Record) -> OfDebit:
    whose = {"account_id": row["account_id"], "debit_id": row["debit_id"]}
    return CancelDebit(**whose) if row["status"] == "cancelled" else BookDebit(booked_on=row["booked_on"], **whose)

"""Who is in a bank statement is forgotten when the law does not want the statement kept any more: its key is destroyed.

    last day 2026-11-30, kept for 10 years   ->   on 2037-01-01 its key is destroyed, BankStatementForgotten

By the clock that everybody follows, for the statements of the partitions that this process owns. To destroy what is
destroyed changes nothing; a vault that was restored from a backup is looked through anew.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

import asyncpg
import structlog

from services.payments.bank_statement.messages import NoteStatementForgotten
from services.payments.commands import COMMANDS
from shared.engine.background import Host
from shared.engine.background_commands import BackgroundCommands
from shared.engine.postgres import AWAY
from shared.http.vault import Vault
from shared.kernel.ids import derive

log = structlog.get_logger()

LOOK_EVERY_S: Final = 5.0
LOOK_THROUGH_EVERY_S: Final = 600.0
AT_ONCE: Final = 500

_DUE: Final = """
select statement_id, bank_account from bank_statement_row
 where partition = any($1::int[]) and forgotten_at is null and status in ('matched', 'processed')
   and make_date(extract(year from coalesce(to_on, recorded_at::date))::int + $2 + 1, 1, 1) <= $3
 order by statement_id limit $4
"""
_FORGOTTEN: Final = """
select statement_id from bank_statement_row
 where partition = any($1::int[]) and forgotten_at is not null and statement_id > $2 order by statement_id limit $3
"""


async def run_statement_keys(host: Host) -> None:
    """Run until cancelled. Any exception but a database that is away is the end of the process."""
    keys = StatementKeys(host)
    try:
        while True:
            try:
                await keys.look()
            except (*AWAY, asyncpg.PostgresError) as error:
                log.warning("statement_keys_met_fault", error=repr(error))
            await asyncio.sleep(LOOK_EVERY_S)
    finally:
        await keys.close()


class StatementKeys:
    def __init__(self, host: Host) -> None:
        self._host = host
        self._commands = BackgroundCommands(host, COMMANDS, actor="statement-keys")
        self._vault = Vault(host.settings)
        self._look_through_at = 0.0

    async def look(self) -> None:
        """Destroy what is due, again and again until the log says so."""
        host, now = self._host, asyncio.get_running_loop().time()
        if not host.owned:
            return
        if now >= self._look_through_at:
            self._look_through_at = now + LOOK_THROUGH_EVERY_S
            await self._look_through()
        today = host.clock.now().date()
        years = host.settings.document_retention_years
        for row in await host.pool.fetch(_DUE, sorted(host.owned), years, today, AT_ONCE):
            await self._forget(row, now)

    async def _forget(self, row: asyncpg.Record, now: float) -> None:
        statement_id = row["statement_id"]
        await self._vault.destroy(owner_of(statement_id))
        command = NoteStatementForgotten(bank_account=row["bank_account"], statement_id=statement_id)
        await self._commands.send(command, derive("statement-keys", statement_id, str(now)))

    async def _look_through(self) -> None:
        """What was forgotten stays so."""
        after = ""
        while page := await self._page(after):
            after = page[-1]
            for owner in await self._vault.having_keys([owner_of(one) for one in page]):
                log.warning("forgotten_again", owner=owner)
                await self._vault.destroy(owner)

    async def _page(self, after: str) -> list[Any]:
        rows = await self._host.pool.fetch(_FORGOTTEN, sorted(self._host.owned), after, AT_ONCE)
        return [row["statement_id"] for row in rows]

    async def close(self) -> None:
        await self._commands.close()
        await self._vault.close()


def owner_of(statement_id: str) -> str:
    """How the key of a statement is called in the vault."""
    return f"bank-statement/{statement_id}"

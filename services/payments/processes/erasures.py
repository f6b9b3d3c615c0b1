"""The keys of erased accounts are destroyed: the profile's at once, those of documents when they need not be kept.

    profile_destroyed_at null        ->  vault.erase(keep_documents=True), NotePersonalKeys("profile")
    documents_until reached          ->  vault.erase(keep_documents=False), NotePersonalKeys("documents")

Each process does this for the accounts of the partitions that it owns. To destroy what is destroyed changes nothing, so
a kill at any moment is made good by doing it again. A vault that was restored from a backup has keys again that are
not to be: all erasures are looked through once in a while, and destroyed anew.
"""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Final

import asyncpg
import structlog

from services.payments.commands import COMMANDS
from services.payments.erasure.api import LAST_ISSUED
from services.payments.erasure.messages import Keys, NotePersonalKeys
from services.payments.erasure.retention import kept_until
from shared.engine.background import Host
from shared.engine.background_commands import BackgroundCommands
from shared.engine.postgres import AWAY
from shared.http.vault import Vault
from shared.kernel.ids import derive

log = structlog.get_logger()

LOOK_EVERY_S: Final = 0.5
LOOK_THROUGH_EVERY_S: Final = 600.0
ASK_AGAIN_S: Final = 20.0
AT_ONCE: Final = 500

_WAITING: Final = """
select account_id, documents_until, profile_destroyed_at from erasure_row
 where partition = any($1::int[])
   and (profile_destroyed_at is null
        or documents_destroyed_at is null and coalesce(documents_until, '-infinity'::date) <= $2)
 order by account_id limit $3
"""
_ALL: Final = """
select account_id, documents_destroyed_at is not null as whole from erasure_row
 where partition = any($1::int[]) and profile_destroyed_at is not null and account_id > $2 order by account_id limit $3
"""


async def run_erasures(host: Host) -> None:
    """Run until cancelled. Any exception but a database that is away is the end of the process."""
    commands = BackgroundCommands(host, COMMANDS, actor="erasures")
    erasures = Erasures(host, commands, Vault(host.settings))
    look_through_at = 0.0
    try:
        while True:
            seen = host.changes.count
            try:
                await erasures.look()
                now = asyncio.get_running_loop().time()
                if now >= look_through_at and host.owned:
                    look_through_at = now + LOOK_THROUGH_EVERY_S
                    await erasures.look_through()
            except (*AWAY, asyncpg.PostgresError) as error:
                log.warning("erasures_met_fault", error=repr(error))
            await host.changes.after(seen, at_least_s=LOOK_EVERY_S)
    finally:
        await erasures.close()


class Erasures:
    def __init__(self, host: Host, commands: BackgroundCommands, vault: Vault) -> None:
        self._host = host
        self._commands = commands
        self._vault = vault
        self._said: dict[tuple[str, Keys], float] = {}

    async def look(self) -> None:
        """Destroy what is to be destroyed now."""
        host, now = self._host, asyncio.get_running_loop().time()
        self._said = {key: at for key, at in self._said.items() if now - at < ASK_AGAIN_S}
        if not host.owned:
            return
        today = host.clock.now().date()
        for row in await host.pool.fetch(_WAITING, sorted(host.owned), today, AT_ONCE):
            account_id = row["account_id"]
            if row["profile_destroyed_at"] is None:
                await self._destroy(account_id, "profile", now)
            elif await self._need_not_be_kept(account_id, today):
                await self._destroy(account_id, "documents", now)

    async def look_through(self) -> None:
        """Whatever was destroyed is still so: a vault restored from a backup knows no better."""
        after, host = "", self._host
        while page := await host.pool.fetch(_ALL, sorted(host.owned), after, AT_ONCE):
            after = page[-1]["account_id"]
            known = await self._vault.erasures([row["account_id"] for row in page])
            for row in page:
                if known.get(row["account_id"]) is not row["whole"]:
                    log.warning("erased_again", account=row["account_id"])
                    await self._vault.erase(row["account_id"], keep_documents=not row["whole"])

    async def close(self) -> None:
        await self._commands.close()
        await self._vault.close()

    async def _need_not_be_kept(self, account_id: str, today: date) -> bool:
        """A document may have been issued since the erasure was asked for."""
        years = self._host.settings.document_retention_years
        until = kept_until(await self._host.pool.fetchval(LAST_ISSUED, account_id), years)
        return until is None or until <= today

    async def _destroy(self, account_id: str, keys: Keys, now: float) -> None:
        if (account_id, keys) in self._said:
            return
        await self._vault.erase(account_id, keep_documents=keys == "profile")
        command = NotePersonalKeys(account_id=account_id, keys=keys)
        await self._commands.send(command, derive("erasures", account_id, keys, str(now)))
        self._said[account_id, keys] = now

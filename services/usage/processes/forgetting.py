"""Months of usage are forgotten when the time to dispute them is over: their keys are destroyed, and the log says so.

    2026-11-01, kept for 18 months   ->   no key of a month before 2025-05 is left; UsageMonthForgotten("2025-04")

By the clock that everybody follows. Whoever owns partition 0 does it. To destroy what is destroyed changes nothing, so
a kill at any moment is made good by doing it again, and a vault that was restored from a backup is looked through anew.
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Final

import asyncpg
import structlog

from services.usage.commands import COMMANDS
from services.usage.month_key.messages import NoteMonthForgotten
from shared.engine.background import Host
from shared.engine.background_commands import BackgroundCommands
from shared.engine.postgres import AWAY
from shared.http.vault import Vault
from shared.kernel.ids import derive

log = structlog.get_logger()

LOOK_EVERY_S: Final = 1.0
LOOK_THROUGH_EVERY_S: Final = 600.0
_KNOWN: Final = "select month from forgotten_month"


async def run_forgetting(host: Host) -> None:
    """Run until cancelled. Any exception but a database that is away is the end of the process."""
    forgetting = Forgetting(host)
    try:
        while True:
            try:
                await forgetting.look()
            except (*AWAY, asyncpg.PostgresError) as error:
                log.warning("forgetting_met_fault", error=repr(error))
            await asyncio.sleep(LOOK_EVERY_S)
    finally:
        await forgetting.close()


class Forgetting:
    def __init__(self, host: Host) -> None:
        self._host = host
        self._commands = BackgroundCommands(host, COMMANDS, actor="forgetting")
        self._vault = Vault(host.settings)
        self._done: str | None = None
        self._again_at = 0.0

    async def look(self) -> None:
        """Destroy what is due, and say so of what nobody has said it yet. Once a month, and once in a while."""
        host, now = self._host, asyncio.get_running_loop().time()
        if 0 not in host.owned:
            self._done = None
            return
        kept = host.settings.usage_dispute_months
        first_kept = first_month_kept(host.clock.now(), kept)
        if first_kept == self._done and now < self._again_at:
            return
        await self._vault.usage.destroy_before(first_kept)
        said = {row["month"] for row in await host.pool.fetch(_KNOWN)}
        unsaid = [month for month in await self._vault.usage.destroyed() if month not in said]
        for month in unsaid:
            command = NoteMonthForgotten(month=month, kept_months=kept)
            await self._commands.send(command, derive("forgetting", month, str(now)))
        if not unsaid:
            self._done, self._again_at = first_kept, now + LOOK_THROUGH_EVERY_S

    async def close(self) -> None:
        await self._commands.close()
        await self._vault.close()


def first_month_kept(now: datetime, months: int) -> str:
    """The earliest month that can still be read: each is kept for so many whole months after its own.

    >>> first_month_kept(datetime(2026, 11, 30), 18), first_month_kept(datetime(2026, 1, 1), 1)
    ('2025-05', '2025-12')
    """
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return f"{year:04}-{month + 1:02}"

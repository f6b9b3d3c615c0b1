"""The part of each process that sends mail: one after the other, of those that all processes share.

    MailSender({"report": write_report, "invitation": write_link}).run

A kind of mail is a function that writes it: it raises `CantBeWritten` where there is nothing to send, and whatever else
it raises was raised before the mail server was called. The call is the last thing, and made once (rows.py).
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, NamedTuple

import asyncpg
import structlog

from services.reporting.mail import rows
from services.reporting.mail.rows import Mail
from services.reporting.reading import Process, Reading, reading
from shared.engine.postgres import AWAY
from shared.mail.outcome import Outcome
from shared.mail.smtp import Server, hand_over, server_of

log = structlog.get_logger()

LOOK_EVERY_S: Final = 1.0
TIDY_EVERY_S: Final = 60.0
MAIL_BYTES_MAX: Final = 20_000_000
"""What most mail servers take."""


class CantBeWritten(Exception):
    """There is nothing to send, and why."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.outcome = Outcome("failed", code, detail)


class Addressed(NamedTuple):
    """A mail whose address is known only when it is written, and kept nowhere."""

    to: str
    data: bytes


Written = Callable[[Mail, Server, Reading], Awaitable[bytes | Addressed]]


class MailSender:
    def __init__(self, kinds: Mapping[str, Written]) -> None:
        self._kinds = kinds
        self._claim = f"{os.getpid()}-{os.urandom(6).hex()}"

    async def run(self, process: Process) -> None:
        """Run until cancelled."""
        async with reading(process) as read:
            tidied = -TIDY_EVERY_S
            while True:
                try:
                    if (now := asyncio.get_running_loop().time()) - tidied >= TIDY_EVERY_S:
                        tidied = now
                        await rows.tidy(process.pool)
                    while await self.send_next(read):
                        pass
                except (*AWAY, asyncpg.PostgresError) as error:
                    # What had been started is `unknown` in five minutes, and a person decides.
                    log.warning("mail_met_fault", error=repr(error))
                await asyncio.sleep(LOOK_EVERY_S)

    async def send_next(self, read: Reading) -> bool:
        """Send a mail that is due; whether there was one. Without a mail server they wait."""
        server = server_of(read.api.settings)
        if server is None:
            return False
        mail = await rows.start(read.api.db, self._claim)
        if mail is None:
            return False
        await rows.end(read.api.db, mail, await self._attempt(mail, server, read), self._claim)
        return True

    async def _attempt(self, mail: Mail, server: Server, read: Reading) -> Outcome:
        write: Any = self._kinds.get(mail.kind)
        try:
            if write is None:
                raise CantBeWritten("unsupported", "this version does not know this kind of mail")
            written = await write(mail, server, read)
        except CantBeWritten as error:
            return error.outcome
        except (*AWAY, asyncpg.PostgresError) as error:
            log.warning("mail_met_fault", error=repr(error))
            return Outcome("deferred", "database_away")
        except Exception as error:
            # The error's words may quote what the mail was to say, such as a link.
            log.error("mail_bug", mail=mail.mail_id, error=type(error).__name__)
            return Outcome("failed", "bug", f"a bug of Meterlog's: {type(error).__name__}; the service's log says more")
        to, data = written if isinstance(written, Addressed) else (mail.address, written)
        if len(data) > MAIL_BYTES_MAX:
            return Outcome("failed", "too_large", f"the mail has {len(data)} bytes, more than {MAIL_BYTES_MAX}")
        return await hand_over(server, [to], data)

"""A mail is handed to the mail server, by aiosmtplib; what the server said, and how far we came, is the outcome.

    5xx of a recipient, or of the mail      bounced      it will say so again
    4xx, nobody there, no answer so far     deferred     nothing has been taken: DATA was not ended
    no answer after the end of DATA, or
    one that is none (354, garbage)         unknown      it may be in the mailbox; a person decides
    5xx of the log-in or of the sender      deferred     it is this deployment's set-up that is wrong, not the address

All recipients of a mail or none: one that is refused stops it before DATA. An address with letters beyond ASCII before
its @ goes with SMTPUTF8 (RFC 6531), and bounces where the mail server does not offer that.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Final, NamedTuple

import structlog
from aiosmtplib import SMTP, SMTPResponseException

from shared.engine.settings import Settings
from shared.mail.addresses import needs_smtputf8
from shared.mail.outcome import Outcome
from shared.mail.said import kept

log = structlog.get_logger()

STEP_TIMEOUT_S: Final = 20.0
"""For each answer before the mail itself."""
QUIT_TIMEOUT_S: Final = 2.0
CALL_TIMEOUT_S: Final = 90.0
"""For all of it, the mail included."""

SCRIPT_NOT_OFFERED: Final = "address_script_not_offered"
"""Why a mail bounces whose address the mail server has no way to write."""

_LINE_END: Final = re.compile(rb"\r\n|\n|\r")
_DOT: Final = re.compile(rb"(?m)^\.")
_START_INPUT: Final = 354
_TAKEN: Final = range(200, 300)
_REFUSED_FOR_NOW: Final = range(400, 500)
_REFUSED: Final = range(500, 600)


class Server(NamedTuple):
    """The mail server of a deployment."""

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: str


def server_of(settings: Settings) -> Server | None:
    """`None` where nobody has said which, or from which address."""
    sender = settings.smtp_sender or settings.seller_email
    if settings.smtp_host is None or not sender:
        return None
    password = "" if settings.smtp_password is None else settings.smtp_password.get_secret_value()
    return Server(settings.smtp_host, settings.smtp_port, settings.smtp_security, settings.smtp_user, password, sender)


async def hand_over(server: Server, to: Sequence[str], mail: bytes) -> Outcome:
    """Never raises: whatever a server of somebody else does is an outcome."""
    dialogue = _Dialogue(server)
    try:
        async with asyncio.timeout(CALL_TIMEOUT_S):
            return await dialogue.hold(to, mail)
    except TimeoutError:
        return dialogue.broken("timeout", "no answer in time")
    except Exception as error:
        # A bug as well: what counts is how far the mail came.
        log.warning("mail_not_handed_over", error=type(error).__name__)
        return dialogue.broken(type(error).__name__, kept(str(error), server.password))
    finally:
        await dialogue.leave()


class _Dialogue:
    """One connection; `_ended` once the end of DATA may have gone out."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._ended = False
        self._client = SMTP(
            hostname=server.host,
            port=server.port,
            timeout=STEP_TIMEOUT_S,
            use_tls=server.security == "tls",
            start_tls=server.security == "starttls",
        )

    async def hold(self, to: Sequence[str], mail: bytes) -> Outcome:
        wide = needs_smtputf8(to)
        if (refused := await self._greet(wide=wide)) is not None:
            return refused
        try:
            for address in to:
                await self._client.rcpt(address, encoding="utf-8" if wide else "ascii")
            begun = await self._client.execute_command(b"DATA")
            if begun.code != _START_INPUT:
                return self._said(begun.code, begun.message)
        except SMTPResponseException as error:
            return self._said(error.code, error.message)
        return await self._data(mail)

    async def _greet(self, *, wide: bool) -> Outcome | None:
        """Connect, log in, say who sends. What is refused here is refused to us, whoever the mail is for; but that a
        `wide` address can't be named to this server, which is the mail's own fault."""
        try:
            await self._client.connect()
            if self._server.user:
                await self._client.login(self._server.user, self._server.password)
            if wide and not await self._takes_wide():
                return Outcome(
                    "bounced", SCRIPT_NOT_OFFERED, "the mail server does not offer SMTPUTF8, which an address needs"
                )
            options = ["SMTPUTF8", "BODY=8BITMIME"] if wide else []
            await self._client.mail(self._server.sender, options=options, encoding="utf-8" if wide else "ascii")
        except SMTPResponseException as error:
            return Outcome("deferred", str(error.code), kept(error.message, self._server.password))
        return None

    async def _takes_wide(self) -> bool:
        if self._client.is_ehlo_or_helo_needed:
            await self._client.ehlo()
        return self._client.supports_extension("smtputf8")

    async def _data(self, mail: bytes) -> Outcome:
        """The mail, and the answer that counts. `data` of the library would not tell how far it came."""
        protocol = self._client.protocol
        if protocol is None:
            return self.broken("connection_lost", "the connection was lost before the mail")
        body = _DOT.sub(b"..", _LINE_END.sub(b"\r\n", mail).removesuffix(b"\r\n") + b"\r\n")
        self._ended = True
        protocol.write(body + b".\r\n")
        answer = await protocol.read_response(timeout=CALL_TIMEOUT_S)
        return self._said(answer.code, answer.message)

    def _said(self, code: int, message: str) -> Outcome:
        answer = kept(message, self._server.password)
        if code in _TAKEN:
            return Outcome("sent", str(code), answer)
        if code in _REFUSED or code in _REFUSED_FOR_NOW:
            return Outcome("bounced" if code in _REFUSED else "deferred", str(code), answer)
        # No refusal, either: behind the end of the mail nobody knows what such a server has done with it.
        return self.broken(str(code), answer)

    def broken(self, code: str, answer: str) -> Outcome:
        return Outcome("unknown" if self._ended else "deferred", code, answer)

    async def leave(self) -> None:
        """With a word, where there is somebody to hear it."""
        with suppress(Exception):
            await self._client.quit(timeout=QUIT_TIMEOUT_S)
        self._client.close()

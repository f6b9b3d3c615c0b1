"""A real SMTP server of the tests' own: it takes mail, or does what a test says."""

from __future__ import annotations

import asyncio
import email
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from email import policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

Data = Callable[[SMTP, Envelope], Awaitable[str]]


async def taken(server: SMTP, envelope: Envelope) -> str:
    return "250 OK"


class Mailbox:
    """What the server took, and what it says: by recipient, by sender, and to the mail itself."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.refuses: dict[str, list[str]] = {}
        self.refuses_sender: str | None = None
        self.data: Data = taken
        self.port = 0

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refuses_sender is not None:
            return self.refuses_sender
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refuses.get(address):
            return self.refuses[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = await self.data(server, envelope)
        if answer.startswith("2"):
            assert isinstance(envelope.content, bytes)
            mail = email.message_from_bytes(envelope.content, policy=policy.SMTP)
            assert isinstance(mail, EmailMessage)
            self.mails.append(mail)
            self.recipients.append([*envelope.rcpt_tos])
        return answer


@asynccontextmanager
async def mail_server(port: int = 0, *, wide: bool = False) -> AsyncIterator[Mailbox]:
    box = Mailbox()
    # Typed loosely: aiosmtpd's handlers are found by their names.
    protocol: Any = lambda: SMTP(box, enable_SMTPUTF8=wide)  # noqa: E731
    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", port)
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        server.close()

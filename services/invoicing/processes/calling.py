"""One attempt: what is needed is read, then the call is made, as the last thing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import asyncpg

from services.invoicing.delivery.addresses import addresses_in, webhook_in
from services.invoicing.delivery.documents import LETTERS, Documents, event_of
from services.invoicing.delivery.mail import MAIL_BYTES_MAX, Posting, posted, written
from services.invoicing.delivery.messages import ShownKind
from services.invoicing.processes.webhook import post
from shared.http.vault import NotSealed, Vault
from shared.kernel.errors import Rejection
from shared.kernel.sealed import Sealed
from shared.mail.outcome import Outcome
from shared.mail.smtp import Server, hand_over

Row = asyncpg.Record | Mapping[str, Any]


class Caller:
    """Makes the calls of a process. `server` is where mail goes to, `None` where there is none."""

    def __init__(self, documents: Documents, vault: Vault, server: Server | None) -> None:
        self._documents = documents
        self._vault = vault
        self._server = server

    @property
    def has_mail_server(self) -> bool:
        return self._server is not None

    async def receiver(self, row: Row) -> str:
        """Whom a webhook's call goes to, by host and port; empty for mail, which goes to one server."""
        if row["channel"] != "webhook" or row["recipient"] is None:
            return ""
        try:
            webhook = webhook_in(await self._vault.open(Sealed(row["recipient"])))
        except NotSealed:
            return ""  # its attempt will say so
        return "" if webhook is None else urlsplit(webhook.url).netloc.lower()

    async def deliver(self, row: Row) -> Outcome:
        """What came of it. Whatever is raised was raised before the call."""
        document = await self._documents.row(row["document_kind"], row["document_id"])
        if document is None:
            return Outcome("failed", "no_document", "the document is not in the tables")
        recipient = "" if row["recipient"] is None else await self._vault.open(Sealed(row["recipient"]))
        if row["channel"] == "webhook":
            return await self._post(row, document, recipient)
        return await self._mail(row, document, recipient)

    async def _post(self, row: Row, document: Any, recipient: str) -> Outcome:
        webhook = webhook_in(recipient)
        if webhook is None:
            return Outcome("failed", "no_address", "the account's personal data is erased")
        secret = await self._vault.open_secret(webhook.secret)
        return await post(webhook.url, secret, row["delivery_id"], event_of(row["document_kind"], document))

    async def _written(self, posting: Posting, kind: ShownKind, document: Any) -> bytes:
        if kind in LETTERS:
            return posted(posting, await self._documents.letter(kind, document))
        return written(posting, await self._documents.pdf(kind, document))

    async def _mail(self, row: Row, document: Any, recipient: str) -> Outcome:
        to = addresses_in(recipient)
        if not to:
            return Outcome("failed", "no_address", "the account has no e-mail address; set one, and send it again")
        if self._server is None:
            return Outcome("deferred", "smtp_not_configured")
        posting = Posting(row["delivery_id"], self._server.sender, to, datetime.now(UTC))
        try:
            mail = await self._written(posting, row["document_kind"], document)
        except Rejection as why:
            return Outcome("failed", why.code, why.detail)
        if len(mail) > MAIL_BYTES_MAX:
            return Outcome("failed", "too_large", f"the mail has {len(mail)} bytes, more than {MAIL_BYTES_MAX}")
        return await hand_over(self._server, to, mail)

"""A mail as it travels: plain words, and a file attached or none. Pure.

    letter(Envelope(mail_id="m-1", sender="billing@operator.example", to="ann@example.org", at=now),
           subject="Revenue", text="…", file=File("revenue.xlsx", "application/…", b"PK…"))

The `Message-ID` is the mail's: however often it is tried, mailboxes see one.
"""

from __future__ import annotations

from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Final, NamedTuple

from shared.mail.addresses import needs_smtputf8, to_ascii

_LINE_MAX: Final = 200


class Envelope(NamedTuple):
    """`at` is when it is sent, UTC."""

    mail_id: str
    sender: str
    to: str
    at: datetime


class File(NamedTuple):
    name: str
    media_type: str
    data: bytes


def letter(envelope: Envelope, *, subject: str, text: str, file: File | None = None) -> bytes:
    to = to_ascii(envelope.to)
    # Headers in UTF-8 are for servers that take such addresses, and for no others.
    mail = EmailMessage(policy=policy.SMTPUTF8 if needs_smtputf8([to]) else policy.SMTP)
    mail["From"] = Address("Meterlog", addr_spec=envelope.sender)
    local, _, domain = to.rpartition("@")
    mail["To"] = Address(username=local, domain=domain)
    mail["Subject"] = _line(subject)
    mail["Date"] = envelope.at
    mail["Message-ID"] = f"<{envelope.mail_id}@{envelope.sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text, cte="quoted-printable")
    if file is not None:
        main, _, sub = file.media_type.partition("/")
        mail.add_attachment(file.data, maintype=main, subtype=sub, filename=file.name)
    return mail.as_bytes()


def _line(words: str) -> str:
    """Words as a header has them: on one line, and not longer than anybody reads."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())[:_LINE_MAX]

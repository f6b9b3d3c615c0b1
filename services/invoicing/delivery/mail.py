"""The mail that takes a document to its customer, in the customer's language. Pure.

    From: Meterlog <billing@operator.example>         Message-ID: <id of the delivery@operator.example>
    To: ann@example.org                               Auto-Submitted: auto-generated
    Subject: Invoice INV-000042 – Meterlog            and INV-000042.pdf attached

The `Message-ID` is the delivery's: however often a mail is tried, mailboxes see one. Headers are made of values that
have been brought onto one line, and the library refuses line breaks besides: nobody adds one of his own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Final, NamedTuple

from services.invoicing.delivery.documents import Letter, Pdf
from services.invoicing.documents.contract import InvoiceContents
from services.invoicing.documents.paper.language import language_of
from services.invoicing.documents.paper.numbers import Figures
from shared.mail.addresses import needs_smtputf8

MAIL_BYTES_MAX: Final = 20_000_000
"""What most mail servers take; a larger document is not sent by mail."""

_NAME_LENGTH_MAX: Final = 100


class Posting(NamedTuple):
    """One mail: its delivery, from which address to which, and when it is sent, UTC."""

    delivery_id: str
    sender: str
    to: Sequence[str]
    at: datetime


def written(posting: Posting, pdf: Pdf) -> bytes:
    """The mail as it travels. Raises `ValueError` for a header that would be more than one line."""
    contents = pdf.contents
    mail = _begun(posting, _line(contents.seller.name) or posting.sender, subject(contents))
    mail.set_content(text(contents), cte="quoted-printable")
    mail.add_attachment(pdf.data, maintype="application", subtype="pdf", filename=pdf.file_name)
    # What begins with Content goes with the parts while they are added.
    mail["Content-Language"] = _figures(contents).language.code
    return mail.as_bytes()


def _recipient(address: str) -> Address:
    local, _, domain = address.rpartition("@")
    return Address(username=local, domain=domain)


def posted(posting: Posting, letter: Letter) -> bytes:
    """A letter of dunning as it travels: nothing is attached to it."""
    mail = _begun(posting, _line(letter.seller) or posting.sender, _line(letter.written.subject))
    text = "\n\n".join((letter.written.text.rstrip(), letter.seller)) + "\n"
    mail.set_content(text, cte="quoted-printable")
    mail["Content-Language"] = letter.written.language
    return mail.as_bytes()


def message_id(delivery_id: str, sender: str) -> str:
    """The same for every attempt of a delivery.

    >>> message_id("d-1", "billing@operator.example")
    '<d-1@operator.example>'
    """
    return f"<{delivery_id}@{sender.rpartition('@')[2]}>"


def subject(contents: InvoiceContents) -> str:
    word = _figures(contents).language.say(contents.kind)
    return _line(f"{word} {contents.number} – {contents.seller.name}")


def text(contents: InvoiceContents) -> str:
    """What is attached, what is to be done about it, and who says so."""
    figures = _figures(contents)
    say, day = figures.language.say, figures.day
    attached = say(f"mail_{contents.kind}", number=contents.number, date=day(contents.issued_on))
    return "\n\n".join((attached, _asked(contents, figures), contents.seller.name, say("mail_automatic"))) + "\n"


def _begun(posting: Posting, seller: str, about: str) -> EmailMessage:
    """A mail with all its headers, but for what follows from its words."""
    # Headers in UTF-8 are for servers that take such addresses, and for no others.
    mail = EmailMessage(policy=policy.SMTPUTF8 if needs_smtputf8(posting.to) else policy.SMTP)
    mail["From"] = Address(seller, addr_spec=posting.sender)
    mail["To"] = [_recipient(address) for address in posting.to]
    mail["Subject"] = about
    mail["Date"] = posting.at
    mail["Message-ID"] = message_id(posting.delivery_id, posting.sender)
    mail["Auto-Submitted"] = "auto-generated"
    return mail


def _asked(contents: InvoiceContents, figures: Figures) -> str:
    say = figures.language.say
    if contents.kind == "credit_note":
        return say("credited")
    if contents.amount_due <= 0:
        return say("nothing_due")
    due = f"{figures.amount(contents.amount_due)} {contents.currency}"
    return say("please_pay", amount=due, date=figures.day(contents.due_on), number=contents.number)


def _figures(contents: InvoiceContents) -> Figures:
    address = contents.bill_to_address
    return Figures(language_of(contents.language, address.country if address else ""), contents.currency)


def _line(words: str) -> str:
    """Words as a header has them: on one line, and not longer than anybody reads."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())[: 2 * _NAME_LENGTH_MAX]

"""Mail against a real SMTP server: what it says, and how far the dialogue came, is the outcome."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
import pytest_asyncio
from aiosmtpd.smtp import SMTP, Envelope
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from services.invoicing.delivery.documents import Pdf
from services.invoicing.delivery.mail import Posting, written
from services.invoicing.documents.contract import InvoiceContents
from services.invoicing.documents.examples import EXAMPLES
from services.invoicing.documents.examples.abroad import CREDIT, GERMAN
from services.invoicing.documents.examples.brussels import BRUSSELS
from shared.engine.settings import Settings
from shared.mail import smtp
from shared.mail.smtp import Server, hand_over, server_of
from tests.services.invoicing.processes.mail_server import Mailbox, mail_server

ANN, BOB = "ann@example.org", "bob@example.org"
AT = datetime(2026, 10, 1, 6, tzinfo=UTC)


@pytest_asyncio.fixture
async def box() -> AsyncIterator[Mailbox]:
    async with mail_server() as server:
        yield server


def server(port: int) -> Server:
    return Server("127.0.0.1", port, "none", "", "", "billing@operator.example")


def mail(contents: InvoiceContents = BRUSSELS, *to: str) -> bytes:
    return written(Posting("d-1", "billing@operator.example", to or [ANN], AT), Pdf(contents, b"%PDF-1.7\n.\n"))


async def test_a_mail_has_its_document_its_words_and_the_id_of_its_delivery(box: Mailbox) -> None:
    outcome = await hand_over(server(box.port), [ANN, BOB], mail(GERMAN, ANN, BOB))
    assert (outcome.kind, outcome.code) == ("sent", "250")
    (taken,) = box.mails
    assert {name: str(taken[name]) for name in ("From", "To", "Subject", "Message-ID", "Auto-Submitted", "Date")} == {
        "From": "Northwind Telecom <billing@operator.example>",
        "To": "ann@example.org, bob@example.org",
        "Subject": "Rechnung INV-000043 – Northwind Telecom",
        "Message-ID": "<d-1@operator.example>",
        "Auto-Submitted": "auto-generated",
        "Date": "Thu, 01 Oct 2026 06:00:00 +0000",
    }
    assert box.recipients == [[ANN, BOB]]
    (attached,) = taken.iter_attachments()
    assert (attached.get_content_type(), attached.get_filename()) == ("application/pdf", "INV-000043.pdf")
    assert attached.get_payload(decode=True) == b"%PDF-1.7\n.\n"
    body = taken.get_body()
    assert body is not None and "Bitte zahlen Sie 89,15" in body.get_content()


@pytest.mark.parametrize("contents", EXAMPLES, ids=[example.number for example in EXAMPLES])
async def test_a_mail_is_in_the_language_of_its_document(box: Mailbox, contents: InvoiceContents) -> None:
    await hand_over(server(box.port), [ANN], mail(contents))
    (taken,) = box.mails
    body = taken.get_body()
    assert body is not None and contents.number in body.get_content() and contents.number in str(taken["Subject"])
    assert str(taken["Content-Language"]) == (contents.language or "en").partition("-")[0]


async def test_a_credit_note_asks_for_no_payment(box: Mailbox) -> None:
    await hand_over(server(box.port), [ANN], mail(CREDIT))
    body = box.mails[0].get_body()
    assert body is not None and "gutgeschrieben" in body.get_content() and "zahlen" not in body.get_content()


async def test_no_header_is_added_by_what_a_seller_or_a_number_is_called(box: Mailbox) -> None:
    seller = msgspec.structs.replace(BRUSSELS.seller, name="Evil\r\nBcc: all@example.org")
    contents = msgspec.structs.replace(BRUSSELS, seller=seller, number="INV\r\nX-Evil: 1/..")
    assert (await hand_over(server(box.port), [ANN], mail(contents))).kind == "sent"
    (taken,) = box.mails
    assert (taken["Bcc"], taken["X-Evil"], box.recipients) == (None, None, [[ANN]])
    (attached,) = taken.iter_attachments()
    assert attached.get_filename() == "INV--X-Evil--1-...pdf"


async def test_lines_that_begin_with_a_dot_arrive_as_they_are(box: Mailbox) -> None:
    await hand_over(server(box.port), [ANN], b"Subject: dots\n\n.\n..\n.a\nend")
    assert box.mails[0].get_payload(decode=True) == b".\r\n..\r\n.a\r\nend\r\n"


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        ("550 5.1.1 <bob@example.org> no such user", "bounced", "550"),
        ("450 4.2.0 greylisted", "deferred", "450"),
        ("421 4.3.2 closing", "deferred", "421"),
    ],
    ids=["5xx", "4xx", "421"],
)
async def test_one_recipient_who_is_refused_stops_the_mail(box: Mailbox, answer: str, kind: str, code: str) -> None:
    box.refuses[BOB] = [answer]
    outcome = await hand_over(server(box.port), [ANN, BOB], mail())
    assert (outcome.kind, outcome.code, box.mails) == (kind, code, [])
    assert "bob" not in outcome.answer


JOERG = "jörg@example.org"


async def test_an_address_in_any_script_goes_where_the_server_takes_it() -> None:
    async with mail_server(wide=True) as wide:
        outcome = await hand_over(server(wide.port), [ANN, JOERG], mail(BRUSSELS, ANN, JOERG))
        assert (outcome.kind, outcome.code) == ("sent", "250")
        assert wide.recipients == [[ANN, JOERG]]
        assert JOERG in str(wide.mails[0]["To"])
        # An address in ASCII is written as ever, whatever the server takes.
        assert (await hand_over(server(wide.port), [ANN], mail(BRUSSELS, ANN))).kind == "sent"


async def test_an_address_that_the_server_can_not_write_bounces_and_says_why(box: Mailbox) -> None:
    outcome = await hand_over(server(box.port), [ANN, JOERG], mail(BRUSSELS, ANN, JOERG))
    assert (outcome.kind, outcome.code) == ("bounced", "address_script_not_offered")
    assert "örg" not in outcome.answer and box.mails == []


async def test_who_refuses_the_sender_has_nothing_against_the_recipient(box: Mailbox) -> None:
    box.refuses_sender = "553 5.7.1 not your address"
    outcome = await hand_over(server(box.port), [ANN], mail())
    assert (outcome.kind, outcome.code) == ("deferred", "553")


async def test_a_server_without_the_tls_that_is_demanded_gets_nothing(box: Mailbox) -> None:
    outcome = await hand_over(server(box.port)._replace(security="starttls"), [ANN], mail())
    assert (outcome.kind, box.mails) == ("deferred", [])


async def test_a_log_in_that_is_refused_is_our_mistake_and_names_no_password(box: Mailbox) -> None:
    outcome = await hand_over(server(box.port)._replace(user="me", password="hunter2"), [ANN], mail())
    assert (outcome.kind, box.mails) == ("deferred", []) and "hunter2" not in repr(outcome)


def says(answer: str) -> Callable[[SMTP, Envelope], Awaitable[str]]:
    async def say(server: SMTP, envelope: Envelope) -> str:
        return answer

    return say


async def hangs(server: SMTP, envelope: Envelope) -> str:
    await asyncio.sleep(3600)
    return "250 OK"


async def breaks_off(server: SMTP, envelope: Envelope) -> str:
    transport: Any = server.transport
    transport.abort()
    return "250 OK"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (says("250 queued"), "sent"),
        (says("451 4.3.0 try again"), "deferred"),
        (says("552 5.3.4 too large"), "bounced"),
        (says("354 go ahead"), "unknown"),
        (says("100 wait"), "unknown"),
        (says("999 what"), "unknown"),
        (says("what do you mean"), "unknown"),
        (says("x" * 100_000), "unknown"),
        (breaks_off, "unknown"),
        (hangs, "unknown"),
    ],
    ids=["taken", "temporary", "permanent", "more", "wait", "no_class", "garbage", "endless", "broken off", "hanging"],
)
async def test_what_comes_after_the_end_of_the_mail_counts(
    box: Mailbox, data: Any, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "CALL_TIMEOUT_S", 1.0)
    box.data = data
    assert (await hand_over(server(box.port), [ANN], mail())).kind == kind


@pytest.mark.parametrize("greets", [True, False], ids=["greets and hangs", "is silent"])
async def test_who_hangs_before_the_mail_has_not_got_it(greets: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "CALL_TIMEOUT_S", 1.0)

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if greets:
            writer.write(b"220 hello\r\n")
        await reader.read()
        writer.close()

    listening = await asyncio.start_server(silent, "127.0.0.1", 0)
    async with listening:
        port = listening.sockets[0].getsockname()[1]
        assert (await hand_over(server(port), [ANN], mail())).kind == "deferred"


async def test_who_breaks_off_at_the_word_data_has_not_got_the_mail() -> None:
    async def strange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 hello\r\n")
        while line := await reader.readline():
            if line.startswith(b"DATA"):
                break
            writer.write(b"250 fine\r\n")
        writer.close()

    listening = await asyncio.start_server(strange, "127.0.0.1", 0)
    async with listening:
        port = listening.sockets[0].getsockname()[1]
        assert (await hand_over(server(port), [ANN], mail())).kind == "deferred"


@pytest.mark.parametrize(
    "answer",
    [b"250-more\r\n" * 20_000, b"x" * 200_000, b"\xff\x00\r\n", b"220 ", b"999 what\r\n"],
    ids=["endless_lines", "endless_line", "bytes", "half_a_line", "no_class"],
)
async def test_who_answers_garbage_has_not_got_the_mail(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "CALL_TIMEOUT_S", 1.0)

    async def strange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        await reader.read()
        writer.close()

    listening = await asyncio.start_server(strange, "127.0.0.1", 0)
    async with listening:
        port = listening.sockets[0].getsockname()[1]
        assert (await hand_over(server(port), [ANN], mail())).kind == "deferred"


async def test_a_server_with_a_certificate_of_nobody_gets_neither_mail_nor_password(tmp_path: Path) -> None:
    box, said = Mailbox(), bytearray()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))

    class Listening(SMTP):
        def data_received(self, data: bytes) -> None:
            said.extend(data)
            super().data_received(data)

    protocol: Any = lambda: Listening(box, tls_context=context, require_starttls=True)  # noqa: E731
    listening = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0)
    async with listening:
        port = listening.sockets[0].getsockname()[1]
        to = server(port)._replace(security="starttls", user="me", password="hunter2")
        outcome = await hand_over(to, [ANN], mail())
    assert (outcome.kind, box.mails) == ("deferred", [])
    assert b"STARTTLS" in said and b"AUTH" not in said and b"MAIL" not in said


def self_signed(folder: Path) -> Path:
    """A certificate and its key that no authority vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(datetime(2026, 1, 1, tzinfo=UTC)).not_valid_after(datetime(2046, 1, 1, tzinfo=UTC))
    file = folder / "server.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(secret + made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    return file


async def test_nobody_there_is_no_bounce() -> None:
    assert (await hand_over(server(1), [ANN], mail())).kind == "deferred"


@pytest.mark.parametrize(
    ("settings", "sender"),
    [
        ({}, None),
        ({"smtp_host": "mail"}, None),
        ({"smtp_host": "mail", "seller_email": "hello@operator.example"}, "hello@operator.example"),
        ({"smtp_host": "mail", "seller_email": "hello@x.y", "smtp_sender": "billing@x.y"}, "billing@x.y"),
    ],
    ids=["nothing", "no sender", "the seller's address", "an address of its own"],
)
def test_mail_is_set_up_where_there_is_a_server_and_a_sender(settings: dict[str, str], sender: str | None) -> None:
    found = server_of(Settings.model_validate(settings))
    assert (None if found is None else found.sender) == sender

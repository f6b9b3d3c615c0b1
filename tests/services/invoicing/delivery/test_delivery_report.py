"""Delivery status notifications (RFC 3464) as mail systems write them, and what only looks like one."""

from __future__ import annotations

import pytest

from services.invoicing.delivery.delivery_report import DeliveryReport, read_report
from shared.kernel.errors import Rejection

ORIGINAL = (
    "Message-ID: <dlv-1@operator.example>\nFrom: billing@operator.example\nTo: ann@example.org\nSubject: Invoice\n"
)


def report(*blocks: str, original: str = ORIGINAL, kind: str = "message/rfc822", line: str = "\n") -> bytes:
    """As Postfix writes it: words for a person, the status, the mail itself or its headers."""
    status = "\n\n".join(("Reporting-MTA: dns; mx.example.org\nArrival-Date: Sun, 29 Nov 2026 10:00:00 +0000", *blocks))
    text = f"""\
From: MAILER-DAEMON@mx.example.org
To: billing@operator.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

This is a MIME-encapsulated message.

--b1
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b1
Content-Type: message/delivery-status

{status}

--b1
Content-Type: {kind}

{original}
The invoice.

--b1--
"""
    return text.replace("\n", line).encode()


def recipient(action: str, status: str, diagnostic: str = "", address: str = "ann@example.org") -> str:
    said = f"\nDiagnostic-Code: {diagnostic}" if diagnostic else ""
    return f"Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: {status}{said}"


NO_USER = recipient("failed", "5.1.1", "smtp; 550 5.1.1 <ann@example.org>: no such user")


@pytest.mark.parametrize("line", ["\n", "\r\n"])
@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"])
def test_a_recipient_who_is_not_reached_makes_the_delivery_bounce(kind: str, line: str) -> None:
    found = read_report(report(NO_USER, kind=kind, line=line))
    assert found == DeliveryReport("dlv-1", failed=True, code="5.1.1", reason="550 5.1.1 <…>: no such user")


def test_the_status_is_of_the_first_who_is_not_reached_and_the_words_say_how_many() -> None:
    full = recipient("failed", "5.2.2 (mailbox full)", "smtp; 552 over quota", "bob@example.org")
    found = read_report(report(recipient("relayed", "2.0.0"), full, NO_USER))
    assert (found.code, found.reason) == ("5.2.2", "2 of 3 addresses: 552 over quota")


def test_the_document_that_comes_back_with_it_is_not_read() -> None:
    attached = ORIGINAL + "\n" + "JVBERi0xLjcKJeLjz9MK\n" * 200_000
    assert read_report(report(NO_USER, original=attached)).code == "5.1.1"


def test_what_was_said_in_several_lines_is_on_one() -> None:
    found = read_report(report(recipient("Failed", "5.7.1", "smtp; 550-5.7.1 not from here,\n    550 5.7.1 go away")))
    assert found.reason == "550-5.7.1 not from here, 550 5.7.1 go away"


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_a_delay_or_a_receipt_is_no_bounce(action: str) -> None:
    assert read_report(report(recipient(action, "4.4.1"))) == DeliveryReport("dlv-1", failed=False, code="", reason="")


@pytest.mark.parametrize("status", ["", "permanent", "9.9.9"])
def test_a_failure_without_a_status_has_that_of_any(status: str) -> None:
    assert read_report(report(recipient("failed", status))).code == "5.0.0"


OUT_OF_OFFICE = b"""\
From: ann@example.org
In-Reply-To: <dlv-1@operator.example>
Auto-Submitted: auto-replied

I am away until Monday.
"""
NESTED = b'Content-Type: multipart/mixed; boundary="x"\n\n--x\n' * 5_000
LOOPS = b'Content-Type: multipart/report; boundary="b"\n\n' + b"--b\nContent-Type: message/rfc822\n\n" * 20_000


@pytest.mark.parametrize("mail", [b"", b"\x00\xff" * 50, OUT_OF_OFFICE, NESTED, LOOPS, report(), b"{}"])
def test_what_is_no_report_is_refused_by_what_it_lacks(mail: bytes) -> None:
    with pytest.raises(Rejection) as refused:
        read_report(mail)
    assert (refused.value.code, refused.value.status) == ("malformed", 400)
    assert "RFC 3464" in refused.value.detail


@pytest.mark.parametrize(
    "original", ["Subject: x\n", "Message-ID: none\n", "Message-ID: <a b@c>\n", "Message-ID: <'; drop@x>\n"]
)
def test_a_report_of_a_mail_that_is_not_ours_is_refused(original: str) -> None:
    with pytest.raises(Rejection, match="/bounce"):
        read_report(report(NO_USER, original=original))

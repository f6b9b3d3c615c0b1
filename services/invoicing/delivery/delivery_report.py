"""What a mail system reports of a mail that it had taken: a delivery status notification (RFC 3464), a mail of its own.

    read_report(b"Content-Type: multipart/report; report-type=delivery-status; ...")
    -> DeliveryReport("d-1", failed=True, code="5.1.1", reason="550 5.1.1 <…>: no such user")

It says what became of each recipient, and brings the headers of the mail that it is about; the `Message-ID` in them is
the delivery's. A mail goes to all its addresses or to none, so one recipient who is not reached makes the delivery
bounce. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, message_from_string, policy
from email.message import Message
from typing import Any, Final, NamedTuple

from shared.kernel.errors import Rejection
from shared.mail.said import kept

REPORT: Final = "message/rfc822"
READ_BYTES_MAX: Final = 128 * 1024
"""Of a mail; the status and the headers of what it is about come first, and the document that was attached last."""
PARTS_MAX: Final = 100
"""Parts of a mail that are looked at; a report has three."""

_STATUS: Final = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_MESSAGE_ID: Final = re.compile(r"<([A-Za-z0-9._-]{1,100})@[^<>\s]{1,255}>")
_FAILED: Final = "failed"
_NO_STATUS: Final = "5.0.0"


class DeliveryReport(NamedTuple):
    """`code` is the status of RFC 3463 of the first recipient who was not reached, `reason` what was said of it."""

    delivery_id: str
    failed: bool
    code: str
    reason: str


def read_report(mail: bytes) -> DeliveryReport:
    """Raises `Rejection`: `malformed` for what is no such report, `invalid` where no mail of ours is in it."""
    try:
        parts = _parts(message_from_bytes(mail[:READ_BYTES_MAX], policy=policy.compat32))
        recipients = [each for part in parts for each in _recipients(part)]
        delivery_id = next((found for part in parts for found in _original(part)), None)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise _no_report("it can't be read as a mail") from error
    if not recipients:
        raise _no_report("it has no part message/delivery-status with an Action for a recipient")
    if delivery_id is None:
        detail = "the report brings no Message-ID of a mail that was sent from here; tell the delivery by its id"
        raise Rejection("invalid", f"{detail}: POST /v1/deliveries/{{id}}/bounce")
    failed = [each for each in recipients if _field(each, "action").lower() == _FAILED]
    if not failed:
        return DeliveryReport(delivery_id, failed=False, code="", reason="")
    return DeliveryReport(delivery_id, failed=True, code=_code(failed[0]), reason=_reason(failed, len(recipients)))


def _parts(mail: Message) -> list[Message]:
    """The mail's parts, without those of the mail that it reports of."""
    parts: list[Message] = []
    waiting = [mail]
    while waiting and len(parts) < PARTS_MAX:
        part = waiting.pop(0)
        parts.append(part)
        if part.get_content_maintype() == "multipart":
            waiting += _below(part)
    return parts


def _below(part: Message) -> list[Message]:
    found: Any = part.get_payload()
    return [each for each in found if isinstance(each, Message)] if isinstance(found, list) else []


def _recipients(part: Message) -> list[Message]:
    """The blocks of a status part that tell of a recipient; the first block tells of the mail as a whole."""
    if part.get_content_type() not in ("message/delivery-status", "message/global-delivery-status"):
        return []
    return [block for block in _below(part) if _field(block, "action")]


def _original(part: Message) -> Iterator[str]:
    """The id of our delivery, where this part is the mail reported of, or its headers."""
    kind = part.get_content_type()
    if kind in ("message/rfc822", "message/global", "message/global-headers"):
        heads = _below(part)
    elif kind == "text/rfc822-headers":
        heads = [message_from_string(_text(part), policy=policy.compat32)]
    else:
        heads = []
    for head in heads:
        found = _MESSAGE_ID.fullmatch(_field(head, "message-id"))
        if found is not None:
            yield found[1]


def _text(part: Message) -> str:
    decoded: Any = part.get_payload(decode=True)
    return decoded.decode("utf-8", "replace") if isinstance(decoded, bytes) else str(part.get_payload())


def _field(block: Message, name: str) -> str:
    return " ".join(str(block.get(name, "")).split())


def _code(recipient: Message) -> str:
    found = _STATUS.match(_field(recipient, "status"))
    return _NO_STATUS if found is None else found[0]


def _reason(failed: list[Message], recipients: int) -> str:
    """What the other mail system said, after the kind of its words: `smtp; 550 5.1.1 no such user`."""
    kind, semicolon, said = _field(failed[0], "diagnostic-code").partition(";")
    words = kept((said if semicolon else kind).strip())
    return words if recipients == len(failed) == 1 else kept(f"{len(failed)} of {recipients} addresses: {words}")


def _no_report(why: str) -> Rejection:
    detail = f"a delivery status notification (RFC 3464) is expected as {REPORT}: {why}"
    return Rejection("malformed", detail, status=400)

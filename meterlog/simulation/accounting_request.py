"""RADIUS accounting requests (RFC 2866) as a NAS makes them: the other end of radius_packet.py.

accounting_request(Accounting("bng-1", 1, "anna@example.net", 7, "81"), identifier=42, secret=b"s3cret")
-> b"\\x04\\x2a\\x00..."            signed, with a Message-Authenticator if asked for
"""

from __future__ import annotations

import hmac
from hashlib import md5
from typing import Final

from meterlog.simulation.report import Accounting
from services.usage.formats.parsing import radius_packet as rp

_ZEROS: Final = bytes(16)
_HEADER: Final = 20
_ATTRIBUTE_BYTES_MAX: Final = 253


def accounting_request(said: Accounting, *, identifier: int, secret: bytes, signed: bool = False) -> bytes:
    """`identifier` is 0 to 255, `signed` adds a Message-Authenticator (RFC 2869)."""
    return sealed(attributes(said), identifier=identifier, secret=secret, signed=signed)


def attributes(said: Accounting) -> bytes:
    """What a packet says; of a text that is empty there is no attribute."""
    texts = ((rp.USER_NAME, said.user), (rp.NAS_IDENTIFIER, said.nas), (rp.ACCT_SESSION_ID, said.session))
    numbers = [
        (rp.NAS_PORT, said.port),
        (rp.ACCT_STATUS_TYPE, said.status),
        (rp.ACCT_SESSION_TIME, said.lasted_s),
        (rp.ACCT_INPUT_OCTETS, said.up & 0xFFFFFFFF),
        (rp.ACCT_INPUT_GIGAWORDS, said.up >> 32),
        (rp.ACCT_OUTPUT_OCTETS, said.down & 0xFFFFFFFF),
        (rp.ACCT_OUTPUT_GIGAWORDS, said.down >> 32),
    ]
    if said.waited_s:
        numbers.append((rp.ACCT_DELAY_TIME, said.waited_s))
    values = [(kind, text.encode()[:_ATTRIBUTE_BYTES_MAX]) for kind, text in texts if text]
    values += [(kind, number.to_bytes(4, "big")) for kind, number in numbers]
    return b"".join(bytes((kind, len(value) + 2)) + value for kind, value in values)


def sealed(body: bytes, *, identifier: int, secret: bytes, signed: bool = False) -> bytes:
    """Attributes with their header and what proves who sent them."""
    if signed:
        body = bytes((rp.MESSAGE_AUTHENTICATOR, 18)) + _ZEROS + body
    head = bytes((rp.ACCOUNTING_REQUEST, identifier)) + (_HEADER + len(body)).to_bytes(2, "big")
    if signed:
        proof = hmac.digest(secret, head + _ZEROS + body, "md5")
        body = body[:2] + proof + body[18:]
    return head + md5(head + _ZEROS + body + secret, usedforsecurity=False).digest() + body

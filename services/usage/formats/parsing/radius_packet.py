"""RADIUS accounting packets (RFC 2866, RFC 2869): taken apart, proven by the shared secret, answered. Pure.

    packet = b"\x04\x2a\x00\x14..."                 # Accounting-Request, identifier 42
    is_signed(packet, b"s3cret")                    # True: its authenticator is right
    attributes_of(packet)[USER_NAME]                # [b"anna@example.net"]
    answer(packet, b"s3cret")                       # Accounting-Response, identifier 42

A short codec of our own: it costs about a tenth of pyrad, which is its oracle in the tests.
"""

from __future__ import annotations

import hmac
from hashlib import md5
from typing import Final

ACCOUNTING_REQUEST: Final = 4
ACCOUNTING_RESPONSE: Final = 5

USER_NAME: Final = 1
NAS_IP_ADDRESS: Final = 4
NAS_PORT: Final = 5
FRAMED_IP_ADDRESS: Final = 8
CALLING_STATION_ID: Final = 31
NAS_IDENTIFIER: Final = 32
PROXY_STATE: Final = 33
ACCT_STATUS_TYPE: Final = 40
ACCT_DELAY_TIME: Final = 41
ACCT_INPUT_OCTETS: Final = 42
ACCT_OUTPUT_OCTETS: Final = 43
ACCT_SESSION_ID: Final = 44
ACCT_SESSION_TIME: Final = 46
ACCT_INPUT_GIGAWORDS: Final = 52
ACCT_OUTPUT_GIGAWORDS: Final = 53
EVENT_TIMESTAMP: Final = 55
MESSAGE_AUTHENTICATOR: Final = 80
NAS_PORT_ID: Final = 87
NAS_IPV6_ADDRESS: Final = 95
DELEGATED_IPV6_PREFIX: Final = 123

PACKET_BYTES_MIN: Final = 20
PACKET_BYTES_MAX: Final = 4096
"""RFC 2865 section 3; what stands behind the length that a packet gives is padding."""

_HEADER: Final = 20
_ZEROS: Final = bytes(16)

Attributes = dict[int, list[bytes]]
"""Values by type, in order. Vendor-specific attributes (26) are kept as they came."""


class MalformedPacket(ValueError):
    """Bytes that are no RADIUS packet; the message says what is wrong."""


def trimmed(datagram: bytes) -> bytes | None:
    """The packet of a datagram without its padding; `None` for what is too short, too long or cut off."""
    if len(datagram) < PACKET_BYTES_MIN:
        return None
    length = int.from_bytes(datagram[2:4], "big")
    if not PACKET_BYTES_MIN <= length <= min(len(datagram), PACKET_BYTES_MAX):
        return None
    return datagram if length == len(datagram) else datagram[:length]


def attributes_of(packet: bytes) -> Attributes:
    """The attributes of a trimmed packet. Raises `MalformedPacket` where one reaches beyond its end."""
    found: Attributes = {}
    at, end = _HEADER, len(packet)
    while at < end:
        if at + 2 > end:
            raise MalformedPacket(f"one byte is left at {at}, an attribute has at least two")
        length = packet[at + 1]
        if length < 2 or at + length > end:
            raise MalformedPacket(f"the attribute {packet[at]} at {at} has a length of {length}")
        found.setdefault(packet[at], []).append(packet[at + 2 : at + length])
        at += length
    return found


def is_well_formed(packet: bytes) -> bool:
    """Whether `attributes_of` takes a trimmed packet, at a third of its cost."""
    at, end = _HEADER, len(packet)
    while at + 2 <= end:
        length = packet[at + 1]
        if length < 2:
            return False
        at += length
    return at == end


def may_have(packet: bytes, kind: int) -> bool:
    """Whether an attribute of that type may be there: without its number among all bytes it is not."""
    return packet.find(kind, _HEADER) >= 0


def is_signed(packet: bytes, secret: bytes) -> bool:
    """Whether the Request Authenticator of an Accounting-Request is right: RFC 2866 section 3."""
    expected = md5(packet[:4] + _ZEROS + packet[_HEADER:] + secret, usedforsecurity=False).digest()
    return hmac.compare_digest(packet[4:_HEADER], expected)


def message_authenticator_fits(packet: bytes, secret: bytes) -> bool | None:
    """Whether the Message-Authenticator is right (RFC 2869 section 5.14); `None` for a packet without one.

    It is computed over an Accounting-Request with an authenticator of zeros, and before that authenticator.
    """
    return _fits(packet, secret, _ZEROS)


def status_server_fits(packet: bytes, secret: bytes) -> bool:
    """Whether a Status-Server has a Message-Authenticator and it is right: RFC 5997 section 3."""
    return _fits(packet, secret, packet[4:_HEADER]) is True


def answer(request: bytes, secret: bytes) -> bytes:
    """The Accounting-Response to a request: RFC 2866 section 4.2.

    It carries the request's Proxy-State attributes in their order, and a Message-Authenticator if the request has one.
    """
    # Mostly neither is there, and taking the packet apart was half of what an answer cost.
    proxied = may_have(request, PROXY_STATE) or may_have(request, MESSAGE_AUTHENTICATOR)
    found = attributes_of(request) if proxied else {}
    signed = MESSAGE_AUTHENTICATOR in found
    states = b"".join(bytes((PROXY_STATE, len(value) + 2)) + value for value in found.get(PROXY_STATE, ()))
    body = (bytes((MESSAGE_AUTHENTICATOR, 18)) + _ZEROS if signed else b"") + states
    head = bytes((ACCOUNTING_RESPONSE, request[1])) + (_HEADER + len(body)).to_bytes(2, "big")
    if signed:
        body = body[:2] + hmac.digest(secret, head + request[4:_HEADER] + body, "md5") + body[18:]
    return head + md5(head + request[4:_HEADER] + body + secret, usedforsecurity=False).digest() + body


def _fits(packet: bytes, secret: bytes, authenticator: bytes) -> bool | None:
    found = _place_of(packet, MESSAGE_AUTHENTICATOR)
    if found is None:
        return None
    place, length = found
    if length != 16:
        return False
    given = packet[place : place + 16]
    blank = packet[:4] + authenticator + packet[_HEADER:place] + _ZEROS + packet[place + 16 :]
    return hmac.compare_digest(given, hmac.digest(secret, blank, "md5"))


def _place_of(packet: bytes, kind: int) -> tuple[int, int] | None:
    """Where the value of the first attribute of that type begins, and its length; `None` where there is none."""
    if not may_have(packet, kind):
        return None
    at, end = _HEADER, len(packet)
    while at + 2 <= end:
        length = packet[at + 1]
        if length < 2 or at + length > end:
            return None
        if packet[at] == kind:
            return at + 2, length - 2
        at += length
    return None

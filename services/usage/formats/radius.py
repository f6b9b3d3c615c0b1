"""RADIUS accounting: packets as the listener took them, each behind when and from whom it came.

    content-type: application/vnd.meterlog.radius
    <8 bytes arrival><1 byte line><1 byte length of source><source><packet> <8 bytes arrival>…

The listener (processes/radius_listener.py) has proven who sent a packet; here is what it says. Start, interim and stop
are readings of a session, one for each direction (`Acct-Input-Octets` is what the customer sent: `up`):

    interim, input 1,000, output 9,000     ->   session, "up", "1000"  and  session, "down", "9000"

R24: a session is told by its NAS, port and Acct-Session-Id, and by its user, who is the resource. R25: octets are
gigawords × 2^32 + octets. R27: a record is of when its packet arrived less Acct-Delay-Time. R28: Accounting-On and -Off
say that all sessions of a NAS have ended.

Which attribute names the customer's line is a setting of the source: its user name, its MAC address
(Calling-Station-Id), its IP address (Framed-IP-Address, else the delegated IPv6 prefix) or its circuit (NAS-Port-Id).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Sequence
from datetime import UTC, timedelta
from typing import Final, NamedTuple

from services.usage.formats.contract import (
    Example,
    Format,
    Headers,
    Parsed,
    Problem,
    ReportedRecord,
    Undecodable,
    malformed,
    violation,
)
from services.usage.formats.parsing import radius_packet as rp
from services.usage.formats.parsing.radius_packet import Attributes, MalformedPacket
from shared.kernel.instants import EPOCH

MEDIA_TYPE: Final = "application/vnd.meterlog.radius"
METER: Final = "data.octets"

LINES: Final = ("user", "mac", "ip", "circuit")
"""What may name the customer's line; its place is what a frame holds."""

_STATUSES: Final = {1: "start", 2: "stop", 3: "interim", 7: "accounting_on", 8: "accounting_off"}
_FRAME_HEAD: Final = 10
# What a packet that is sent again may say otherwise.
_OF_THE_WAY: Final = (rp.ACCT_DELAY_TIME, rp.MESSAGE_AUTHENTICATOR, rp.PROXY_STATE)
# 2200-01-01: no record is later.
_ARRIVED_US_MAX: Final = 7_258_118_400_000_000


class Frame(NamedTuple):
    """A packet and what the listener knew of it; `arrived_us` in microseconds since 1970."""

    arrived_us: int
    line: str
    source: str
    packet: bytes


def framed(arrived_us: int, line: str, source: str, packet: bytes) -> bytes:
    """A frame as bytes. `source` has at most 255 bytes."""
    name = source.encode()
    return arrived_us.to_bytes(8, "big") + bytes((LINES.index(line), len(name))) + name + packet


def parse(body: bytes, headers: Headers) -> list[Parsed]:
    return [record for found in _frames(body) for record in _read(found)]


def split(body: bytes, headers: Headers) -> list[bytes]:
    """The bytes of the packet of each piece."""
    return [
        found if isinstance(found, bytes) else found.packet for found in _frames(body) for _ in range(len(_read(found)))
    ]


def event_key(packet: bytes) -> bytes:
    """The same for a packet and for what is sent again of it, with another identifier and another Acct-Delay-Time.

    The packet is well formed.
    """
    if not any(rp.may_have(packet, kind) for kind in _OF_THE_WAY):
        return packet[rp.PACKET_BYTES_MIN :]
    kept = bytearray()
    at, end = rp.PACKET_BYTES_MIN, len(packet)
    while at + 2 <= end:
        length = max(2, packet[at + 1])
        if packet[at] not in _OF_THE_WAY:
            kept += packet[at : at + length]
        at += length
    return bytes(kept)


def _frames(body: bytes) -> Iterator[Frame | bytes]:
    """Each frame of a message; the bytes from where there is none on."""
    at = 0
    while at < len(body):
        begin = at + _FRAME_HEAD + (body[at + 9] if at + 9 < len(body) else 0)
        packet = rp.trimmed(body[begin : begin + rp.PACKET_BYTES_MAX])
        if packet is None or body[at + 8] >= len(LINES):
            yield body[at:]
            return
        arrived_us = min(int.from_bytes(body[at : at + 8], "big"), _ARRIVED_US_MAX)
        source = body[at + _FRAME_HEAD : begin].decode(errors="replace")
        yield Frame(arrived_us, LINES[body[at + 8]], source, packet)
        at = begin + len(packet)


def _read(found: Frame | bytes) -> Sequence[Parsed]:
    if isinstance(found, bytes):
        return [Undecodable(found, "not a RADIUS packet behind a frame of the listener")]
    try:
        attributes = rp.attributes_of(found.packet)
    except MalformedPacket as error:
        return [Undecodable(found.packet, f"not a RADIUS packet: {error}")]
    status = _STATUSES.get(_number(attributes, rp.ACCT_STATUS_TYPE) or 0)
    if status is None:
        return [_unknown_status(found, attributes)]
    if status in ("accounting_on", "accounting_off"):
        return [_restart(found, attributes, status)]
    return _readings(found, attributes, status)


def _readings(frame: Frame, attributes: Attributes, status: str) -> Sequence[Parsed]:
    """A reading for each direction."""
    session = _text(attributes, rp.ACCT_SESSION_ID)
    resource = _resource(frame.line, attributes)
    if not session:
        return [malformed("Acct-Session-Id is missing", "/session_id", _shown(frame, attributes))]
    if resource is None:
        detail = f"the packet has no attribute that names its line by {frame.line}; see the source's setting line"
        return [malformed(detail, "/resource", _shown(frame, attributes))]
    place = f"{_nas(frame, attributes)}/{_number(attributes, rp.NAS_PORT) or 0}/{session}"
    lasted_s = _number(attributes, rp.ACCT_SESSION_TIME) or 0
    ended_us = _event_us(frame, attributes)
    began_at, ended_at = _instant(max(0, ended_us - lasted_s * 1_000_000)), _instant(ended_us)
    return [
        ReportedRecord(
            source=frame.source,
            resource=resource,
            meter=METER,
            quantity=str(octets),
            id=f"{place}/{direction}/{status}/{lasted_s}/{octets}",
            started_at=began_at,
            ended_at=ended_at,
            attributes={"direction": direction},
            kind="session",
            session_id=f"{place}/{direction}",
            status=status,
        )
        for direction, octets in _octets(attributes)
    ]


def _octets(attributes: Attributes) -> Sequence[tuple[str, int]]:
    """R25; what a packet does not say is 0."""
    return [
        (direction, (_number(attributes, gigawords) or 0) * 2**32 + (_number(attributes, octets) or 0))
        for direction, gigawords, octets in (
            ("up", rp.ACCT_INPUT_GIGAWORDS, rp.ACCT_INPUT_OCTETS),
            ("down", rp.ACCT_OUTPUT_GIGAWORDS, rp.ACCT_OUTPUT_OCTETS),
        )
    ]


def _restart(frame: Frame, attributes: Attributes, status: str) -> ReportedRecord:
    """R28: what ends all sessions of a NAS."""
    nas = _nas(frame, attributes)
    event_us = _event_us(frame, attributes)
    return ReportedRecord(
        source=frame.source,
        resource=f"nas:{nas}",
        meter=METER,
        quantity="0",
        id=f"{nas}/{status}/{event_us // 1_000_000}",
        started_at=_instant(event_us),
        kind="session",
        session_id=nas,
        status=status,
    )


def _unknown_status(frame: Frame, attributes: Attributes) -> Problem:
    status = _number(attributes, rp.ACCT_STATUS_TYPE)
    shown = "missing" if status is None else f"{status}, which is no usage"
    return violation(f"Acct-Status-Type is {shown}; counted are 1, 2, 3, 7 and 8", "/status", _shown(frame, attributes))


def _shown(frame: Frame, attributes: Attributes) -> dict[str, str]:
    """What a person sees of a packet that is no record."""
    return {
        "source": frame.source,
        "id": _text(attributes, rp.ACCT_SESSION_ID) or "",
        "time": _instant(frame.arrived_us),
        "packet": frame.packet.hex(),
    }


def _event_us(frame: Frame, attributes: Attributes) -> int:
    """R27: arrival less what the packet had waited for."""
    return max(0, frame.arrived_us - (_number(attributes, rp.ACCT_DELAY_TIME) or 0) * 1_000_000)


def _resource(line: str, attributes: Attributes) -> str | None:
    match line:
        case "mac":
            text = _text(attributes, rp.CALLING_STATION_ID)
        case "ip":
            text = _address(attributes, rp.FRAMED_IP_ADDRESS) or _prefix(attributes)
        case "circuit":
            text = _text(attributes, rp.NAS_PORT_ID)
        case _:
            text = _text(attributes, rp.USER_NAME)
    return f"{line}:{text}" if text else None


def _nas(frame: Frame, attributes: Attributes) -> str:
    """The NAS as it calls itself: a proxy sends for many. Without a name, the source."""
    return (
        _text(attributes, rp.NAS_IDENTIFIER)
        or _address(attributes, rp.NAS_IP_ADDRESS)
        or _address(attributes, rp.NAS_IPV6_ADDRESS)
        or frame.source
    )


def _number(attributes: Attributes, kind: int) -> int | None:
    """An attribute of type integer; `None` where it is missing or has no four bytes."""
    found = attributes.get(kind)
    return int.from_bytes(found[0], "big") if found and len(found[0]) == 4 else None


def _text(attributes: Attributes, kind: int) -> str | None:
    found = attributes.get(kind)
    return found[0].decode(errors="replace").rstrip("\0") if found else None


def _address(attributes: Attributes, kind: int) -> str | None:
    found = attributes.get(kind)
    return str(ipaddress.ip_address(found[0])) if found and len(found[0]) in (4, 16) else None


def _prefix(attributes: Attributes) -> str | None:
    """A delegated IPv6 prefix: one reserved byte, its length, and as many bytes as it needs (RFC 3162, RFC 4818)."""
    found = attributes.get(rp.DELEGATED_IPV6_PREFIX)
    if not found or not 2 <= len(found[0]) <= 18 or found[0][1] > 128:
        return None
    address = ipaddress.IPv6Address(found[0][2:].ljust(16, b"\0"))
    return str(ipaddress.IPv6Network((address, found[0][1]), strict=False))


def _instant(us: int) -> str:
    moment = EPOCH + timedelta(microseconds=us)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _example(*attributes: str) -> bytes:
    """A frame of source bras-1 that arrived on 23 November 2026, 01:00 UTC; attributes as hexadecimal digits."""
    body = bytes.fromhex("".join(attributes))
    head = bytes((rp.ACCOUNTING_REQUEST, 1)) + (rp.PACKET_BYTES_MIN + len(body)).to_bytes(2, "big") + bytes(16)
    return framed(1_795_395_600_000_000, "user", "bras-1", head + body)


_ANNA: Final = "0106616e6e61"  # User-Name anna
_NAS: Final = "04060a000001 050600000007"  # NAS-IP-Address 10.0.0.1, NAS-Port 7
_SESSION: Final = "2c0438 31"  # Acct-Session-Id 81
_START, _INTERIM, _ON, _FAILED = (f"2806{status:08x}" for status in (1, 3, 7, 15))
_OCTETS: Final = "2a06000003e8 2b0600002328 350600000001 290600000005"  # 1,000 up, 2^32 + 9,000 down, 5 s ago

_HEADERS: Final = {"content-type": MEDIA_TYPE}

EXAMPLES: Final = (
    Example(_HEADERS, _example(_ANNA, _NAS, _SESSION, _INTERIM, _OCTETS), ["session", "session"]),
    Example(
        _HEADERS,
        _example(_ANNA, _NAS, _SESSION, _START) + _example(_NAS, _ON),
        ["session", "session", "session"],
    ),
    Example(_HEADERS, _example(_ANNA, _NAS, _INTERIM, _OCTETS), ["malformed"]),
    Example(_HEADERS, _example(_NAS, _SESSION, _INTERIM, _OCTETS), ["malformed"]),
    Example(_HEADERS, _example(_ANNA, _NAS, _SESSION, _FAILED), ["schema_violation"]),
    Example(_HEADERS, _example(_ANNA, "2c00"), ["undecodable"]),
    Example(_HEADERS, _example(_ANNA, _START)[:-3], ["undecodable"]),
)

FORMAT: Final = Format(
    name="radius",
    recognises=lambda headers: headers.get("content-type") == MEDIA_TYPE,
    parse=parse,
    split=split,
    examples=EXAMPLES,
)

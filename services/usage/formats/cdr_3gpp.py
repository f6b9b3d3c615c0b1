"""Charging records of a 4G core: SGWRecord and PGWRecord of 3GPP TS 32.298, in BER, one or many one after another.

    SGWRecord {chargingID 4711, recordSequenceNumber 1, listOfTrafficVolumes [{1000 up, 2000 down}, {500, 70000}]}
      ->  4711/1/0: 3,000 octets    4711/1/1: 70,500 octets

A session that lasts is reported in partial records, which share the chargingID and count on with recordSequenceNumber
(R32). Each container in one is a record of ours, a delta called `chargingID/recordSequenceNumber/n`: so the sum over
all of them is the session, in whatever order they come, and one that is sent again counts once.

The line is the MSISDN as `tel:`, else the IMSI as `imsi:`; the source is the gateway's address, else its nodeID. A
session passes an S-GW and a P-GW, and both report it: take the records of one of them. Volumes are octets of both
directions, with `uplink` and `downlink` beside them. Records of other kinds are refused by their number.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any, Final, NamedTuple

from services.usage.formats.contract import (
    SOURCE,
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
from services.usage.formats.parsing.ber import Element, NotBer, element_at, elements, whole_number
from services.usage.formats.parsing.cdr_file import CdrCutter
from services.usage.formats.parsing.media_type import is_media_type

SGW, PGW = 78, 79
_IMSI, _ADDRESS, _CHARGING_ID, _APN, _VOLUMES, _OPENED = 3, 4, 5, 7, 12, 13
_CAUSE, _SEQUENCE, _NODE, _MSISDN, _SERVICES = 15, 17, 18, 22, 34
_RECORDS_MAX: Final = 10_000


class _Layout(NamedTuple):
    """Tags of a container: octets up and down, when it began and ended, and what it was for."""

    up: int
    down: int
    began: int | None
    ended: tuple[int, ...]
    rating_group: int | None


_TRAFFIC: Final = _Layout(3, 4, None, (6,), None)
_SERVICE: Final = _Layout(12, 13, 5, (6, 14), 1)


def parse(body: bytes, headers: Headers) -> list[Parsed]:
    """A record for each container of each charging record, or the problem with it."""
    return [found for data in _split(body) for found in _read(data, headers)]


def split(body: bytes, headers: Headers) -> list[bytes]:
    return [data for data in _split(body) for _ in _read(data, headers)]


def _split(body: bytes) -> list[bytes]:
    """The bytes of each charging record; what is no BER is one piece, to its end."""
    found: list[bytes] = []
    at = 0
    while at < len(body) and len(found) < _RECORDS_MAX:
        try:
            _, end = element_at(body, at)
        except NotBer:
            end = len(body)
        found.append(body[at:end])
        at = end
    return [*found, body[at:]] if at < len(body) else found or [body]


def _read(data: bytes, headers: Headers) -> list[Parsed]:
    try:
        record, end = element_at(data, 0)
        if end < len(data):
            return [Undecodable(data, f"more than {_RECORDS_MAX} records in a message")]
        fields = {element.tag: element for element in elements(record.content)} if record.is_constructed else {}
        if record.tag not in (SGW, PGW):
            detail = f"a charging record of kind {record.tag}; those of S-GW (78) and P-GW (79) are read"
            return [violation(detail, "", {"ber": data[:1000].hex()})]
        return _records(fields, headers, data)
    except NotBer as error:
        return [Undecodable(data, f"not BER: {error}")]


class _Session(NamedTuple):
    """What all containers of a record have in common. `identity` is chargingID/recordSequenceNumber."""

    source: str
    resource: str
    identity: str
    opened: str
    details: dict[str, Any]


def _records(fields: dict[int, Element], headers: Headers, data: bytes) -> list[Parsed]:
    content = {"ber": data[:1000].hex()}
    session = _session(fields, headers, content)
    if isinstance(session, Problem):
        return [session]
    layout, volumes = (_SERVICE, _SERVICES) if _SERVICES in fields else (_TRAFFIC, _VOLUMES)
    containers = elements(fields[volumes].content) if volumes in fields else []
    began, found = session.opened, list[Parsed]()
    for n, container in enumerate(containers):
        parts = {element.tag: element for element in elements(container.content)}
        record = _record(session, n, parts, layout, began)
        found.append(malformed("a volume is a whole number of octets", f"/{n}", content) if record is None else record)
        if record is not None and layout is _TRAFFIC:
            # Traffic volumes follow on one another; data of services run side by side.
            began = record.ended_at or began
    return found


def _session(fields: dict[int, Element], headers: Headers, content: Any) -> _Session | Problem:
    charging_id, opened = _number(fields, _CHARGING_ID), _instant(fields, _OPENED)
    source, resource = headers.get(SOURCE) or _source(fields), _resource(fields)
    if charging_id is None:
        return malformed("chargingID is missing: partial records add up by it", "/chargingID", content)
    if opened is None:
        return malformed("recordOpeningTime is missing", "/recordOpeningTime", content)
    if resource is None:
        return malformed("servedMSISDN is missing (or servedIMSI)", "/servedMSISDN", content)
    if source is None:
        return malformed("nodeID is missing (or usage-source)", "/nodeID", content)
    identity = f"{charging_id}/{_number(fields, _SEQUENCE) or 0}"
    details = {"apn": _text(fields, _APN), "cause": _number(fields, _CAUSE)}
    return _Session(source, resource, identity, opened, details)


def _record(session: _Session, n: int, parts: dict[int, Element], layout: _Layout, began: str) -> ReportedRecord | None:
    """A container as a record that begins when it says, else when the one before it ended; `None` without volumes that
    can be read."""
    up, down = (_number(parts, tag) if tag in parts else 0 for tag in (layout.up, layout.down))
    if up is None or down is None:
        return None
    started = (_instant(parts, layout.began) if layout.began is not None else None) or began
    ended = next((at for tag in layout.ended if (at := _instant(parts, tag)) is not None), started)
    group = None if layout.rating_group is None else _number(parts, layout.rating_group)
    details = {**session.details, "uplink": str(up), "downlink": str(down), "rating_group": group}
    return ReportedRecord(
        source=session.source,
        resource=session.resource,
        meter="data.octets",
        quantity=str(up + down),
        id=f"{session.identity}/{n}",
        started_at=started,
        ended_at=ended,
        attributes={name: each for name, each in details.items() if each is not None},
    )


def _number(fields: dict[int, Element], tag: int) -> int | None:
    return whole_number(fields[tag].content) if tag in fields else None


def _text(fields: dict[int, Element], tag: int) -> str | None:
    text = fields[tag].content.decode("ascii", errors="replace") if tag in fields else ""
    return text if text.isprintable() and text else None


def _instant(fields: dict[int, Element], tag: int) -> str | None:
    """TimeStamp: BCD of YYMMDDhhmmss, the sign as a letter, BCD of hhmm."""
    content = fields[tag].content if tag in fields else b""
    digits, sign, offset = content[:6].hex(), content[6:7].decode("latin-1"), content[7:].hex()
    if len(content) != 9 or not (digits + offset).isdigit() or sign not in ("+", "-"):
        return None
    day, time = "-".join((digits[:2], digits[2:4], digits[4:6])), ":".join((digits[6:8], digits[8:10], digits[10:]))
    return f"20{day}T{time}{sign}{offset[:2]}:{offset[2:]}"


def _source(fields: dict[int, Element]) -> str | None:
    """GSNAddress is a choice of binary and text, in an element of its own."""
    try:
        (inner,) = elements(fields[_ADDRESS].content if _ADDRESS in fields else b"")
        return str(ip_address(inner.content if len(inner.content) in (4, 16) else inner.content.decode("ascii")))
    except (NotBer, ValueError):
        return _text(fields, _NODE)


def _resource(fields: dict[int, Element]) -> str | None:
    for tag, kind, skipped in ((_MSISDN, "tel", 1), (_IMSI, "imsi", 0)):
        digits = _tbcd(fields[tag].content[skipped:]) if tag in fields else ""
        if digits:
            return f"{kind}:{digits}"
    return None


def _tbcd(content: bytes) -> str:
    """Digits with their halves exchanged, filled up with F."""
    swapped = "".join(f"{octet & 0x0F:x}{octet >> 4:x}" for octet in content)
    digits = swapped.rstrip("f")
    return digits if digits.isdigit() else ""


_HEADERS: Final = {"content-type": "application/vnd.3gpp.cdr"}
# Two partial records of one session of an S-GW and one of a P-GW, encoded by an ASN.1 compiler from TS 32.298 V16.
_SGW_1: Final = bytes.fromhex(
    "bf4e818c800154830802980300000000f3a4068004c000020a85021267a6068004c00002148708696e7465726e6574ac313016830203e8"
    "840207d085010086092611230200002b01003017830201f4840301117085010286092611230230002b01008d092611230130002b01008e"
    "020e108f01109101019204736777319607913316325476f897020800bf23030a0105"
)
_SGW_2: Final = bytes.fromhex(
    "bf4e75800154830802980300000000f3a4068004c000020a85021267a6068004c00002148708696e7465726e6574ac1a30188305012a05"
    "f20084010685010286092611230300002b01008d092611230230002b01008e020e108f01009101029204736777319607913316325476f8"
    "97020800bf23030a0105"
)

EXAMPLES: Final = (
    Example(_HEADERS, _SGW_1 + _SGW_2, ["record", "record", "record"]),
    Example(_HEADERS, _SGW_2 + b"\x30\x00", ["record", "schema_violation"]),
    Example(_HEADERS, _SGW_2.replace(bytes.fromhex("85021267"), bytes.fromhex("86021267")), ["malformed"]),
    Example(_HEADERS, _SGW_2[:-1], ["undecodable"]),
)

FORMAT: Final = Format(
    name="cdr_3gpp",
    recognises=lambda headers: is_media_type(headers, _HEADERS["content-type"]),
    parse=parse,
    split=split,
    examples=EXAMPLES,
    cutter=CdrCutter,
)

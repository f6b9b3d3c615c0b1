"""IPDR documents of DOCSIS cable networks: SAMIS in XML, of DOCSIS 1.1 to 3.1 (R31).

    <IPDRDoc ...><IPDR xsi:type="DOCSIS-Type"><IPDRcreationTime>2026-11-23T01:15:00Z</IPDRcreationTime>
      <CMTShostName>cmts1</CMTShostName><CMTSsysUpTime>61878200</CMTSsysUpTime><CMmacAddress>00-1B-44-11-3A-B7</…>
      <RecType>1</RecType><serviceIdentifier>2501</serviceIdentifier><serviceDirection>1</serviceDirection>
      <serviceOctetsPassed>73400320</serviceOctetsPassed><serviceTimeCreated>1850600</serviceTimeCreated></IPDR></IPDRDoc>

A service flow is a session: octets of 64 bits count from its creation, record type 1 is `interim` and 2 is `stop`. The
line is the cable modem, `mac:`. The session is called after modem, flow and when the flow was created: a flow that is
made anew after the CMTS restarted, when everything counts from 0, is another one. `CMTSsysUpTime`, in hundredths of a
second, goes along as `uptime_s`. Direction 1 is `down`, 2 is `up`. Types 3 (start) and 4 (event) have no octets that
count.
"""

from __future__ import annotations

from typing import Final

from services.usage.formats.contract import (
    SOURCE,
    Example,
    Format,
    Headers,
    Parsed,
    ReportedRecord,
    Undecodable,
    malformed,
    violation,
)
from services.usage.formats.parsing.collected import instant, whole
from services.usage.formats.parsing.ipdr_xml import IpdrCutter, NotIpdr, records_of
from services.usage.formats.parsing.media_type import is_media_type

# The names of DOCSIS 2.0, 3.0 and 3.1-B.0, in lower case.
_HOST: Final = ("cmtshostname", "cmtsipaddress", "cmtsipv4addr")
_UPTIME: Final = ("cmtssysuptime",)
_MODEM: Final = ("cmmacaddress", "cmmacaddr", "subscriberid")
_FLOW: Final = ("serviceidentifier", "serviceflowid", "sfid")
_OCTETS: Final = ("serviceoctetspassed", "octetspassed")
_TYPE: Final = ("rectype", "sftype")
_TIME: Final = ("reccreationtime", "ipdrcreationtime")
_DIRECTION: Final = ("servicedirection", "sfdirection")
_KEPT: Final = {"serviceclassname": "service_class"}

_STATUSES: Final = {"1": "interim", "interim": "interim", "2": "stop", "stop": "stop"}
_DIRECTIONS: Final = {"1": "down", "downstream": "down", "2": "up", "upstream": "up"}
_MEDIA_TYPES: Final = ("application/vnd.ipdr+xml", "application/xml", "text/xml")


def parse(body: bytes, headers: Headers) -> list[Parsed]:
    """A record or a problem for each IPDR of the document."""
    try:
        records = records_of(body)
    except NotIpdr as error:
        return [Undecodable(body, f"not an IPDR document: {error}")]
    if not records:
        return [Undecodable(body, "a document without IPDR records")]
    return [_record(fields, headers, data) for fields, data in records]


def split(body: bytes, headers: Headers) -> list[bytes]:
    try:
        return [data for _, data in records_of(body)] or [body]
    except NotIpdr:
        return [body]


def _record(fields: dict[str, str], headers: Headers, data: bytes) -> Parsed:
    content = {"xml": data.decode(errors="replace")}
    given = {
        name: _first(fields, names)
        for name, names in {"CMmacAddress": _MODEM, "serviceIdentifier": _FLOW, "RecCreationTime": _TIME}.items()
    }
    missing = next((name for name, value in given.items() if value is None), None)
    if missing is not None:
        return malformed(f"{missing} is missing", f"/{missing}", content)
    modem, flow, at = given["CMmacAddress"], given["serviceIdentifier"], instant(_zulu(given["RecCreationTime"] or ""))
    octets, status = whole(_first(fields, _OCTETS)), _STATUSES.get((_first(fields, _TYPE) or "").lower())
    if at is None:
        return malformed("RecCreationTime is an RFC 3339 instant", "/RecCreationTime", content)
    if octets is None:
        return malformed("serviceOctetsPassed is a whole number of octets", "/serviceOctetsPassed", content)
    if status is None:
        return violation("RecType is 1 (interim) or 2 (stop)", "/RecType", content)
    source, uptime = headers.get(SOURCE) or _first(fields, _HOST), whole(_first(fields, _UPTIME))
    if source is None:
        return malformed("CMTShostName is missing (or usage-source)", "/CMTShostName", content)
    session = f"{modem}/{flow}/{fields.get('servicetimecreated', '')}"
    direction = _DIRECTIONS.get((_first(fields, _DIRECTION) or "").lower())
    attributes = {"direction": direction} | {name: fields.get(field) for field, name in _KEPT.items()}
    return ReportedRecord(
        source=source,
        resource=f"mac:{modem}",
        meter="data.octets",
        quantity=str(octets),
        id=f"{session}@{at}",
        started_at=at,
        attributes={name: text for name, text in attributes.items() if text},
        kind="session",
        uptime_s=None if uptime is None else uptime // 100,
        session_id=session,
        status=status,
    )


def _zulu(text: str) -> str:
    """IPDR instants are UTC, with or without saying so."""
    return text if text[-1:].upper() == "Z" or text[-6:-5] in ("+", "-") else f"{text}Z"


def _first(fields: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((fields[name] for name in names if fields.get(name)), None)


_HEADERS: Final = {"content-type": "application/vnd.ipdr+xml"}
# A record of a CMTS in the schema DOCSIS-3.1-B.0 (SP-OSSIv2.0, appendix B).
_RECORD: Final = (
    b'<IPDR xsi:type="DOCSIS-Type"><IPDRcreationTime>2026-11-23T01:15:00Z</IPDRcreationTime><CMTShostName>cmts1'
    b"</CMTShostName><CMTSipAddress>192.0.2.1</CMTSipAddress><CMTSsysUpTime>61878200</CMTSsysUpTime>"
    b"<CMmacAddress>00-1B-44-11-3A-B7</CMmacAddress><CMipAddress>192.0.2.9</CMipAddress><RecType>1</RecType>"
    b"<serviceIdentifier>2501</serviceIdentifier><serviceClassName>Gold</serviceClassName><serviceDirection>1"
    b"</serviceDirection><serviceOctetsPassed>73400320</serviceOctetsPassed><servicePktsPassed>51200"
    b"</servicePktsPassed><serviceTimeCreated>1850600</serviceTimeCreated></IPDR>"
)
_DOCUMENT: Final = (
    b'<?xml version="1.0" encoding="UTF-8"?><IPDRDoc xmlns="http://www.ipdr.org/namespaces/ipdr" '
    b'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" docId="7B3A" creationTime="2026-11-23T01:15:00Z" '
    b'IPDRRecorderInfo="cmts1" version="3.1">%s<IPDRDoc.End count="1" endTime="2026-11-23T01:15:01Z"/></IPDRDoc>'
)

EXAMPLES: Final = (
    Example(_HEADERS, _DOCUMENT % (_RECORD + _RECORD.replace(b"RecType>1", b"RecType>2")), ["session", "session"]),
    Example(_HEADERS, _DOCUMENT % _RECORD.replace(b"<RecType>1", b"<RecType>3"), ["schema_violation"]),
    Example(_HEADERS, _DOCUMENT % _RECORD.replace(b"73400320", b"-1"), ["malformed"]),
    Example(_HEADERS, (_DOCUMENT % _RECORD)[:-9], ["undecodable"]),
    Example(_HEADERS, b'<!DOCTYPE a [<!ENTITY b "c">]><IPDRDoc>&b;</IPDRDoc>', ["undecodable"]),
)

FORMAT: Final = Format(
    name="ipdr",
    recognises=lambda headers: is_media_type(headers, *_MEDIA_TYPES),
    parse=parse,
    split=split,
    examples=EXAMPLES,
    cutter=IpdrCutter,
)

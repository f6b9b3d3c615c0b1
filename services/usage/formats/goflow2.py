"""Flows of NetFlow, IPFIX and sFlow, as goflow2 writes them in JSON (`-format=json`, `-transport=kafka`).

    {"type": "SFLOW_5", "sampling_rate": 100, "sampler_address": "192.0.2.1", "bytes": 1500,
     "src_addr": "203.0.113.7", "dst_addr": "198.51.100.1", "time_flow_start_ns": 1681583295157626000, ...}

A flow has two ends, and each that is a line of ours (header `usage-lines`) is a record: of the source with direction
`up`, of the destination with `down`. Between two lines of ours it is both; with neither end ours it is nobody's usage
and no record. Where nothing says which are ours, both ends are, and a foreign one waits as `unknown_resource`.

Octets are what was sampled times the rate at which it was: an estimate that is right on average. A rate of 0 or none
means that every packet was counted. NetFlow and IPFIX deltas add up (R33). An IPFIX total, which goflow2 gives where
its mapping names field 85 `octet_total_count`, is the flow's sum until now: a session, of which the largest counts.
goflow2 numbers packets, not flows, so a delta has no id: it is called after where it stood in the log.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any, Final

import msgspec

from services.usage.formats.contract import (
    LINES,
    Example,
    Format,
    Headers,
    Parsed,
    Problem,
    ReportedRecord,
    malformed,
    violation,
)
from services.usage.formats.json import parse, split
from services.usage.formats.parsing.collected import instant, whole
from services.usage.formats.parsing.lines_of_ours import LinesOfOurs, NoAddress

TYPES: Final = ("SFLOW_5", "NETFLOW_V5", "NETFLOW_V9", "IPFIX")
TOTAL: Final = "octet_total_count"

_ENDS: Final = (("src_addr", "up"), ("dst_addr", "down"))
_FLOW: Final = ("src_addr", "dst_addr", "proto", "src_port", "dst_port", "in_if", "time_flow_start_ns")
_RATE_MAX: Final = 1 << 32


def read_flow(value: dict[str, Any], text: bytes, headers: Headers) -> list[Parsed] | None:
    """The records of a flow; `None` for an object that is none."""
    if "sampler_address" not in value or value.get("type") not in TYPES:
        return None
    content = msgspec.Raw(text)
    problem = _problem(value, content)
    if problem is not None:
        return [problem]
    try:
        ours = LinesOfOurs.of(headers.get(LINES))
        ends = [(ours.resource(value[name]), direction) for name, direction in _ENDS if value.get(name)]
    except NoAddress as error:
        return [violation(str(error), "/src_addr", content)]
    return [_record(value, resource, direction) for resource, direction in ends if resource is not None]


def _problem(value: dict[str, Any], content: Any) -> Problem | None:
    source = value["sampler_address"]
    if not isinstance(source, str) or not source:
        return malformed("sampler_address is the address of the router, a string", "/sampler_address", content)
    for name, _ in _ENDS:
        if not isinstance(value.get(name), str | None):
            return malformed(f"{name} is an address, a string", f"/{name}", content)
    counted = TOTAL if TOTAL in value else "bytes"
    if whole(value.get(counted)) is None:
        return malformed(f"{counted} is a whole number of octets", f"/{counted}", content)
    rate = whole(value.get("sampling_rate", 0))
    if rate is None or rate > _RATE_MAX:
        return malformed("sampling_rate is a whole number: one of so many packets", "/sampling_rate", content)
    if _started(value) is None:
        return malformed("time_flow_start_ns is missing (or time_received_ns)", "/time_flow_start_ns", content)
    return None


def _record(value: dict[str, Any], resource: str, direction: str) -> ReportedRecord:
    started = _started(value)
    ended = instant(value.get("time_flow_end_ns")) or started
    total = whole(value.get(TOTAL))
    octets = whole(value.get("bytes")) or 0 if total is None else total
    flow = _flow_id(value) + direction if total is not None else None
    return ReportedRecord(
        source=value["sampler_address"],
        resource=resource,
        meter="data.octets",
        quantity=str(octets * (whole(value.get("sampling_rate", 0)) or 1)),
        id=None if flow is None else f"{flow}/{ended}",
        # A flow that began before the router's clock was set, or ends before it begins, happened when it ended.
        started_at=started if started is not None and started <= (ended or started) else ended,
        ended_at=ended,
        attributes={"direction": direction},
        kind="delta" if flow is None else "session",
        session_id=flow,
        status=None if flow is None else "interim",
    )


def _started(value: dict[str, Any]) -> str | None:
    """When the flow began; a router that does not say leaves 0, and then it is when goflow2 had it."""
    for name in ("time_flow_start_ns", "time_received_ns"):
        if value.get(name) not in (None, 0, "0"):
            return instant(value[name])
    return None


def _flow_id(value: dict[str, Any]) -> str:
    key = "\x1f".join(str(value.get(name, "")) for name in _FLOW)
    return f"flow-{blake2b(key.encode(errors='replace'), digest_size=12).hexdigest()}-"


# The flow of goflow2's README (main, January 2026), with addresses of documentation.
_SFLOW: Final = (
    b'{"type":"SFLOW_5","time_received_ns":1681583295157626000,"sequence_num":2999,"sampling_rate":100,'
    b'"sampler_address":"192.0.2.1","time_flow_start_ns":1681583295157626000,"time_flow_end_ns":1681583295157626000,'
    b'"bytes":1500,"packets":1,"src_addr":"203.0.113.7","dst_addr":"198.51.100.1","etype":"IPv4","proto":"TCP",'
    b'"src_port":443,"dst_port":50001}'
)
_OURS: Final = {LINES: "203.0.113.0/24"}

EXAMPLES: Final = (
    Example({}, _SFLOW, ["record", "record"]),
    Example(_OURS, _SFLOW, ["record"]),
    Example({LINES: "10.0.0.0/8"}, _SFLOW, []),
    Example(_OURS, _SFLOW.replace(b"1500", b'"much"'), ["malformed"]),
    Example(_OURS, _SFLOW.replace(b"203.0.113.7", b"nowhere"), ["schema_violation"]),
    Example(
        _OURS,
        b'{"type":"IPFIX","time_received_ns":1681583295157626000,"sampler_address":"192.0.2.1",'
        b'"time_flow_start_ns":1681583200000000000,"time_flow_end_ns":1681583290000000000,"bytes":0,'
        b'"octet_total_count":7000,"src_addr":"198.51.100.1","dst_addr":"203.0.113.7","proto":"UDP"}',
        ["session"],
    ),
)

FORMAT: Final = Format(
    name="goflow2",
    recognises=lambda headers: False,
    parse=parse,
    split=split,
    read_object=read_flow,
    examples=EXAMPLES,
)

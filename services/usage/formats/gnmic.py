"""Interface counters and rates that gnmic subscribed to by gNMI, in its event format (`format: event`).

    {"name": "sub1", "timestamp": 1710890476202665500, "tags": {"source": "192.0.2.1:57400", "interface_name": "1/1/1"},
     "values": {"/interface/statistics/in-octets": "65382630", "/interface/statistics/out-octets": "64721394"}}

becomes one `counter` reading of `data.octets` of `ifindex:192.0.2.1/1/1/1`: octets in and out together, of 64 bits.
Both have to be in one event, which gnmic's processors `event-merge` or `event-group-by` see to: with one of them alone
the sum would fall and rise. `last-clear` of the counters, or a tag `boot_id`, tells that they began anew; without
either a counter that falls is `counter_ambiguous`, never a guess.

Rates in bit/s (`in-bps`, `out-bps`) are `sample` records of the meter `bandwidth.bps` with a direction, for prices by
percentile; that meter is one you define. An event of neither measures no usage and is no record.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from services.usage.formats.contract import (
    SOURCE,
    Example,
    Format,
    Headers,
    Parsed,
    ReportedRecord,
    malformed,
)
from services.usage.formats.json import parse, split
from services.usage.formats.parsing.collected import instant, whole

_OCTETS: Final = ("in-octets", "out-octets")
_RATES: Final = (("in-bps", "in"), ("out-bps", "out"))
_INTERFACES: Final = ("interface_name", "port_port-id", "port-id", "name", "interface")
NO_BOOT: Final = "unknown"


def read_event(value: dict[str, Any], text: bytes, headers: Headers) -> list[Parsed] | None:
    """The records of an event; `None` for an object that is none."""
    tags, values = value.get("tags"), value.get("values")
    if "timestamp" not in value or not isinstance(tags, dict) or not isinstance(values, dict):
        return None
    found = {str(path).rpartition("/")[2]: each for path, each in values.items()}
    if not any(name in found for name in (*_OCTETS, *(rate for rate, _ in _RATES))):
        return []
    content = msgspec.Raw(text)
    at = instant(value["timestamp"])
    if at is None:
        return [malformed("timestamp is a count since 1970", "/timestamp", content)]
    device = str(tags.get("source", "")).rpartition(":")[0] or str(tags.get("source", ""))
    interface = next((str(tags[name]) for name in _INTERFACES if tags.get(name)), "")
    if not device or not interface:
        missing = "interface_name" if device else "source"
        return [malformed(f"{missing} is missing: an interface is called after both", f"/tags/{missing}", content)]
    source, line = headers.get(SOURCE) or device, f"ifindex:{device}/{interface}"
    boot_id = str(found.get("last-clear") or tags.get("boot_id") or NO_BOOT)
    return [*_counters(found, source, line, at, boot_id, content), *_samples(found, source, line, at, content)]


def _counters(found: dict[str, Any], source: str, line: str, at: str, boot_id: str, content: Any) -> list[Parsed]:
    if not any(name in found for name in _OCTETS):
        return []
    readings = [whole(found.get(name)) for name in _OCTETS]
    octets = [reading for reading in readings if reading is not None]
    if len(octets) < len(readings):
        detail = "in-octets and out-octets come in one event, each a whole number: merge them in gnmic"
        return [malformed(detail, "/values", content)]
    return [
        ReportedRecord(
            source=source,
            resource=line,
            meter="data.octets",
            quantity=str(sum(octets)),
            id=f"{line}@{at}",
            started_at=at,
            kind="counter",
            counter_bits=64,
            boot_id=boot_id,
        )
    ]


def _samples(found: dict[str, Any], source: str, line: str, at: str, content: Any) -> list[Parsed]:
    records: list[Parsed] = []
    for name, direction in _RATES:
        if name not in found:
            continue
        rate = whole(found[name])
        if rate is None:
            records.append(malformed(f"{name} is a whole number of bit/s", f"/values/{name}", content))
            continue
        records.append(
            ReportedRecord(
                source=source,
                resource=line,
                meter="bandwidth.bps",
                quantity=str(rate),
                id=f"{line}@{at}/{direction}",
                started_at=at,
                attributes={"direction": direction},
                kind="sample",
            )
        )
    return records


# The event of gnmic's page on event-allow (main, 2026), without the counters of packets.
_EXAMPLE: Final = (
    b'{"name":"default","timestamp":1607291271894072397,"tags":{"interface_name":"1/1/1","source":"192.0.2.1:57400",'
    b'"subscription-name":"default"},"values":{"/srl_nokia-interfaces:interface/statistics/in-octets":"65382630",'
    b'"/srl_nokia-interfaces:interface/statistics/out-octets":"64721394"}}'
)

EXAMPLES: Final = (
    Example({}, b"[" + _EXAMPLE + b"]", ["record"]),
    Example({}, _EXAMPLE.replace(b"out-octets", b"out-packets"), ["malformed"]),
    Example({}, _EXAMPLE.replace(b"statistics/in-octets", b"traffic-rate/in-bps").replace(b"out-o", b"o"), ["record"]),
    Example({}, _EXAMPLE.replace(b"octets", b"unicast-packets"), []),
    Example({}, _EXAMPLE.replace(b'"interface_name":"1/1/1",', b""), ["malformed"]),
)

FORMAT: Final = Format(
    name="gnmic",
    recognises=lambda headers: False,
    parse=parse,
    split=split,
    read_object=read_event,
    examples=EXAMPLES,
)

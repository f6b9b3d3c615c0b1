"""Interface counters that Telegraf polled by SNMP, in its JSON (`data_format = "json"`), one metric or a batch.

    {"name": "interface", "timestamp": 1575509815, "tags": {"agent_host": "192.0.2.1", "ifIndex": "3",
     "uptime": "11331974"},
     "fields": {"ifHCInOctets": 3436617431, "ifHCOutOctets": 581368041}}

becomes one `counter` reading of `data.octets` of `ifindex:192.0.2.1/3`: octets in and out together, of 64 bits. Of
32 bits (`ifInOctets`, `ifOutOctets`; R30) the sum of two would hide which of them wrapped, so each is a counter of its
own, of `ifindex:192.0.2.1/3/in` and `/out`; where a metric has both widths the wide ones count. `uptime` (or
`sysUpTime`), in hundredths of a second, tells a restart from a wrap: a tag or a field, see docs/equipment.md. A metric
without octets of an interface measures no usage and is no record.

A reading is called after its interface and its time: sent twice it counts once.
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
    Problem,
    ReportedRecord,
    malformed,
)
from services.usage.formats.json import parse, split
from services.usage.formats.parsing.collected import instant, whole

_WIDE: Final = ("ifHCInOctets", "ifHCOutOctets")
_NARROW: Final = ("ifInOctets", "ifOutOctets")
_UPTIMES: Final = ("sysUpTime", "uptime", "sysUpTimeInstance", "sysUpTime.0")
_DEVICES: Final = ("agent_host", "source", "hostname")
_METRICS_MAX: Final = 10_000


def read_metrics(value: dict[str, Any], text: bytes, headers: Headers) -> list[Parsed] | None:
    """The readings of a metric or a batch of them; `None` for an object that is neither."""
    metrics = value.get("metrics") if set(value) == {"metrics"} else [value]
    if not isinstance(metrics, list) or not metrics or not all(_is_metric(metric) for metric in metrics):
        return None
    content = msgspec.Raw(text)
    return [found for metric in metrics[:_METRICS_MAX] for found in _readings(metric, headers, content)]


def _is_metric(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == {"fields", "name", "tags", "timestamp"}
        and isinstance(value["fields"], dict)
        and isinstance(value["tags"], dict)
    )


def _readings(metric: dict[str, Any], headers: Headers, content: Any) -> list[Parsed]:
    fields, tags = metric["fields"], metric["tags"]
    names = next((pair for pair in (_WIDE, _NARROW) if any(name in fields for name in pair)), None)
    if names is None:
        return []
    at, uptime = instant(metric["timestamp"]), _uptime_s(metric)
    device, index = _first(tags, _DEVICES), tags.get("ifIndex", fields.get("ifIndex"))
    problem = _problem(fields, names, device, index, at, content)
    if problem is None and uptime is None:
        problem = malformed("uptime is missing: without sysUpTime a restart looks like a wrap", "/tags/uptime", content)
    if problem is not None:
        return [problem]
    readings = [whole(fields[name]) or 0 for name in names]
    line = f"ifindex:{device}/{index}"
    counters = [(line, 64, sum(readings))]
    if names is _NARROW:
        counters = [(f"{line}/in", 32, readings[0]), (f"{line}/out", 32, readings[1])]
    return [
        ReportedRecord(
            source=headers.get(SOURCE) or str(device),
            resource=resource,
            meter="data.octets",
            quantity=str(octets),
            id=f"{resource}@{at}",
            started_at=at,
            kind="counter",
            counter_bits=bits,
            uptime_s=uptime,
        )
        for resource, bits, octets in counters
    ]


def _problem(
    fields: dict[str, Any], names: tuple[str, ...], device: str | None, index: Any, at: str | None, content: Any
) -> Problem | None:
    if device is None:
        return malformed("agent_host is missing: the device is part of the interface's name", "/tags", content)
    if whole(index) is None:
        return malformed("ifIndex is missing: poll IF-MIB::ifXTable as a table", "/tags/ifIndex", content)
    if at is None:
        return malformed("timestamp is a count since 1970, or RFC 3339", "/timestamp", content)
    for name in names:
        if whole(fields.get(name)) is None:
            return malformed(
                f"{name} is a whole number; a reading has {' and '.join(names)}", f"/fields/{name}", content
            )
    return None


def _uptime_s(metric: dict[str, Any]) -> int | None:
    """Whole seconds of what is counted in hundredths."""
    found = _first(metric["tags"], _UPTIMES) or _first(metric["fields"], _UPTIMES)
    hundredths = whole(found)
    return None if hundredths is None else hundredths // 100


def _first(values: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((values[name] for name in names if values.get(name) not in (None, "")), None)


# The interface of the SNMP plug-in's README, written by the JSON serialiser (both Telegraf 1.3x).
_EXAMPLE: Final = (
    b'{"name":"interface","timestamp":1575509815,"tags":{"agent_host":"192.0.2.1","ifDescr":"eth0","ifIndex":"2",'
    b'"uptime":"11331974"},"fields":{"ifHCInOctets":3852386380,"ifHCOutOctets":434865441,"ifMtu":1500}}'
)

EXAMPLES: Final = (
    Example({}, _EXAMPLE, ["record"]),
    Example({}, _EXAMPLE.replace(b"HC", b""), ["record", "record"]),
    Example({}, b'{"metrics":[' + _EXAMPLE + b"," + _EXAMPLE.replace(b"HC", b"") + b"]}", ["record"] * 3),
    Example({}, b'{"name":"cpu","timestamp":1575509815,"tags":{"host":"a"},"fields":{"usage_idle":99.5}}', []),
    Example({}, _EXAMPLE.replace(b',"uptime":"11331974"', b""), ["malformed"]),
    Example({}, _EXAMPLE.replace(b"ifHCInOctets", b"ifHCInUcastPkts"), ["malformed"]),
)

FORMAT: Final = Format(
    name="telegraf",
    recognises=lambda headers: False,
    parse=parse,
    split=split,
    read_object=read_metrics,
    examples=EXAMPLES,
)

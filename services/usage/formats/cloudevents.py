"""CloudEvents 1.0 of type `meterlog.usage.v1`: `source`, `id` and `time` in the envelope, the rest in `data`.

Binary, as Kafka or HTTP headers beside the data (HTTP writes `ce-id`, Kafka `ce_id`):

    ce_specversion: 1.0   ce_type: meterlog.usage.v1   ce_source: olt-12   ce_id: 0192   ce_time: 2026-11-23T01:00:00Z
    {"resource": "mac:00:1b", "meter": "data.octets", "quantity": "7"}

Structured, as one JSON object (or an array of them):

    {"specversion": "1.0", "type": "meterlog.usage.v1", "source": "olt-12", "id": "0192f1c0", "data": {...}}

`time` is when the usage started unless the data says so itself. Extension attributes are allowed and not kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from services.usage.formats.careful import read
from services.usage.records import Item, Problem, Undecodable, malformed, violation

TYPE: Final = "meterlog.usage.v1"
_ANY = msgspec.json.Decoder().decode


def is_binary(headers: Mapping[str, str]) -> bool:
    return "ce_specversion" in headers or "ce-specversion" in headers


def parse_binary(body: bytes, headers: Mapping[str, str]) -> list[Item]:
    """The one record of a binary-mode message."""
    envelope = {name[3:]: value for name, value in headers.items() if name[:3] in ("ce_", "ce-")}
    try:
        data = _ANY(body)
    except msgspec.ValidationError as error:
        return [malformed(f"the data cannot be read: {error}", "/data")]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return [Undecodable(body, f"not UTF-8 JSON: {error}")]
    return [_join(envelope, data)]


def read_structured(value: dict[str, Any]) -> Item:
    """The record of a structured-mode event."""
    if "data" not in value:
        return malformed("data is missing; a CloudEvent carries the record there as JSON", "/data", value)
    return _join(value, value["data"])


def _join(envelope: Mapping[str, Any], data: Any) -> Item:
    problem = _problem(envelope, data)
    if problem is not None:
        return problem
    fields = {"source": envelope["source"], "id": envelope["id"]}
    time = envelope.get("time")
    if time is not None and "started_at" not in data:
        fields["started_at"] = time
    return read({**data, **fields})


def _problem(envelope: Mapping[str, Any], data: Any) -> Problem | None:
    content = {**{k: v for k, v in envelope.items() if k != "data"}, "data": data}
    for name in ("specversion", "type", "source", "id"):
        if not isinstance(envelope.get(name), str):
            return malformed(f"the CloudEvents attribute {name} is missing or not a string", f"/{name}", content)
    if envelope["specversion"] != "1.0":
        return violation(f"specversion is 1.0, not {envelope['specversion'][:20]!r}", "/specversion", content)
    if envelope["type"] != TYPE:
        return violation(f"type is {TYPE}, not {envelope['type'][:80]!r}", "/type", content)
    if not isinstance(data, dict):
        return malformed("data is a JSON object: the record without source and id", "/data", content)
    doubled = [name for name in ("source", "id") if name in data]
    if doubled:
        return violation(f"{doubled[0]} belongs in the envelope, not in data", f"/data/{doubled[0]}", content)
    return None


_BINARY: Final = {
    "ce_specversion": "1.0",
    "ce_type": TYPE,
    "ce_source": "olt-12",
    "ce_id": "1",
    "ce_time": "2026-11-23T01:00:00Z",
}

EXAMPLES: Final[list[tuple[dict[str, str], bytes, list[str]]]] = [
    (_BINARY, b'{"resource":"mac:00:1b","meter":"data.octets","quantity":"7"}', ["record"]),
    (_BINARY, b'{"resource":"mac:00:1b","meter":"data.octets","quantity":7}', ["malformed"]),
    ({**_BINARY, "ce_type": "com.example.other"}, b"{}", ["schema_violation"]),
    (_BINARY, b"\xff\xfe", ["undecodable"]),
    (
        {},
        b'{"specversion":"1.0","type":"meterlog.usage.v1","source":"olt-12","id":"1","time":"2026-11-23T01:00:00Z",'
        b'"datacontenttype":"application/json","data":{"resource":"mac:00:1b","meter":"data.octets","quantity":"7"}}',
        ["record"],
    ),
    ({}, b'{"specversion":"1.0","type":"meterlog.usage.v1","source":"olt-12","id":"1"}', ["malformed"]),
]

"""CloudEvents 1.0 of type `meterlog.usage.v1`: `source`, `id` and `time` in the envelope, the rest in `data`.

Binary, as Kafka or HTTP headers beside the data (HTTP writes `ce-id`, Kafka `ce_id`):

    ce_specversion: 1.0   ce_type: meterlog.usage.v1   ce_source: olt-12   ce_id: 0192   ce_time: 2026-11-23T01:00:00Z
    {"resource": "mac:00:1b", "meter": "data.octets", "quantity": "7"}

Structured, as one JSON object (or an array of them):

    {"specversion": "1.0", "type": "meterlog.usage.v1", "source": "olt-12", "id": "0192f1c0", "data": {...}}

or with `data_base64` in place of `data`, the same JSON in base64, as a library writes it that was given bytes.

`time` is when the usage started unless the data says so itself. Extension attributes are allowed and not kept.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from typing import Any, Final

import msgspec
from msgspec import structs

from services.usage.formats.contract import (
    Example,
    Format,
    Headers,
    Parsed,
    Problem,
    Undecodable,
    malformed,
    violation,
)
from services.usage.formats.parsing.field_checks import checked_record
from services.usage.formats.parsing.json_text import read_value
from shared.kernel.json_keys import NOT_JSON

TYPE: Final = "meterlog.usage.v1"


def is_binary(headers: Headers) -> bool:
    return "ce_specversion" in headers or "ce-specversion" in headers


def parse_binary(body: bytes, headers: Headers) -> list[Parsed]:
    """The one record of a binary-mode message."""
    envelope = _envelope(headers)
    try:
        data = read_value(body)
    except NOT_JSON as error:
        return [Undecodable(body, f"not UTF-8 JSON: {error}")]
    content = shown(body, headers)
    if isinstance(data, Problem):
        return [structs.replace(data, pointer=f"/data{data.pointer}", content=content)]
    return [_join(envelope, data, content)]


def shown(body: bytes, headers: Headers) -> dict[str, Any]:
    """The event in structured mode, the data as it came."""
    return {**_envelope(headers), "data": msgspec.Raw(body)}


def _envelope(headers: Headers) -> dict[str, str]:
    return {name[3:]: value for name, value in headers.items() if name[:3] in ("ce_", "ce-")}


def split_binary(body: bytes, headers: Headers) -> list[bytes]:
    return [body]


def read_structured(value: dict[str, Any], text: bytes, headers: Headers) -> Parsed | None:
    """The record of a structured-mode event, written as `text`; `None` for an object that is no event."""
    if "specversion" not in value:
        return None
    content = msgspec.Raw(text)
    if "data_base64" in value:
        return _read_base64(value, content)
    if "data" not in value:
        detail = "data is missing; a CloudEvent carries the record there as JSON, or in data_base64"
        return malformed(detail, "/data", content)
    return _join(value, value["data"], content)


def _read_base64(value: dict[str, Any], content: Any) -> Parsed:
    if "data" in value:
        return violation("a CloudEvent has data or data_base64, not both", "/data_base64", content)
    try:
        data = read_value(b64decode(value["data_base64"], validate=True))
    except (*NOT_JSON, TypeError, ValueError):
        return malformed("data_base64 is the record as UTF-8 JSON in base64 (RFC 4648)", "/data_base64", content)
    if isinstance(data, Problem):
        return structs.replace(data, pointer="/data_base64", content=content)
    return _join(value, data, content)


def _join(envelope: Mapping[str, Any], data: Any, content: Any) -> Parsed:
    problem = _problem(envelope, data, content)
    if problem is not None:
        return problem
    fields = {"source": envelope["source"], "id": envelope["id"]}
    time = envelope.get("time")
    if time is not None and "started_at" not in data:
        fields["started_at"] = time
    return checked_record({**data, **fields}, content)


def _problem(envelope: Mapping[str, Any], data: Any, content: Any) -> Problem | None:
    for name in ("specversion", "type", "source", "id"):
        if not isinstance(envelope.get(name), str):
            return malformed(
                f"the CloudEvents attribute {name} is missing, no string, or there twice", f"/{name}", content
            )
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

EXAMPLES: Final = (
    Example(_BINARY, b'{"resource":"mac:00:1b","meter":"data.octets","quantity":"7"}', ["record"]),
    Example(_BINARY, b'{"resource":"mac:00:1b","meter":"data.octets","quantity":7}', ["malformed"]),
    Example({**_BINARY, "ce_type": "com.example.other"}, b"{}", ["schema_violation"]),
    Example(_BINARY, b"\xff\xfe", ["undecodable"]),
    Example(
        {},
        b'{"specversion":"1.0","type":"meterlog.usage.v1","source":"olt-12","id":"1","time":"2026-11-23T01:00:00Z",'
        b'"datacontenttype":"application/json","data":{"resource":"mac:00:1b","meter":"data.octets","quantity":"7"}}',
        ["record"],
    ),
    Example({}, b'{"specversion":"1.0","type":"meterlog.usage.v1","source":"olt-12","id":"1"}', ["malformed"]),
    Example(
        {},
        b'{"specversion":"1.0","type":"meterlog.usage.v1","source":"olt-12","id":"1","time":"2026-11-23T01:00:00Z",'
        b'"data_base64":"eyJyZXNvdXJjZSI6Im1hYyIsIm1ldGVyIjoiZGF0YS5vY3RldHMiLCJxdWFudGl0eSI6IjcifQ=="}',
        ["record"],
    ),
    Example(
        {}, b'{"specversion":"1.0","type":"meterlog.usage.v1","source":"s","id":"1","data_base64":"7"}', ["malformed"]
    ),
)

FORMAT: Final = Format(
    name="cloudevents",
    recognises=is_binary,
    parse=parse_binary,
    split=split_binary,
    shown=shown,
    read_object=read_structured,
    media_types={"application/cloudevents+json": {"type": "object"}},
    examples=EXAMPLES,
)

"""Structured JSON: one record, a JSON array of them, or NDJSON with one to a line.

    {"source": "olt-12", "resource": "mac:00:1b", "meter": "data.octets", "quantity": "7", "started_at": "2026-..Z"}
    [{...}, {...}]
    {...}\\n{...}\\n

A whole message is decoded straight into records; only where that fails is it taken apart piece by piece, so that one
bad record costs its neighbours nothing but time. A piece with `specversion` is a structured CloudEvent.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from services.usage.formats import cloudevents
from services.usage.formats.careful import read
from services.usage.records import Item, Undecodable, WireRecord

_ONE = msgspec.json.Decoder(WireRecord).decode
_MANY = msgspec.json.Decoder(list[WireRecord]).decode
_LINES = msgspec.json.Decoder(WireRecord).decode_lines
_PIECES = msgspec.json.Decoder(list[msgspec.Raw]).decode
_ANY = msgspec.json.Decoder().decode

# What msgspec raises for bytes that are not JSON, not UTF-8, or nested too deeply to be a record.
NOT_JSON: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def parse(body: bytes) -> list[Item]:
    """All pieces of a body, in order; at least one unless it is an empty array."""
    try:
        if body.lstrip()[:1] == b"[":
            return list(_MANY(body))
        if b"\n" not in body:
            return [_ONE(body)]
        return list(_LINES(body))
    except NOT_JSON:
        return _parse_carefully(body)


def _parse_carefully(body: bytes) -> list[Item]:
    whole = _decode(body)
    if isinstance(whole, Undecodable):
        lines = [line for line in body.splitlines() if line.strip()]
        pieces = [_decode(line) for line in lines] if len(lines) > 1 else [whole]
        if all(isinstance(piece, Undecodable) for piece in pieces):
            return [whole]
    elif isinstance(whole, msgspec.Raw):
        # An element that is an array itself stays a `Raw`, and so is no object.
        pieces = [_decode(bytes(piece)) for piece in _PIECES(body)]
    else:
        pieces = [whole]
    return [piece if isinstance(piece, Undecodable) else _piece(piece) for piece in pieces]


def _decode(data: bytes) -> Any:
    """The JSON value; a `Raw` for an array, whose pieces are decoded one by one; `Undecodable` for no JSON."""
    try:
        value = _ANY(data)
    except msgspec.ValidationError:
        # JSON, but with a number no machine can hold: an array may still have good records beside it.
        return msgspec.Raw(data) if data.lstrip()[:1] == b"[" else "a number out of range"
    except NOT_JSON as error:
        return Undecodable(data, f"not UTF-8 JSON: {error}")
    return value if not isinstance(value, list) else msgspec.Raw(data)


def _piece(value: Any) -> Item:
    if isinstance(value, dict) and "specversion" in value:
        return cloudevents.read_structured(value)
    return read(value)


EXAMPLES: Final[list[tuple[dict[str, str], bytes, list[str]]]] = [
    (
        {},
        b'{"source":"olt-12","resource":"mac:00:1b","meter":"data.octets","quantity":"7",'
        b'"started_at":"2026-11-23T01:00:00Z"}',
        ["record"],
    ),
    ({}, b'[{"source":"olt-12","resource":7}, 42]', ["malformed", "malformed"]),
    ({}, b'{"source":"olt-12"}\n{"sour', ["malformed", "undecodable"]),
    (
        {},
        b'{"source":"olt-12","resource":"mac:00:1b","meter":"data.octets","quantity":"7","speed":"9",'
        b'"started_at":"2026-11-23T01:00:00Z"}',
        ["schema_violation"],
    ),
    ({}, b"olt-12;mac:00:1b;7", ["undecodable"]),
]

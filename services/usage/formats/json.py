"""JSON: one record, a JSON array of them, or NDJSON with one to a line.

    {"source": "olt-12", "resource": "mac:00:1b", "meter": "data.octets", "quantity": "7", "started_at": "2026-..Z"}
    [{...}, {...}]
    {...}\\n{...}\\n

A whole message is decoded straight into records; only where that fails, or where a key might be there twice, is it
taken apart piece by piece, so that one bad record costs its neighbours nothing but time. An object that is no plain
record may be of another format (`read_object`), such as a structured CloudEvent. What begins with `[` is an array and
never NDJSON: cut off in transfer it is no JSON, and nothing in it is counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any, Final

import msgspec
from msgspec.structs import astuple

from services.usage import formats
from services.usage.formats.contract import (
    PIECES_MAX,
    REPORTED_USAGE,
    Example,
    Format,
    Headers,
    Parsed,
    Problem,
    ReportedRecord,
    Undecodable,
)
from services.usage.formats.parsing.field_checks import checked_record
from services.usage.formats.parsing.file_lines import LineCutter
from services.usage.formats.parsing.json_text import goes_on, is_json, pieces_of, read_value
from services.usage.formats.parsing.plain_json import plain_records
from shared.kernel.json_keys import NOT_JSON

_ONE = msgspec.json.Decoder(ReportedRecord).decode
_MANY = msgspec.json.Decoder(list[ReportedRecord]).decode
_LINES = msgspec.json.Decoder(ReportedRecord).decode_lines

_FIELDS: Final = len(ReportedRecord.__struct_fields__)
_BOM: Final = b"\xef\xbb\xbf"


def parse(body: bytes, headers: Headers) -> list[Parsed]:
    """All pieces of a body, in order; at least one unless it is an empty array."""
    records: Sequence[ReportedRecord]
    try:
        if body.lstrip()[:1] == b"[":
            records = _MANY(body)
        elif b"\n" not in body:
            records = [_ONE(body)]
        else:
            records = _LINES(body)
    except NOT_JSON:
        return parse_by_piece(body, headers)
    if records and _has_each_key_once(body, records):
        return list(records)
    return parse_by_piece(body, headers)


def parse_by_piece(body: bytes, headers: Headers) -> list[Parsed]:
    """The same, each piece by itself and exactly; a piece that is refused keeps its bytes."""
    if not body.strip():
        return [Undecodable(body, "nothing but white space" if body else "empty")]
    pieces = _pieces(body)
    if pieces is None:
        return [Undecodable(body, f"not UTF-8 JSON: {_why(body)}")]
    return [found for piece in pieces for found in _piece(piece, headers)]


def split(body: bytes, headers: Headers) -> list[bytes]:
    pieces = _pieces(body)
    if pieces is None:
        return [body]
    # An object of another format may hold several records, or none.
    return [piece for piece in pieces for _ in _piece(piece, headers)]


def _pieces(body: bytes) -> list[bytes] | None:
    """The bytes of each piece: elements, lines or the one value, of the first that is too many at the latest; `None` if
    it is none of these."""
    start = body.lstrip().removeprefix(_BOM).lstrip()
    if start[:1] == b"[":
        return pieces_of(body)
    if is_json(body):
        return [body]
    lines = list(islice((line for line in body.splitlines() if line.strip()), PIECES_MAX + 1))
    # Of a value that was cut off while it went on over lines, no line is one: `{"records": [` is no first line.
    if len(lines) < 2 or goes_on(lines[0]) or not any(_is_object(line) for line in lines):
        return None
    return lines


def _has_each_key_once(body: bytes, records: Sequence[ReportedRecord]) -> bool:
    """Whether the quotes of the text are those of the fields that came out of it. `False`: it may be otherwise.

    Each key has two, and so has each text. An escaped quote would spoil the sum; a null does, its key is not counted.
    A microsecond a record at most, where reading all keys would take four.
    """
    if b"\\" in body and b'\\"' in body:
        return False
    # Deleting is three times as fast as counting.
    quotes = len(body) - len(body.translate(None, b'"'))
    fields = _FIELDS * len(records) - sum([values.count(None) for values in map(astuple, records)])
    no_texts = [
        _quotes_too_many(r)
        for r in records
        if r.attributes is not None or r.counter_bits is not None or r.uptime_s is not None
    ]
    return quotes == 4 * fields - sum(no_texts)


def _quotes_too_many(record: ReportedRecord) -> int:
    """What four quotes a field is too much for a record whose fields are not all texts."""
    numbers = (record.counter_bits is not None) + (record.uptime_s is not None)
    if record.attributes is None:
        return 2 * numbers
    return 2 * numbers + 2 - _quotes_in(record.attributes)


def _quotes_in(value: Any) -> int:
    if type(value) is str:
        return 2
    if type(value) is dict:
        return 2 * len(value) + sum(map(_quotes_in, value.values()))
    return sum(map(_quotes_in, value)) if type(value) is list else 0


def _piece(data: bytes, headers: Headers) -> Sequence[Parsed]:
    """What a piece holds: one record or problem, unless it is an object of a format that says otherwise."""
    try:
        value = read_value(data)
    except NOT_JSON as error:
        return (Undecodable(data, f"not UTF-8 JSON: {error}"),)
    if isinstance(value, Problem):
        return (value,)
    if isinstance(value, dict):
        for each in formats.formats().values():
            found = each.read_object(value, data, headers) if each.read_object is not None else None
            if found is not None:
                return found if isinstance(found, Sequence) else (found,)
    return (checked_record(value, msgspec.Raw(data)),)


def _why(body: bytes) -> str:
    """What a decoder says of a body that is no JSON."""
    try:
        msgspec.json.decode(body)
    except msgspec.ValidationError:
        # It met a number out of range before what is wrong.
        return "the text breaks off or is malformed"
    except NOT_JSON as error:
        return str(error)
    return "the text is malformed"


def _is_object(line: bytes) -> bool:
    return line.lstrip()[:1] == b"{" and is_json(line)


EXAMPLES: Final = (
    Example(
        {},
        b'{"source":"olt-12","resource":"mac:00:1b","meter":"data.octets","quantity":"7",'
        b'"started_at":"2026-11-23T01:00:00Z"}',
        ["record"],
    ),
    Example({}, b'[{"source":"olt-12","resource":7}, 42]', ["malformed", "malformed"]),
    Example({}, b'{"source":"olt-12"}\n{"sour', ["malformed", "undecodable"]),
    Example(
        {},
        b'{"source":"olt-12","resource":"mac:00:1b","meter":"data.octets","quantity":"7","speed":"9",'
        b'"started_at":"2026-11-23T01:00:00Z"}',
        ["schema_violation"],
    ),
    Example({}, b"olt-12;mac:00:1b;7", ["undecodable"]),
)

FORMAT: Final = Format(
    name="json",
    recognises=None,
    parse=parse,
    split=split,
    media_types={
        "application/json": {"oneOf": [REPORTED_USAGE, {"type": "array", "items": REPORTED_USAGE}]},
        "application/x-ndjson": {"type": "string"},
    },
    examples=EXAMPLES,
    cutter=LineCutter,
    plain=plain_records,
)

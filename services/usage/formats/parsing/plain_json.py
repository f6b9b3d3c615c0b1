"""Plain records out of JSON: all fields texts, nothing escaped, and many messages decoded at once.

    plain_records([b'[{"id": "r1", ...}, {"id": "r2", ...}]', b'{"id": "r3", ...}', b'{"id": "r4", "kind": "counter"}'])
      -> [[r1, r2], [r3], None]

`None` is for the other way (json.py), which reads every message; of what is read here it would say the same.

A message of one record costs more to hand to a decoder than to decode. Those that follow each other are decoded as
lines of one text, where its braces, quotes and line breaks show that each of them is one object with its keys: they
stand in the one order that they can stand in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from services.usage.formats.contract import PlainRecord
from shared.kernel.json_keys import NOT_JSON

_ONE: Final = msgspec.json.Decoder(PlainRecord).decode
_MANY: Final = msgspec.json.Decoder(list[PlainRecord]).decode
_LINES: Final = msgspec.json.Decoder(PlainRecord).decode_lines

_FIELDS: Final = len(PlainRecord.__struct_fields__)
_QUOTES: Final = 4
"""Of a field: two of its key, two of its text."""
_TOGETHER_MAX: Final = 64
"""Bodies: one that is not plain sends so many to be decoded each by itself."""
_ASCII: Final = bytes(range(128))
# What is not looked at: neither quote nor escape, nor what does not print. Of that, what has no escapes can only have
# U+007F: the decoder refuses the others.
_TEXT: Final = _ASCII.translate(None, b'"\\\x7f')
_TEXT_IN_LINES: Final = _TEXT.translate(None, b"{}\n")


def plain_records(bodies: Sequence[bytes]) -> list[Sequence[PlainRecord] | None]:
    """The records of each body; `None` for one that is not plain, or holds none."""
    found: list[Sequence[PlainRecord] | None] = []
    for first in range(0, len(bodies), _TOGETHER_MAX):
        some = bodies[first : first + _TOGETHER_MAX]
        found += _objects(some) or map(_records, some)
    return found


def _objects(bodies: Sequence[bytes]) -> Sequence[Sequence[PlainRecord]]:
    """The record of each body, if each is one plain object; else nothing."""
    if bodies[0][:1] != b"{":
        return ()
    text = b"\n".join(bodies)
    count = len(bodies)
    marks = text.translate(None, _TEXT_IN_LINES)
    quotes = (len(marks) + 1) // count - len(b"{}\n")
    missing = _FIELDS - quotes // _QUOTES
    if missing not in (0, 1) or marks != b"\n".join([b"{" + b'"' * quotes + b"}"] * count):
        return ()
    try:
        records = _LINES(text)
    except NOT_JSON:
        return ()
    return [*zip(records, strict=True)] if len(records) == count and _missing(records) == missing * count else ()


def _records(body: bytes) -> Sequence[PlainRecord] | None:
    """Decoded as json.py does, and so the same if that is plain."""
    records: Sequence[PlainRecord]
    try:
        if body.lstrip()[:1] == b"[":
            records = _MANY(body)
        elif b"\n" not in body:
            records = [_ONE(body)]
        else:
            records = _LINES(body)
    except NOT_JSON:
        return None
    return records if records and _is_plain(body, records) else None


def _is_plain(text: bytes, records: Sequence[PlainRecord]) -> bool:
    """Whether the texts are printable ASCII, and each key stands there once. A null spoils the sum of quotes, since its
    key has two and it has none; so does a key that comes again."""
    return text.translate(None, _TEXT) == b'"' * (_QUOTES * (_FIELDS * len(records) - _missing(records)))


def _missing(records: Sequence[PlainRecord]) -> int:
    return [record.ended_at for record in records].count(None)

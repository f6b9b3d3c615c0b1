"""Plain records out of JSON: all fields texts, nothing escaped, and many messages decoded at once.

    plain_records([b'[{"id": "r1", ...}, {"id": "r2", ...}]', b'{"id": "r3", ...}', b'{"id": "r4", "kind": "counter"}'])
      -> [[r1, r2], [r3], None]

`None` is for the other way (json.py), which reads every message; of what is read here it would say the same.

A message of one record costs more to hand to a decoder than to decode. Those that follow each other are decoded as
lines of one text, where their braces show that each of them is one object: as many records come out as there are
bodies, each of which begins and ends with the only braces it has.
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
_TOGETHER_MAX: Final = 64
"""Bodies: one that is not plain sends so many to be decoded each by itself."""


def plain_records(bodies: Sequence[bytes]) -> list[Sequence[PlainRecord] | None]:
    """The records of each body; `None` for one that is not plain, or holds none."""
    found: list[Sequence[PlainRecord] | None] = []
    single: list[bytes] = []
    for body in bodies:
        if body[:1] == b"{":
            single.append(body)
            if len(single) < _TOGETHER_MAX:
                continue
        if single:
            found += _objects(single)
            single = []
        if body[:1] != b"{":
            found.append(_records(body))
    found += _objects(single)
    return found


def _objects(bodies: list[bytes]) -> Sequence[Sequence[PlainRecord] | None]:
    """Of bodies that begin as an object."""
    if len(bodies) > 1:
        text = b"\n".join(bodies)
        count = len(bodies)
        if (
            text.count(b"\n") == text.count(b"}\n{") == count - 1
            and text.count(b"{") == text.count(b"}") == count
            and text.endswith(b"}")
        ):
            try:
                records = _LINES(text)
            except NOT_JSON:
                records = []
            if len(records) == count and _is_plain(text, records):
                return [*zip(records, strict=True)]
    return [*map(_records, bodies)]


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
    """Whether the texts are printable ASCII, and each key stands there once.

    Of characters that do not print, what has no escapes can only have U+007F: the decoder refuses the others. Of quotes
    each key has two, and its text as many. A null spoils the sum, and so does a key that comes again.
    """
    if not text.isascii() or b"\\" in text or b"\x7f" in text:
        return False
    missing = [record.ended_at for record in records].count(None)
    return text.count(b'"') == 4 * (_FIELDS * len(records) - missing)

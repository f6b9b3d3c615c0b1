"""JSON text taken apart with its bytes kept: the pieces of an array, and one piece read exactly.

    pieces_of(b'[{"a": 1e400}, {"b": "\\\\ud800"}, 7]')  ->  [b'{"a": 1e400}', b'{"b": "\\\\ud800"}', b'7']
    read_value(b'{"a": 1e400}')                          ->  Problem("malformed", "a number out of range ...", "/a")
    read_value(b'{"a": 1, "a": 2}')                      ->  Problem("schema_violation", "the key ...", "/a")

Some text follows JSON's grammar and yet holds no value that could be kept: a number beyond every machine, half of a
surrogate pair (`"\\ud800"`), a key given twice. Such a piece is a problem of its own and costs its neighbours nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from services.usage.formats.contract import PIECES_MAX, Problem, malformed, violation
from shared.kernel.json_keys import NOT_JSON, OutOfRange, as_written, doubled_key, json_pointer

_ANY = msgspec.json.Decoder().decode
_ONE = msgspec.json.Decoder(msgspec.Raw).decode
_MANY = msgspec.json.Decoder(list[msgspec.Raw]).decode

_ESCAPE: Final = re.compile(rb"\\(u[dD][89a-fA-F][0-9a-fA-F]{2}|.)", re.DOTALL)
# One that never ends reaches to the end of the data, and is not looked for again behind each quote in it.
_STRING: Final = re.compile(rb'"(?:[^"\\]|\\.)*+("?)', re.DOTALL)
_TOKEN: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[\[\]{},]', re.DOTALL)
_BETWEEN: Final = b" \t\r\n,"


def is_json(data: bytes) -> bool:
    """Whether this is one JSON value by its grammar, whatever its numbers and texts are worth."""
    try:
        _ONE(_without_surrogates(data))
    except NOT_JSON:
        return False
    return True


def pieces_of(array: bytes) -> list[bytes] | None:
    """The bytes of each element, of the first that is too many at the latest; `None` for what is no whole JSON array by
    its grammar."""
    masked = _without_surrogates(array)
    try:
        found = _MANY(masked)
    except RecursionError:
        return _balanced_pieces(masked, array)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    pieces, at = [], masked.index(b"[") + 1
    for piece in map(bytes, found[: PIECES_MAX + 1]):
        while masked[at] in _BETWEEN:
            at += 1
        pieces.append(array[at : at + len(piece)])
        at += len(piece)
    return pieces


def goes_on(line: bytes) -> bool:
    """Whether a line breaks off between the parts of a value, as those of a pretty-printed one do, never inside a
    text: `{"a": [` does, `{"sour` does not."""
    rest = _STRING.sub(lambda found: b"" if found[1] else b'"', line)
    opened = sum(rest.count(c) for c in (b"{", b"[")) - sum(rest.count(c) for c in (b"}", b"]"))
    return opened > 0 and b'"' not in rest


def read_value(data: bytes) -> Any:
    """The value of one piece, or the `Problem` with it, which holds its bytes. Raises `NOT_JSON`."""
    try:
        value = _ANY(data)
    except NOT_JSON as error:
        problem = None if isinstance(error, RecursionError) else _without_value(data)
        if problem is None:
            raise
        return problem
    found = doubled_key(data) if isinstance(value, dict | list) else None
    return value if found is None else _doubled(found, data)


def labels_of(data: bytes) -> dict[str, Any]:
    """What can be read of a piece that is refused, to list it by; nothing where that is no object."""
    try:
        value = as_written(data)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _without_surrogates(data: bytes) -> bytes:
    """The same text in as many bytes, every escaped surrogate replaced: msgspec stops at the first one alone."""
    if b"\\u" not in data:
        return data
    return _ESCAPE.sub(lambda found: b"\\ufffd" if len(found[1]) > 1 else found[0], data)


def _balanced_pieces(masked: bytes, array: bytes) -> list[bytes] | None:
    """The same for elements nested beyond what can be read: split by their brackets alone."""
    pieces, depth, start = [], 0, 0
    for token in _TOKEN.finditer(masked):
        sign = token[0]
        if sign in b"[{":
            depth += 1
            start = token.end() if depth == 1 else start
        elif depth == 1 and sign in b"],":
            pieces.append(array[start : token.start()].strip())
            start = token.end()
        if sign in b"]}":
            depth -= 1
            if depth == 0:
                return pieces if not masked[token.end() :].strip() else None
    return None


def _without_value(data: bytes) -> Problem | None:
    """Why JSON by its grammar has no value that could be kept; `None` if it is no such JSON."""
    if not is_json(data):
        return None
    try:
        path, why = next(_unkeepable(as_written(data), ()))
    except (UnicodeDecodeError, ValueError, RecursionError, StopIteration):
        return None
    pointer = json_pointer(*path)
    content = msgspec.Raw(data)
    if why == "number":
        return malformed(f"a number out of range{_at(pointer)}", pointer, content)
    return violation(f"half of a surrogate pair is no text{_at(pointer)}", pointer, content)


def _doubled(pointer: str, data: bytes) -> Problem:
    detail = f"the key {pointer.rpartition('/')[2][:60]!r} is there twice{_at(pointer)}; give it once"
    return Problem("schema_violation", detail, pointer[:200], http_code="duplicate_key", content=msgspec.Raw(data))


def _at(pointer: str) -> str:
    return f", at {pointer[:100]}" if pointer else ""


def _unkeepable(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    match value:
        case dict():
            for key, inner in value.items():
                if not _is_unicode(key):
                    yield path, "text"
                yield from _unkeepable(inner, (*path, key))
        case list():
            for index, inner in enumerate(value):
                yield from _unkeepable(inner, (*path, index))
        case str() if not _is_unicode(value):
            yield path, "text"
        case OutOfRange():
            yield path, "number"


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True

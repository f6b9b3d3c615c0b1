"""Wire formats: bytes as equipment sent them become records, problems and undecodable pieces. Pure.

    parse(b'{"source": "olt-12", "resource": "mac:00:1b", ...}', {})   ->  [WireRecord(...)]
    parse(b'{"source": 7}', {})                                        ->  [Problem("malformed", ...)]
    parse(b'\\xff', {})                                                 ->  [Undecodable(...)]

One file per format. Each has `EXAMPLES`, which one shared test runs: (headers, body, what comes out of each piece).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from services.usage.formats import cloudevents, structured
from services.usage.records import Item


def parse(body: bytes, headers: Mapping[str, str]) -> list[Item]:
    """Every piece of a message or an HTTP body, in order. `headers` (names in lower case) may be a CloudEvent's."""
    if headers and cloudevents.is_binary(headers):
        return cloudevents.parse_binary(body, headers)
    return structured.parse(body)


def headers_of(pairs: Iterable[tuple[str, bytes | None]]) -> dict[str, str]:
    """A message's headers as text, names in lower case. One without a value is absent, and so is one given twice: an
    event with two ids has none."""
    found: dict[str, str] = {}
    doubled = set()
    for name, value in pairs:
        key = name.lower()
        if key in found:
            doubled.add(key)
        if value is not None:
            found[key] = value.decode(errors="replace")
    return {key: text for key, text in found.items() if key not in doubled}


def pieces(body: bytes, headers: Mapping[str, str]) -> list[bytes]:
    """The bytes of each of those pieces, for a person to see; not for the hot path."""
    if headers and cloudevents.is_binary(headers):
        return [body]
    return structured.split(body) or [body]


__all__ = ["headers_of", "parse", "pieces"]

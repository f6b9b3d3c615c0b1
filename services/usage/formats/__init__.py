"""Wire formats: bytes as equipment sent them become records, problems and undecodable pieces. Pure.

    parse(b'{"source": "olt-12", "resource": "mac:00:1b", ...}', {})   ->  [WireRecord(...)]
    parse(b'{"source": 7}', {})                                        ->  [Problem("malformed", ...)]
    parse(b'\\xff', {})                                                 ->  [Undecodable(...)]

One file per format. Each has `EXAMPLES`, which one shared test runs: (headers, body, what comes out of each piece).
"""

from __future__ import annotations

from collections.abc import Mapping

from services.usage.formats import cloudevents, structured
from services.usage.records import Item


def parse(body: bytes, headers: Mapping[str, str]) -> list[Item]:
    """Every piece of a message or an HTTP body, in order. `headers` (names in lower case) may be a CloudEvent's."""
    if headers and cloudevents.is_binary(headers):
        return cloudevents.parse_binary(body, headers)
    return structured.parse(body)


__all__ = ["parse"]

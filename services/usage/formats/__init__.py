"""Wire formats: bytes as equipment sent them become reported records, problems and undecodable pieces. Pure.

    parse(b'{"source": "olt-12", "resource": "mac:00:1b", ...}', {})   ->  [ReportedRecord(...)]
    parse(b'{"source": 7}', {})                                        ->  [Problem("malformed", ...)]
    parse(b'\\xff', {})                                                 ->  [Undecodable(...)]

Every file of this folder but contract.py is one format, found by listing it: a new format is one file that ends in a
`FORMAT`, and nothing else names it. Its examples are run by one shared test, its media types stand in the API document.
What formats of JSON have in common is in parsing/.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import msgspec

from services.usage.formats.contract import FORMAT, Format, Headers, Parsed, Recognises
from shared.kernel.plugins import plugins


def parse(body: bytes, headers: Headers) -> list[Parsed]:
    """Every piece of a message or of a request's body, in order."""
    return format_of(headers).parse(body, headers)


def split(body: bytes, headers: Headers) -> list[bytes]:
    """The bytes of each of those pieces, for a person to see; not for the hot path."""
    return format_of(headers).split(body, headers)


def shown(piece: bytes, headers: Headers) -> Any:
    """A piece as a person is to see it: its very bytes, with what the headers say of it."""
    of = format_of(headers).shown
    return msgspec.Raw(piece) if of is None else of(piece, headers)


def format_of(headers: Headers) -> Format:
    """The format that a message names, else the one that recognises it by its headers, else the one that takes the
    rest. A name that no format has is as good as none."""
    known = _known()
    if headers:
        named = known.formats.get(headers.get(FORMAT, ""))
        if named is not None:
            return named
        for recognises, found in known.recognised:
            if recognises(headers):
                return found
    return known.default


def formats() -> Mapping[str, Format]:
    """Every format by its name."""
    return _known().formats


def media_types() -> dict[str, Any]:
    """What a request's body may be, as the API document shows it: a schema for each media type."""
    ordered = sorted(formats().values(), key=lambda each: each.recognises is not None)
    return {name: {"schema": schema} for each in ordered for name, schema in each.media_types.items()}


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


class _Known(NamedTuple):
    formats: Mapping[str, Format]
    recognised: Sequence[tuple[Recognises, Format]]
    default: Format


@cache
def _known() -> _Known:
    """The folder as it was when the first message came."""
    found = plugins(__name__, Format)
    recognised = [(each.recognises, each) for each in found.values() if each.recognises is not None]
    (default,) = (each for each in found.values() if each.recognises is None)
    return _Known(found, recognised, default)


__all__ = ["format_of", "formats", "headers_of", "media_types", "parse", "shown", "split"]

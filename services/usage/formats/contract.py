"""What a wire format is: bytes and headers in, reported records out, and what is wrong with those that are none.

    FORMAT = Format(
        name="csv",
        recognises=lambda headers: headers.get("content-type") == "text/csv",
        parse=parse,                    # (b"olt-12,mac:00:1b,...", headers) -> [ReportedRecord(...), Problem(...)]
        split=split,                    # the bytes of each of these pieces
        media_types={"text/csv": {"type": "string"}},
        examples=EXAMPLES,
    )

A message has pieces: the elements of an array, the lines of a text, or one. Each piece is parsed by itself and costs
its neighbours nothing. A format does no I/O and checks no bounds: those are the same in every format
(record/admission.py). It has no parameters: what a message means follows from its bytes and headers alone. What
equipment cannot say itself stands in headers of ours:

    usage-format: asterisk              which format this is, where the media type does not tell
    usage-source: pbx-1                 who measured it, for a format that has no field for that
    usage-time-zone: Europe/Paris       of instants without an offset; UTC unless given
    usage-lines: 203.0.113.0/24, ...    which addresses are lines of ours
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, Protocol, final

import msgspec

Headers = Mapping[str, str]
"""Of a message or a request; names in lower case."""

FORMAT, SOURCE, TIME_ZONE, LINES = "usage-format", "usage-source", "usage-time-zone", "usage-lines"
"""The headers of ours."""

NO_JSON: Final = frozenset({"ber", "packet", "xml"})
"""Under these names a format shows a piece that is no JSON: what in it is a name or a number, nobody can tell."""

PIECES_MAX: Final = 10_000
"""Of a message. One that has more is refused as a whole, so nobody reads on behind the first that is too many."""

BODY_BYTES: Final = 256 * 1024
"""What a file is cut into, about: of so many bytes is a body that a `Cutter` gives."""

REPORTED_USAGE: Final = {"$ref": "#/components/schemas/ReportedUsage"}
"""A reported record in the schema of a media type."""


@final
class ReportedRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A record as equipment reports it: fields of the right JSON types, their bounds not checked yet.

    `None` means absent, and an absent kind is a delta.
    """

    source: str
    resource: str
    meter: str
    quantity: str
    id: str | None = None
    started_at: str | None = None
    ended_at: str | None = None
    attributes: dict[str, Any] | None = None
    kind: str | None = None
    counter_bits: int | None = None
    boot_id: str | None = None
    uptime_s: int | None = None
    session_id: str | None = None
    status: str | None = None
    unit: str | None = None


@final
class PlainRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A reported record of which nothing is special: a delta with its own id, and without attributes. Nearly all are.

    All texts are printable ASCII, which is known of a whole body; bounds are not checked yet. (record/plain.py)
    """

    id: str
    source: str
    resource: str
    meter: str
    quantity: str
    started_at: str
    ended_at: str | None = None


@final
class Problem(msgspec.Struct, frozen=True):
    """Why a record is refused. `code` is `malformed` or `schema_violation`; `pointer` is the field in the record.

    `http_code` is what the API says where that is more exact: `unsupported` for a record that is right but of a kind
    this version does not count yet, or `duplicate_key`. `content` is the record as it was sent, a `Raw` with its very
    bytes or what they came in, for the person who looks into it.
    """

    code: str
    detail: str
    pointer: str = ""
    http_code: str = ""
    content: Any = None


@final
class Undecodable(msgspec.Struct, frozen=True):
    """Bytes that are not of the format: a whole message, or one piece of it. Not a record."""

    data: bytes
    detail: str


Parsed = ReportedRecord | Problem | Undecodable
"""What a piece turned out to be."""

Recognises = Callable[[Headers], bool]
Parse = Callable[[bytes, Headers], list[Parsed]]
Split = Callable[[bytes, Headers], list[bytes]]
Shown = Callable[[bytes, Headers], Any]
Plain = Callable[[Sequence[bytes]], list[Sequence[PlainRecord] | None]]
ReadObject = Callable[[dict[str, Any], bytes, Headers], Parsed | Sequence[Parsed] | None]


class Cutter(Protocol):
    """Cuts a file into bodies that `parse` can read one by one, in order, while the file arrives."""

    def feed(self, chunk: bytes) -> list[bytes]:
        """The bodies that are whole with this chunk."""
        ...

    def end(self) -> list[bytes]:
        """What is left at the file's end."""
        ...


class Example(NamedTuple):
    """A message and what each of its pieces is: `record`, `session` (a record of one), `undecodable`, or the code of
    its problem, bounds included."""

    headers: Mapping[str, str]
    body: bytes
    outcomes: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Format:
    """A wire format. `recognises` is `None` for the one that takes what no other format recognises by its headers.

    `read_object` is for a format whose records may also stand as objects in JSON text, among others: the object, its
    bytes and the headers in, `None` where it is not one of this format. An object may hold several records, and one
    that measures no usage holds none. `media_types` are the bodies that the API document shows: of those that
    generators of clients know. `cutter` makes what cuts a file of this format; a format without one takes no files.
    `shown` is a piece as a person is to see it, for a format whose headers say a part of the record. `plain` is a quick
    way for many bodies at once: of each its records, if `parse` would find the same ones and nothing else, else `None`.
    """

    name: str
    recognises: Recognises | None
    parse: Parse
    split: Split
    examples: Sequence[Example]
    read_object: ReadObject | None = None
    media_types: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    cutter: Callable[[], Cutter] | None = None
    shown: Shown | None = None
    plain: Plain | None = None


def malformed(detail: str, pointer: str, content: Any = None) -> Problem:
    """A field is missing or has the wrong type."""
    return Problem("malformed", detail, pointer, content=content)


def violation(detail: str, pointer: str, content: Any = None) -> Problem:
    """A field is out of bounds, or nobody knows it."""
    return Problem("schema_violation", detail, pointer, content=content)

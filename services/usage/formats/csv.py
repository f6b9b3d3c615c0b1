"""CSV with a header row of the fields of a record, in any order; `attributes.<name>` is an attribute.

    source,id,resource,meter,quantity,started_at,attributes.direction
    olt-12,r1,mac:00:1b:44:11:3a:b7,data.octets,73400320,2026-11-23T01:00:00Z,down

An empty cell is an absent field. `source` may be left out where the header `usage-source` says it. An instant without
an offset is in `usage-time-zone`. A row is a line; commas, semicolons or tabs separate.
"""

from __future__ import annotations

from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec

from services.usage.formats.contract import (
    SOURCE,
    Example,
    Format,
    Headers,
    Parsed,
    Undecodable,
    malformed,
)
from services.usage.formats.parsing.csv_rows import Row, instant_in, rows_of
from services.usage.formats.parsing.field_checks import checked_record
from services.usage.formats.parsing.file_lines import LineCutter
from services.usage.formats.parsing.media_type import is_media_type, zone_of

_NUMBERS: Final = ("counter_bits", "uptime_s")
_INSTANTS: Final = ("started_at", "ended_at")
_ATTRIBUTES: Final = "attributes."


def parse(body: bytes, headers: Headers) -> list[Parsed]:
    """A record or a problem for each row below the header row."""
    rows = rows_of(body)
    if not rows or rows[0].cells is None:
        return [Undecodable(body, "no header row in UTF-8" if rows else "empty")]
    zone = zone_of(headers)
    if zone is None:
        return [Undecodable(body, "usage-time-zone is a name such as Europe/Paris")]
    return [_record(row, rows[0].cells, headers, zone) for row in rows[1:]]


def split(body: bytes, headers: Headers) -> list[bytes]:
    rows = rows_of(body)
    if not rows or rows[0].cells is None or zone_of(headers) is None:
        return [body]
    return [row.data for row in rows[1:]]


def _record(row: Row, names: list[str], headers: Headers, zone: ZoneInfo) -> Parsed:
    if row.cells is None:
        return Undecodable(row.data, "not a row of UTF-8 CSV on one line")
    content = msgspec.Raw(msgspec.json.encode(row.data.decode()))
    if len(row.cells) != len(names):
        return malformed(f"a row has {len(names)} cells as the header row has, not {len(row.cells)}", "", content)
    fields: dict[str, Any] = {SOURCE.removeprefix("usage-"): headers[SOURCE]} if SOURCE in headers else {}
    attributes: dict[str, str] = {}
    for name, cell in zip(names, row.cells, strict=True):
        if not cell:
            continue
        if name.startswith(_ATTRIBUTES):
            attributes[name.removeprefix(_ATTRIBUTES)] = cell
        else:
            fields[name] = _value(name, cell, zone)
    return checked_record(fields | ({"attributes": attributes} if attributes else {}), content)


def _value(name: str, cell: str, zone: ZoneInfo) -> Any:
    if name in _NUMBERS and cell.isascii() and cell.isdigit() and len(cell) < 20:
        return int(cell)
    if name in _INSTANTS:
        return instant_in(cell, zone) or cell
    return cell


_TYPE: Final = {"content-type": "text/csv"}
_HEAD: Final = b"source,id,resource,meter,quantity,started_at,attributes.direction\n"
_ROW: Final = b"olt-12,r1,mac:00:1b:44:11:3a:b7,data.octets,73400320,2026-11-23T01:00:00Z,down\n"

_NO_SOURCE: Final = b"resource,meter,quantity,started_at\nmac:0,data.octets,7,2026-11-23 01:00:00\n"
_BROKEN: Final = _HEAD + _ROW.replace(b"73400320", b"much") + b'"\n' + b"a,b\n"

EXAMPLES: Final = (
    Example(_TYPE, _HEAD + _ROW + _ROW, ["record", "record"]),
    Example(_TYPE, _HEAD.replace(b",", b";") + _ROW.replace(b",", b";"), ["record"]),
    Example({**_TYPE, SOURCE: "olt-12"}, _NO_SOURCE, ["record"]),
    Example(_TYPE, _BROKEN, ["malformed", "undecodable", "malformed"]),
    Example(_TYPE, _HEAD.replace(b"meter", b"speed") + _ROW, ["malformed"]),
    Example(_TYPE, b"", ["undecodable"]),
)

FORMAT: Final = Format(
    name="csv",
    recognises=lambda headers: is_media_type(headers, "text/csv"),
    parse=parse,
    split=split,
    examples=EXAMPLES,
    cutter=lambda: LineCutter(has_header=True),
)

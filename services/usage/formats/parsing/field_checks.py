"""One JSON value checked field by field, to say exactly what is wrong with it.

    checked_record({"source": "olt-12", "quantity": 7, ...}, content)
      -> Problem("malformed", "quantity is a decimal string ..., not a number", "/quantity", content=content)

The wrong type of a field, or a field missing, is `malformed`; a field that nobody knows is a `schema_violation`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from services.usage.formats.contract import Problem, ReportedRecord, malformed, violation

_REQUIRED: Final = ("source", "resource", "meter", "quantity")
_TYPES: Final[Mapping[str, tuple[type, str]]] = {
    "source": (str, "a string"),
    "resource": (str, "a string"),
    "meter": (str, "a string"),
    "quantity": (str, 'a decimal string such as "73400320"'),
    "id": (str, "a string"),
    "started_at": (str, "an RFC 3339 instant"),
    "ended_at": (str, "an RFC 3339 instant"),
    "attributes": (dict, "an object"),
    "kind": (str, "a string"),
    "counter_bits": (int, "an integer"),
    "boot_id": (str, "a string"),
    "uptime_s": (int, "an integer"),
    "session_id": (str, "a string"),
    "status": (str, "a string"),
    "unit": (str, 'a string such as "MB"'),
}
_NAMES: Final = {
    str: "a string",
    int: "a number",
    float: "a number",
    bool: "a boolean",
    dict: "an object",
    list: "an array",
}


def checked_record(value: Any, content: Any = None) -> ReportedRecord | Problem:
    """A record, or the first thing that is wrong with it: types before unknown fields. `content` is kept with that."""
    if not isinstance(value, dict):
        return malformed(f"a record is a JSON object, not {_name(value)}", "", content)
    for name, (kind, expected) in _TYPES.items():
        given = value.get(name)
        if given is None:
            if name in _REQUIRED or (name == "kind" and name in value):
                return malformed(f"{name} is missing", f"/{name}", content)
        elif not isinstance(given, kind) or isinstance(given, bool):
            return malformed(f"{name} is {expected}, not {_name(given)}", f"/{name}", content)
    unknown = [name for name in value if name not in _TYPES]
    if unknown:
        # RFC 6901: a tilde and a slash in a name are escaped in a pointer.
        escaped = unknown[0][:60].replace("~", "~0").replace("/", "~1")
        return violation(f"{unknown[0][:60]!r} is not a field of a record", f"/{escaped}", content)
    return msgspec.convert(value, ReportedRecord)


def _name(value: Any) -> str:
    return "null" if value is None else _NAMES.get(type(value), type(value).__name__)

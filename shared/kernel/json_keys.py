"""Keys given twice in a JSON object: a parser keeps the last one without a word, and so would charge another amount.

    doubled_key(b'{"amount": {"value": "1.00", "value": "1000.00"}}')   ->  "/amount/value"
    doubled_key(b'{"amount": "1.00"}')                                   ->  None

RFC 8259 leaves open what such an object means, so whoever sent it must say it again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final, final

import msgspec

from shared.kernel.errors import Rejection

NOT_JSON: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What msgspec raises for bytes that are not JSON, not UTF-8, or nested too deeply."""

FIELDS_MAX: Final = 1000
"""Of one object of a request. None has as many, and each that nobody knows would be a refusal to be made: of a body
with half a million of them for seconds, in which its process does nothing else."""

_Path = tuple[str | int, ...]
# Python reads no longer integers, and no machine holds them.
_DIGITS_MAX: Final = 4300


@final
class OutOfRange:
    """In place of a number that no machine can hold."""


@final
class _Doubled:
    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        self.pairs = pairs


def doubled_key(data: bytes, *, fields_max: int | None = None) -> str | None:
    """The JSON pointer of a key that its object has before, if there is one. Raises `ValueError` for what is not UTF-8
    JSON, `RecursionError` for what is nested too deeply, and `out_of_bounds` for an object with too many fields."""
    found = False

    def keep(pairs: list[tuple[str, Any]]) -> Any:
        nonlocal found
        if fields_max is not None and len(pairs) > fields_max:
            raise Rejection("out_of_bounds", f"an object has at most {fields_max} fields, not {len(pairs)}")
        made = dict(pairs)
        if len(made) == len(pairs):
            return made
        found = True
        return _Doubled(pairs)

    value = _loads(data, object_pairs_hook=keep)
    return json_pointer(*next(_places(value))) if found else None


def check_keys(body: bytes) -> None:
    """Refuse (422) a JSON body with a key given twice (`duplicate_key`), or with an object of more than `FIELDS_MAX`
    fields (`out_of_bounds`). What is no JSON is for its parser to refuse."""
    try:
        pointer = doubled_key(body, fields_max=FIELDS_MAX)
    except (ValueError, RecursionError):
        return
    if pointer is not None:
        name = pointer.rpartition("/")[2][:60]
        raise Rejection("duplicate_key", f"the key {name!r} is there twice; give it once", pointer=pointer)


def as_written(data: bytes) -> Any:
    """The value of JSON text, with `OutOfRange` where a number is. Half a surrogate pair stays one; of equal keys the
    last stays. Raises as `doubled_key`."""
    return _loads(data, parse_float=_float, parse_int=_int)


def json_pointer(*parts: int | str) -> str:
    """RFC 6901 pointer to the place. Text that is no Unicode (a lone surrogate) is written as its escape.

    >>> json_pointer("prices", 0, "a/b~c")
    '/prices/0/a~1b~0c'
    """
    return "".join("/" + printable(str(part)).replace("~", "~0").replace("/", "~1") for part in parts)


def printable(text: str) -> str:
    """Text that UTF-8 can write: half of a surrogate pair becomes its escape."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _loads(data: bytes, **hooks: Any) -> Any:
    # Decoded here: `json` would take UTF-16 as well.
    hooks = {"parse_int": _short_int, "parse_constant": _refuse, **hooks}
    return json.loads(data.decode(), **hooks)


def _short_int(text: str) -> int:
    return int(text[:_DIGITS_MAX])


def _int(text: str) -> Any:
    return int(text) if len(text) <= _DIGITS_MAX else OutOfRange()


def _float(text: str) -> Any:
    value = float(text)
    return OutOfRange() if value in (float("inf"), float("-inf")) else value


def _refuse(text: str) -> Any:
    raise ValueError(f"{text} is no JSON")


def _places(value: Any) -> Iterator[_Path]:
    """Where keys are doubled, in the order of the text. Without recursion, which nested text could exhaust."""
    waiting: list[tuple[Any, _Path]] = [(value, ())]
    while waiting:
        here, place = waiting.pop()
        pairs: list[tuple[str | int, Any]] = []
        if isinstance(here, _Doubled):
            seen: set[str] = set()
            for name, _ in here.pairs:
                if name in seen:
                    yield (*place, name)
                seen.add(name)
        elif isinstance(here, dict):
            pairs = list(here.items())
        elif isinstance(here, list):
            pairs = list(enumerate(here))
        waiting += [(inner, (*place, name)) for name, inner in reversed(pairs)]

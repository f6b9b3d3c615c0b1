"""Rates as a spreadsheet has them: a line for each band of a prefix, columns by the names in the first line.

    prefix;name;connect_fee;unit_price;per_s;increments;days;from;to
    33;France;0.05;0.12;60;60/1;mon-fri;08:00;20:00
    33;France;0.05;0.06;60;60/1;;;
    336;France mobile;0.05;0.18;60;60/1;;;

`prefix` and `unit_price` are needed; `per_s` is 60 without its column. Increments are "60/1" (the first 60 s, then
second by second) or "60". Days are words or spans: "mon-fri", "sat sun holiday". Lines of one prefix are its bands, in
their order. A fee or increments left empty are those of the price that uses the table. Cells are separated by commas or
semicolons; decimals have a point.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeVar

from msgspec.structs import replace

from services.rating.pricing.calls.rate import (
    DAY_KINDS,
    END_OF_DAY,
    MIDNIGHT,
    PREFIX_PATTERN,
    WEEKDAYS,
    Band,
    CallRate,
    Increment,
)
from services.rating.pricing.calls.rate_body import NAME_MAX
from shared.kernel.bodies import parse_text
from shared.kernel.decimals import parse_decimal
from shared.kernel.errors import Rejection

T = TypeVar("T")

COLUMNS: Final = ("prefix", "name", "connect_fee", "unit_price", "per_s", "increments", "days", "from", "to")
_NEEDED: Final = ("prefix", "unit_price")
_PREFIX: Final = re.compile(PREFIX_PATTERN)
_TIME: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_MINUTE: Final = "60"


class Line(NamedTuple):
    """A band of a prefix, and where it stands."""

    number: int
    prefix: str
    name: str | None
    band: Band


class LinedRate(NamedTuple):
    """A rate, and the lines of its bands."""

    rate: CallRate
    lines: tuple[int, ...]


def read_lines(text: str, refused: list[Rejection]) -> Iterator[Line]:
    """The lines that can be read; what is wrong with the others goes to `refused`, with the line and its column.

    Lines count from 1, the names of the columns being the first.
    """
    rows = csv.reader(text.removeprefix("\ufeff").splitlines(), delimiter=_delimiter(text), strict=True)
    try:
        names = _names(next(rows, []), refused)
        if names is None:
            return
        for number, cells in enumerate(rows, start=2):
            if any(map(str.strip, cells)):
                yield from _line(number, cells, names, refused)
    except csv.Error as error:
        refused.append(Rejection("invalid", f"this is no CSV: {error}", pointer=f"/lines/{rows.line_num}"))


def rates_of(lines: Iterator[Line]) -> list[LinedRate]:
    """The lines of each prefix as one rate. Fee and increments are the rate's own where its lines agree."""
    by_prefix: dict[str, list[Line]] = {}
    for line in lines:
        by_prefix.setdefault(line.prefix, []).append(line)
    return [_rate(prefix, found) for prefix, found in by_prefix.items()]


def _rate(prefix: str, lines: Sequence[Line]) -> LinedRate:
    bands = tuple(line.band for line in lines)
    fee, increments = _agreed(band.connect_fee for band in bands), _agreed(band.increments for band in bands)
    shared = {} if fee is None else {"connect_fee": None}
    shared |= {} if increments is None else {"increments": None}
    if shared:
        bands = tuple(replace(band, **shared) for band in bands)
    return LinedRate(CallRate(prefix, bands, lines[0].name, fee, increments), tuple(line.number for line in lines))


def _agreed(said: Iterable[T]) -> T | None:
    """What all say; `None` where they differ."""
    different = set(said)
    return different.pop() if len(different) == 1 else None


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return ";" if head.count(";") > head.count(",") else ","


def _names(header: Sequence[str], refused: list[Rejection]) -> list[str] | None:
    names = [name.strip().lower() for name in header]
    unknown = [name for name in names if name not in COLUMNS]
    missing = [name for name in _NEEDED if name not in names]
    twice = [name for name in names if names.count(name) > 1]
    if unknown:
        detail = f"{unknown[0][:40]!r} is no column; there are {', '.join(COLUMNS)}"
        refused.append(Rejection("unknown_field", detail, pointer="/lines/1"))
    if missing:
        refused.append(Rejection("required", f"the first line has no column {missing[0]}", pointer="/lines/1"))
    if twice:
        refused.append(Rejection("invalid", f"the column {twice[0]} comes twice", pointer="/lines/1"))
    return None if unknown or missing or twice else names


def _line(number: int, cells: Sequence[str], names: Sequence[str], refused: list[Rejection]) -> Iterator[Line]:
    if len(cells) > len(names):
        detail = f"there are {len(cells)} cells and {len(names)} columns"
        refused.append(Rejection("invalid", detail, pointer=f"/lines/{number}"))
        return
    given = dict(zip(names, map(str.strip, cells), strict=False))
    found: dict[str, Any] = {}
    for name, read in _READERS.items():
        try:
            found[name] = read(given.get(name, ""))
        except ValueError as error:
            refused.append(Rejection("invalid", str(error), pointer=f"/lines/{number}/{name}"))
            return
    band = Band(
        unit_price=found["unit_price"],
        per_s=found["per_s"],
        days=found["days"],
        start=found["from"],
        end=found["to"],
        connect_fee=found["connect_fee"],
        increments=found["increments"],
    )
    yield Line(number, found["prefix"], found["name"], band)


def _prefix(text: str) -> str:
    if _PREFIX.fullmatch(text) is None:
        raise ValueError(f"a prefix is 1 to 20 digits, not {text[:40]!r}")
    return text


def _name(text: str) -> str | None:
    if len(text) > NAME_MAX:
        raise ValueError(f"a name has at most {NAME_MAX} characters")
    return parse_text(text) or None


def _price(text: str) -> Decimal:
    return parse_decimal(text, negative=False)


def _optional(read: Callable[[str], T]) -> Callable[[str], T | None]:
    return lambda text: read(text) if text else None


@lru_cache(maxsize=1024)
def _seconds(text: str) -> Decimal:
    return parse_decimal(text or _MINUTE, negative=False, decimals_max=6)


@lru_cache(maxsize=1024)
def _increments(text: str) -> tuple[Increment, ...]:
    first, slash, then = text.partition("/")
    try:
        begin = Increment(Decimal(0), parse_decimal(first.strip(), negative=False, decimals_max=6))
        if not slash:
            return (begin,)
        return begin, Increment(begin.unit_s, parse_decimal(then.strip(), negative=False, decimals_max=6))
    except ValueError as error:
        raise ValueError(f'increments are written "60/1" or "60", not {text[:40]!r}') from error


@lru_cache(maxsize=1024)
def _days(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for word in re.split(r"[\s|+]+", text.lower()):
        first, dash, last = word.partition("-")
        if dash and first in WEEKDAYS and last in WEEKDAYS and WEEKDAYS.index(first) <= WEEKDAYS.index(last):
            found += WEEKDAYS[WEEKDAYS.index(first) : WEEKDAYS.index(last) + 1]
        elif word in DAY_KINDS:
            found.append(word)
        else:
            raise ValueError(f'days are written "mon-fri" or "sat sun holiday", not {text[:40]!r}')
    return tuple(found)


def _time(text: str, otherwise: str) -> str:
    if text and text != otherwise and _TIME.fullmatch(text) is None:
        raise ValueError(f'a time is written "08:00", not {text[:40]!r}')
    return text or otherwise


_READERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "prefix": _prefix,
    "name": _name,
    "connect_fee": _optional(_price),
    "unit_price": _price,
    "per_s": _seconds,
    "increments": _optional(_increments),
    "days": _optional(_days),
    "from": lambda text: _time(text, MIDNIGHT),
    "to": lambda text: _time(text, END_OF_DAY),
}

"""How numbers are written: what a pattern may hold, and what a number looks like.

    INV-{n:06}             INV-000042
    {year}/{n:04}          2026/0007           with reset "year": 2027/0001 follows
    {year}-{month}-{n}     2026-10-7           with reset "month"

A series that is reset prints the year (and the month), for no two of its numbers may look alike (R46).
"""

from __future__ import annotations

import itertools
import re
from datetime import date
from typing import Final

from shared.kernel.errors import Rejection

LENGTH_MAX: Final = 40
_SHAPE: Final = re.compile(r"(?:[A-Za-z0-9/._-]|\{year\}|\{month\}|\{n(?::0(?:[1-9]|1[0-2]))?\})+")
_COUNT: Final = re.compile(r"\{n[^}]*\}")
_PARTS: Final = re.compile(r"\{[^}]*\}|.")
_DIGIT: Final = "0123456789#+"
_NEEDS: Final = {"never": (), "year": ("{year}",), "month": ("{year}", "{month}")}


def check_pattern(pattern: str, reset: str) -> None:
    """Raises `Rejection("invalid")` for a pattern that is none, or whose numbers could look alike."""
    why = None
    if len(pattern) > LENGTH_MAX or _SHAPE.fullmatch(pattern) is None:
        why = "use letters, digits, / . _ - and {n}, {n:06}, {year}, {month}, 40 characters at most"
    elif len(_COUNT.findall(pattern)) != 1:
        why = "it has {n} once"
    elif missing := [part for part in _NEEDS.get(reset, ()) if part not in pattern]:
        why = f"a series that is reset each {reset} prints {' and '.join(missing)}, or two numbers would look alike"
    if why is not None:
        raise Rejection("invalid", f"{pattern!r} is no pattern: {why}", pointer="/pattern")


def look_alike(one: str, other: str) -> bool:
    """Whether some number of the one is a number of the other.

    >>> look_alike("INV-{n:05}", "INV-{n:06}"), look_alike("{year}{n}", "2026{n}"), look_alike("A1-{n}", "A2-{n}")
    (True, True, False)
    """
    first, second = _signs(one), _signs(other)
    reached, fresh = {(0, 0)}, [(0, 0)]
    while fresh:
        at, there = fresh.pop()
        if at == len(first) or there == len(second) or not _meet(first[at], second[there]):
            continue
        further = itertools.product(_next(first, at), _next(second, there))
        new = set(further) - reached
        reached |= new
        fresh += new
    return (len(first), len(second)) in reached


def _signs(pattern: str) -> list[str]:
    """What stands in each place: itself, or `#` for a digit and `+` for one digit or more."""
    signs: list[str] = []
    for part in _PARTS.findall(pattern):
        match part[:2]:
            case "{y":
                signs += "####"
            case "{m":
                signs += "##"
            case "{n":
                signs += "#" * (int(part[3:-1] or 1) - 1) + "+"
            case _:
                signs += part
    return signs


def _meet(one: str, other: str) -> bool:
    return one == other or (all(sign in _DIGIT for sign in (one, other)) and (one in "#+" or other in "#+"))


def _next(signs: list[str], at: int) -> tuple[int, ...]:
    return (at, at + 1) if signs[at] == "+" else (at + 1,)


def number_text(pattern: str, n: int, issued_on: date) -> str:
    """The n-th number of a series: more digits than the pattern asks for when they are used up.

    >>> number_text("INV-{n:06}", 42, date(2026, 10, 1)), number_text("INV-{n:06}", 1_000_000, date(2026, 10, 1))
    ('INV-000042', 'INV-1000000')
    >>> number_text("{year}/{n:04}", 7, date(2026, 10, 1)), number_text("{year}{month}-{n}", 7, date(2026, 3, 1))
    ('2026/0007', '202603-7')
    """
    return pattern.format(n=n, year=issued_on.year, month=f"{issued_on.month:02}")

"""How numbers are written: what a pattern may hold, and what a number looks like.

    INV-{n:06}             INV-000042
    {year}/{n:04}          2026/0007           with reset "year": 2027/0001 follows
    {year}-{month}-{n}     2026-10-7           with reset "month"

A series that is reset prints the year (and the month), for no two of its numbers may look alike (R46). Nor may those of
two series, which is told by what is not a digit in them:

    INV-{n:06}, INV-{n}, inv-2{n:04}       INV-#
    {year}/{n:04}, 2026/{n}                #/#
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from shared.kernel.errors import Rejection

LENGTH_MAX: Final = 40
_SHAPE: Final = re.compile(r"(?:[A-Za-z0-9/._-]|\{year\}|\{month\}|\{n(?::0(?:[1-9]|1[0-2]))?\})+")
_COUNT: Final = re.compile(r"\{n[^}]*\}")
_DIGITS: Final = re.compile(r"(?:\{[^}]*\}|[0-9])+")
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


def look(pattern: str) -> str:
    """What all numbers of a pattern have in common: each run of digits is `#`, whatever prints it, in capitals.

    Two patterns that differ in it never print the same number; two that agree may, today or when digits are used up.

    >>> look("inv-{year}{month}-{n:06}"), look("INV-2026-1{n}"), look("INV{n}")
    ('INV-#-#', 'INV-#-#', 'INV#')
    """
    return _DIGITS.sub("#", pattern).upper()


def number_text(pattern: str, n: int, issued_on: date) -> str:
    """The n-th number of a series: more digits than the pattern asks for when they are used up.

    >>> number_text("INV-{n:06}", 42, date(2026, 10, 1)), number_text("INV-{n:06}", 1_000_000, date(2026, 10, 1))
    ('INV-000042', 'INV-1000000')
    >>> number_text("{year}/{n:04}", 7, date(2026, 10, 1)), number_text("{year}{month}-{n}", 7, date(2026, 3, 1))
    ('2026/0007', '202603-7')
    """
    return pattern.format(n=n, year=issued_on.year, month=f"{issued_on.month:02}")


def count_of(pattern: str, number: str) -> int:
    """What a number of the pattern counts: the other way of `number_text`.

    >>> count_of("{year}{month}-1{n}", "202603-17"), count_of("{n}{year}", "72026")
    (7, 7)
    """
    parts = re.split(r"(\{[^}]*\})", pattern)
    found = re.fullmatch("".join(_DIGITS_OF.get(part[:2], re.escape(part)) for part in parts), number)
    if found is None:
        raise ValueError(f"{number} is no number of {pattern}")
    return int(found["n"])


_DIGITS_OF: Final = {"{n": "(?P<n>[0-9]+)", "{y": "[0-9]{4}", "{m": "[0-9]{2}"}

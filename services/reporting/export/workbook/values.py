"""Cells of a worksheet, as XML.

number("B2", "12.40", 8)      <c r="B2" s="8"><v>12.40</v></c>
text("A2", "=1+1")            <c r="A2" t="inlineStr"><is><t>=1+1</t></is></c>      text, whatever it looks like
day("C2", "2026-09-01", 3)    <c r="C2" s="3"><v>46266</v></c>                      days since 30 December 1899
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final

import msgspec

DIGITS_MAX: Final = 15
"""What a spreadsheet keeps of a number; one that has more is written as text."""
TEXT_MAX: Final = 32_767
"""What a cell holds."""

_FIRST: Final = date(1900, 3, 1)
"""Before it spreadsheets count a day that never was."""
_DAY_0: Final = date(1899, 12, 30).toordinal()
_DAY_S: Final = 86_400
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
# What XML 1.0 can't hold, and what looks like the way to write that.
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_MARKUP: Final = re.compile(r"[&<>\r]")
_ESCAPED: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}


def letters(n: int) -> str:
    """The name of a column, counted from 0.

    >>> letters(0), letters(25), letters(26), letters(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    name = ""
    while n >= 0:
        n, rest = divmod(n, 26)
        name = chr(65 + rest) + name
        n -= 1
    return name


def text(place: str, value: Any, style: int = 0) -> str:
    """Text in the cell itself; a thing with parts is its JSON."""
    words = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    styled = f' s="{style}"' if style else ""
    if len(words) > TEXT_MAX or not words.isalnum():
        words = escaped(words)
    return f'<c r="{place}"{styled} t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'


def number(place: str, value: Any, style: int) -> str:
    """An exact number, as it stands; text where it is none, or has more digits than a spreadsheet keeps."""
    words = value if isinstance(value, str) else str(value)
    if len(words) > DIGITS_MAX and sum(map(str.isdigit, words.lstrip("-0."))) > DIGITS_MAX:
        return text(place, words)
    if _NUMBER.fullmatch(words) is None:
        return text(place, value)
    return f'<c r="{place}" s="{style}"><v>{words}</v></c>'


def day(place: str, value: Any, style: int) -> str:
    try:
        return f'<c r="{place}" s="{style}"><v>{_serial(value)}</v></c>'
    except (ValueError, TypeError):
        return text(place, value)


def instant(place: str, value: Any, style: int) -> str:
    """An instant, in UTC, to the millisecond."""
    try:
        at = datetime.fromisoformat(value).astimezone(UTC)
        days = _serial(at.date().isoformat())
    except (ValueError, TypeError, OverflowError):
        return text(place, value)
    millionths = ((at.hour * 60 + at.minute) * 60 + at.second) * 1_000_000 + at.microsecond
    part = millionths * 10**6 // _DAY_S
    return f'<c r="{place}" s="{style}"><v>{days}.{part:012}</v></c>'


def yes_no(place: str, value: Any) -> str:
    return f'<c r="{place}" t="b"><v>{int(value)}</v></c>' if isinstance(value, bool) else text(place, value)


def escaped(words: str) -> str:
    """Text as XML has it: what XML can't hold is written as Excel reads it, and no cell is longer than one can be."""
    if len(words) > TEXT_MAX:
        words = words[: TEXT_MAX - 1] + "…"
    words = _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", words)
    return _MARKUP.sub(lambda found: _ESCAPED[found[0]], words)


@lru_cache(maxsize=4096)
def _serial(text_of_day: str) -> int:
    at = date.fromisoformat(text_of_day)
    if at < _FIRST:
        raise ValueError(f"{at} is before the days of a spreadsheet")
    return at.toordinal() - _DAY_0

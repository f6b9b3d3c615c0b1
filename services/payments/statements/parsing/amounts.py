"""Amounts and days as banks write them.

>>> amount_of("36.04", "entry 1"), amount_of("1.234,56", "line 2", mark=","), amount_of("12,00-", "line 3", mark=",")
(Decimal('36.04'), Decimal('1234.56'), Decimal('-12.00'))
>>> day_of("2026-10-09T08:15:00+02:00", "entry 1")
datetime.date(2026, 10, 9)
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from shared.kernel.bodies import FIRST_DAY, LAST_DAY
from shared.kernel.errors import Rejection

_PLAIN: Final = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{0,5})?", re.ASCII)
_GROUPS: Final = {
    ".": re.compile(r"[0-9]{1,3}([,'’ ][0-9]{3})+(\.[0-9]*)?|[0-9]+(\.[0-9]*)?", re.ASCII),
    ",": re.compile(r"[0-9]{1,3}([.'’ ][0-9]{3})+(,[0-9]*)?|[0-9]+(,[0-9]*)?", re.ASCII),
}
_BLANKS: Final = str.maketrans("\u00a0\u202f", "  ")


def amount_of(text: str, place: str, *, mark: str = "", pointer: str | None = None) -> Decimal:
    """The amount; with `mark`, the sign of decimals, as people write it. Raises `Rejection` that names the place."""
    written = text.translate(_BLANKS).strip()
    plain = _unwritten(written, mark) if mark else written
    if plain is None or not _PLAIN.fullmatch(plain):
        raise Rejection("invalid", f"{place}: {text[:40]!r} is no amount", pointer=pointer)
    return Decimal(plain)


def _unwritten(text: str, mark: str) -> str | None:
    """1.234,56- as -1234.56; `None` for what can't be told, such as 12.5 where the comma is the mark."""
    sign, body = "", text
    if body.startswith("(") and body.endswith(")"):
        sign, body = "-", body[1:-1]
    if body[-1:] in ("-", "+"):
        sign, body = body[-1], body[:-1]
    elif body[:1] in ("-", "+", "−"):
        sign, body = ("+" if body[0] == "+" else "-"), body[1:]
    body = body.strip()
    if not _GROUPS[mark].fullmatch(body):
        return None
    whole, _, decimals = body.partition(mark)
    return f"{sign}{re.sub('[^0-9]', '', whole)}.{decimals}"


def day_of(text: str, place: str, *, pointer: str | None = None) -> date:
    """The day of a date or an instant, as it is written where the bank is. Raises `Rejection` that names the place."""
    try:
        return checked_day(date.fromisoformat(text[:10]))
    except ValueError:
        raise Rejection("invalid", f"{place}: {text[:40]!r} is no day", pointer=pointer) from None


def checked_day(day: date) -> date:
    """Raises `ValueError` for one that no bank books on."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError("out of range")
    return day

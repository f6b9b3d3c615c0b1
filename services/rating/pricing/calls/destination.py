"""A called number as digits, and the longest prefix of it (R19).

    >>> digits("+33 6 12-34 56 78"), digits("0033612345678"), digits("tel:+33612345678"), digits("0612345678")
    ('33612345678', '33612345678', '33612345678', '0612345678')
    >>> digits("anonymous") is None, digits("") is None
    (True, True)
    >>> digits("+3361234*"), is_cut("3361234*")
    ('3361234*', True)

Prefixes are digits of the international number (E.164). Equipment also writes it with `+`, or `00` as one dials it:
both come off before anything is compared, since no country code begins with 0. A number that begins with a single 0 is
a national one and stays as it is; so does what a switch has put in front. A table has no prefix that begins with 00 and
a digit from 1 to 9, as it could never win.

A number that is personal comes with its end hidden, which a `*` stands for. It has the prefixes of what is left; where
a table tells numbers apart by more than that, nobody knows which rate is its own, and it has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from shared.kernel.sealed_attributes import HIDDEN

_SEPARATORS: Final = str.maketrans("", "", " -.()/")
_DIGITS: Final = re.compile(r"[0-9]{1,40}\*?", re.ASCII)
DIALLED: Final = re.compile(r"00[1-9]", re.ASCII)
"""How a number begins that is written as it is dialled from abroad."""


def digits(number: str | None) -> str | None:
    """The digits that prefixes are compared with; `None` where there is no number."""
    if number is None:
        return None
    if number.isdigit() and number.isascii() and number[0] != "0" and len(number) <= 40:
        return number
    plain = number.strip().removeprefix("tel:").translate(_SEPARATORS)
    if plain.startswith("+"):
        plain = plain[1:]
    elif DIALLED.match(plain):
        plain = plain[2:]
    return plain if _DIGITS.fullmatch(plain) else None


def prefixes(number: str) -> Iterator[str]:
    """The prefixes that a table could have for these digits, longest first.

    >>> list(prefixes("336"))
    ['336', '33', '3']
    """
    for length in range(len(number), 0, -1):
        yield number[:length]


def is_cut(number: str) -> bool:
    """Whether the end of a number is hidden."""
    return number.endswith(HIDDEN)


def told_apart(number: str, written: Iterable[str]) -> bool:
    """Whether prefixes of a table reach into what is hidden of a number.

    >>> told_apart("3361234*", ["336", "33612345"]), told_apart("3361234*", ["336"]), told_apart("3361", ["33612"])
    (True, False, False)
    """
    if not is_cut(number):
        return False
    left = number.removesuffix(HIDDEN)
    return any(len(prefix) > len(left) and prefix.startswith(left) for prefix in written)

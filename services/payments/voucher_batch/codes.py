"""Codes of vouchers: 16 signs that nobody mixes up, the last of which checks the others. Pure.

>>> code = with_check_sign("23456789ABCDEFG")
>>> code, printed(code)
('23456789ABCDEFGK', '2345-6789-ABCD-EFGK')
>>> read_code(" 2345-6789-abcd-efgk "), read_code("2345-6789-ABCD-EFKG")
('23456789ABCDEFGK', None)

The alphabet has no I, L, O, S and Z, which look like digits, and 29 signs: a prime. With a weight of its own for each
place, every wrong sign and every two signs that changed places are found. 15 free signs are 72 bits: too many to be
guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRTUVWXY"
BASE: Final = len(ALPHABET)
LENGTH: Final = 16
FREE: Final = LENGTH - 1
"""So many signs are drawn."""

_VALUES: Final = {sign: value for value, sign in enumerate(ALPHABET)}
_BETWEEN: Final = re.compile(r"[\s-]")
_INVERSE: Final = pow(LENGTH, -1, BASE)


def drawn(numbers: Iterator[int]) -> str:
    """A code out of chance: `numbers` are from 0 to 255 each; those that would favour a sign are passed over."""
    fair = (number for number in numbers if number < 256 - 256 % BASE)
    return with_check_sign("".join(ALPHABET[next(fair) % BASE] for _ in range(FREE)))


def with_check_sign(free: str) -> str:
    """The code of 15 free signs. Raises `ValueError` for others than `ALPHABET` has, or another number of them."""
    if len(free) != FREE or any(sign not in _VALUES for sign in free):
        raise ValueError(f"{FREE} signs of {ALPHABET} are expected")
    return free + ALPHABET[-_weighed(free) * _INVERSE % BASE]


def read_code(text: str) -> str | None:
    """A code as somebody types it: small letters, spaces and hyphens are fine. `None` where it can be none."""
    code = _BETWEEN.sub("", text).upper()
    if len(code) != LENGTH or any(sign not in _VALUES for sign in code) or _weighed(code) % BASE:
        return None
    return code


def printed(code: str) -> str:
    """In groups of four, as people read it."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _weighed(signs: str) -> int:
    return sum(place * _VALUES[sign] for place, sign in enumerate(signs, 1))

"""Card numbers where none may be. Pure.

>>> holds_card_number({"note": ["card 4111 1111 1111 1111"]}), holds_card_number({"iban": "DE89370400440532013000"})
(True, False)
>>> holds_card_number({"token": "4111111111111111"}), holds_card_number({"token": 4111111111111111})
(True, True)
>>> holds_card_number({"note": "order 4111111111111112"})
False

What is Luhn-valid and begins as cards do is taken for one, wherever it stands. A valid IBAN is none, whatever its
digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from stdnum import iban, luhn

_DIGITS: Final = re.compile(r"(?<![0-9A-Za-z])[2-6](?:[ -]?[0-9]){12,18}(?![0-9])", re.ASCII)


def holds_card_number(value: Any) -> bool:
    """Whether a text or number anywhere in it holds one."""
    return any(_is_card(text) for text in _texts(value))


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case bool() | None:
            return
        case int():
            yield str(value)
        case Mapping():
            for name, part in value.items():
                yield str(name)
                yield from _texts(part)
        case list():
            for part in value:
                yield from _texts(part)


def _is_card(text: str) -> bool:
    if iban.is_valid(text, check_country=False):
        return False
    return any(luhn.is_valid(re.sub("[ -]", "", found)) for found in _DIGITS.findall(text))

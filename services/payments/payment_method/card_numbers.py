"""Card numbers where none may be. Pure.

>>> holds_card_number({"note": ["card 4111 1111 1111 1111"]}), holds_card_number({"iban": "DE89370400440532013000"})
(True, False)
>>> holds_card_number({"token": "4111111111111111"}), holds_card_number({"token": 4111111111111111})
(True, True)
>>> holds_card_number({"note": "order 4111111111111112"})
False

>>> holds_card_number({"at": "20261009120003"}), holds_card_number({"card": "2223 0031 2200 3222"})
(False, True)

What is Luhn-valid, begins as the cards of an issuer do and is as long as they are is taken for one, wherever it stands.
A valid IBAN is none, whatever its digits, and no telephone number is that long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from stdnum import iban, luhn

_ISSUED: Final = re.compile(
    r"""
      4 (?: \d{15} | \d{18} )                                                  # Visa
    | (?: 5[1-5]\d{2} | 222[1-9] | 22[3-9]\d | 2[3-6]\d{2} | 27[01]\d | 2720 ) \d{12}    # Mastercard
    | 3[47] \d{13}                                                              # American Express
    | (?: 30[0-5] | 36\d | 3[89]\d ) \d{11,16}                                 # Diners
    | (?: 352[89] | 35[3-8]\d ) \d{12,15}                                       # JCB
    | (?: 6011 | 64[4-9]\d | 65\d{2} | 62\d{2} ) \d{12,15}                     # Discover, UnionPay
    | (?: 50 | 5[6-9] | 6[0-9] ) \d{14,17}                                      # Maestro, RuPay
    """,
    re.VERBOSE | re.ASCII,
)
_DIGITS: Final = re.compile(r"(?<![0-9A-Za-z])[2-6](?:[ -]?[0-9]){13,18}(?![0-9])", re.ASCII)


def holds_card_number(value: Any) -> bool:
    """Whether a text or number anywhere in it holds one."""
    return any(_is_card(text) for text in _texts(value))


def _texts(value: Any) -> Iterator[str]:
    """Without recursion: what the parser could just nest, a walk of frames could not."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str() as text:
                yield text
            case bool() | None:
                pass
            case int() as number:
                yield str(number)
            case Mapping() as parts:
                yield from map(str, parts)
                waiting += parts.values()
            case list() as parts:
                waiting += parts


def _is_card(text: str) -> bool:
    """The digits first: next to no text has as many, and to ask of each whether it is an IBAN takes a hundred times as
    long."""
    found = (re.sub("[ -]", "", digits) for digits in _DIGITS.findall(text))
    if not any(_ISSUED.fullmatch(digits) and luhn.is_valid(digits) for digits in found):
        return False
    return not iban.is_valid(text, check_country=False)

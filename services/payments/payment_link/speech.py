"""In which words, and with which numbers and dates, the page of a payment link speaks: those that the browser asks for.

    speech_of("es-MX,es;q=0.9,en;q=0.8")     # Spanish words, 1,234.50 as in Mexico
    speech_of("pt")                          # no words yet: English

A language is one file in words/, with the same keys as the others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, get_currency_precision

_WORDS: Final = Path(__file__).with_name("words")
_ENGLISH: Final = "en"
_WEIGHT: Final = re.compile(r"[01](\.[0-9]{0,3})?")
_HEADER_MAX: Final = 200
"""What a stranger's browser says may be of any length."""


@dataclass(frozen=True)
class Speech:
    """`tag` is what the page says of itself."""

    tag: str
    locale: Locale
    words: Mapping[str, str]

    def say(self, word: str, **parts: str) -> str:
        return self.words[word].format(**parts)

    def money(self, amount: Decimal, currency: str) -> str:
        """With all its digits, and at least those of its currency."""
        exponent = amount.normalize().as_tuple().exponent
        written = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        digits = max(get_currency_precision(currency), written)
        pattern = (
            self.locale.currency_formats["standard"]
            .pattern.split(";")[0]
            .replace("0.00", f"0.{'0' * digits}" if digits else "0")
        )
        return str(format_currency(amount, currency, pattern, locale=self.locale, currency_digits=False))

    def day(self, day: date) -> str:
        return str(format_date(day, "long", locale=self.locale))


@cache
def languages() -> Mapping[str, Mapping[str, str]]:
    """Every language that there are words for."""
    return {file.stem: json.loads(file.read_text("utf-8")) for file in sorted(_WORDS.glob("*.json"))}


def speech_of(accept_language: str = "") -> Speech:
    """By the `Accept-Language` of a request: the first of its languages that there are words for, else English."""
    asked = [one for one in _asked(accept_language[:_HEADER_MAX]) if one[1] > 0]
    tags = [tag for tag, _ in sorted(asked, key=lambda one: -one[1])]
    tag = next((tag for tag in tags if tag.split("-")[0] in languages()), _ENGLISH)
    code, *rest = tag.split("-")
    words = languages()[code]
    region = rest[-1].upper() if rest and len(rest[-1]) == 2 else ""
    return Speech(code, _locale(code, region, words["locale"]), words)


def _asked(header: str) -> list[tuple[str, Decimal]]:
    """Each language with its weight, 1 without one; one whose weight can't be read is left out."""
    asked = []
    for part in header.split(","):
        tag, _, weight = part.strip().partition(";q=")
        if _WEIGHT.fullmatch(weight or "1"):
            asked.append((tag.strip().lower(), Decimal(weight or "1")))
    return asked


def _locale(code: str, region: str, home: str) -> Locale:
    try:
        return Locale.parse(f"{code}_{region}" if region else home)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(home)

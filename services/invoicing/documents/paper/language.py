"""In which words and with which numbers a document speaks: the customer's language, as far as there are words for it.

    language_of("de-CH", "CH")     # German words, 1’234.50
    language_of("fr", "BE")        # French words, numbers and dates as in Belgium
    language_of("en", "BE")        # English has no home in Belgium: as in Britain
    language_of("pt", "PT")        # no words yet: English

A language is one file in words/, with the same keys as the others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

_WORDS: Final = Path(__file__).with_name("words")
_ENGLISH: Final = "en"
_KEPT: Final = 500
"""Pairs of tag and country; customers choose their tags, so there may be any number of them."""
_HOMES: Final = {"en": "GB", "ar": "001"}
"""Whose numbers and dates a language has where the customer's country has it not; elsewhere its first home."""


@dataclass(frozen=True)
class Language:
    """`code` names the file of words, `locale` writes numbers and dates, `direction` is `ltr` or `rtl`."""

    code: str
    locale: Locale
    words: Mapping[str, Any]

    @property
    def direction(self) -> str:
        return str(self.words["direction"])

    def say(self, word: str, **parts: str) -> str:
        """The words of a key, with its parts in place. Raises `KeyError` for one that no language has."""
        return str(self.words[word]).format(**parts)

    def quote(self, text: str) -> str:
        """Words that somebody else chose, in whatever script: among ours from right to left they keep their order."""
        return f"\u2068{text}\u2069" if text and self.direction == "rtl" else text

    def unit(self, name: str) -> str:
        """What a unit is called, its own name where the language calls it nothing else."""
        return str(self.words["units"].get(name, name))

    def country(self, code: str) -> str:
        """A country by its ISO 3166-1 code."""
        return str(self.locale.territories.get(code, code))


@lru_cache(maxsize=_KEPT)
def language_of(tag: str, country: str) -> Language:
    """The language for a customer's tag (BCP 47, "" where none is known) and country; English where it has no words."""
    parts = tag.split("-")
    code = parts[0] if parts[0] in languages() else _ENGLISH
    region = parts[-1] if code == parts[0] and len(parts) > 1 and len(parts[-1]) == 2 else ""
    if not region and code in get_official_languages(country or "001", de_facto=True):
        region = country
    return Language(code, _locale(code, region or _HOMES.get(code, "")), languages()[code])


@cache
def languages() -> Mapping[str, Mapping[str, Any]]:
    """Every language that there are words for."""
    return {file.stem: json.loads(file.read_text("utf-8")) for file in sorted(_WORDS.glob("*.json"))}


def _locale(code: str, region: str) -> Locale:
    """A language of a region; of no region where the two are not known together."""
    try:
        return Locale.parse(f"{code}_{region}" if region else code)
    except UnknownLocaleError:
        return Locale.parse(code)

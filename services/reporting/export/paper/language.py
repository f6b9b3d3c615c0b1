"""In which words a report on paper speaks: its reader's language, as far as there are words for it.

    words_of("de-AT")["none"]        # "Es gibt keine Zeilen."
    words_of("nl")["none"]           # English, as long as there is no file words/nl.json

A language is one file in words/, with the same keys as the others. What columns mean is said in English in all of them:
it is the catalogue's own text (GET /v1/reports).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from babel import Locale

ENGLISH: Final = "en"
WORDS: Final = Path(__file__).with_name("words")


class Words:
    """`code` is the language's own; what it has no word for stays as it came."""

    def __init__(self, code: str, words: Mapping[str, Any]) -> None:
        self.code = code
        self._words = words
        symbols = Locale.parse(code).number_symbols["latn"]
        self._signs = str.maketrans({",": symbols["group"], ".": symbols["decimal"]})

    def __getitem__(self, key: str) -> str:
        return str(self._words[key])

    def of(self, part: str, name: str) -> str:
        """A name of one of the parts `facts`, `titles` and `columns`."""
        return str(self._words[part].get(name) or name.replace("_", " "))

    def number(self, text: str) -> str:
        """`1,234.50`, with the signs of the language."""
        return text.translate(self._signs)


def words_of(tag: str) -> Words:
    """The words for a tag (BCP 47); English where there are none."""
    code = tag.split("-")[0].lower()
    return languages().get(code) or languages()[ENGLISH]


@cache
def languages() -> Mapping[str, Words]:
    files = sorted(WORDS.glob("*.json"))
    return {file.stem: Words(file.stem, json.loads(file.read_text("utf-8"))) for file in files}

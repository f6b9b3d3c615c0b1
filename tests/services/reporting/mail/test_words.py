"""The words of mails to people who work here: in each language all of them, with the same places."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from services.reporting.mail.words import Language, Words, words_for

LANGUAGES = get_args(Language)
PLACES = re.compile(r"\{(\w+)\}")


def texts(words: Words) -> list[str]:
    """All of them, in their order."""
    return [text for part in words for text in ((part,) if isinstance(part, str) else part)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_all_of_it_with_the_same_places(language: str) -> None:
    said, english = texts(words_for(language)), texts(words_for("en"))
    assert [sorted(PLACES.findall(text)) for text in said] == [sorted(PLACES.findall(text)) for text in english]
    assert all(said)
    if language != "en":
        assert not set(said) & set(english), "nothing is left in English"


def test_a_tag_is_read_by_its_language_and_one_without_words_is_english() -> None:
    assert words_for("de-AT") is words_for("de")
    assert words_for("zh") is words_for("en")

"""The worked examples of docs/api.md give what they say."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from services.rating.pricing.engine.catalogue import models
from services.rating.quote.quote import quote
from tests.contracts.catalogues import DOCS

_QUOTE = re.compile(r"<!-- quote -->\n```json\n(.*?)```\n```json\n(.*?)```", re.DOTALL)
EXAMPLES = [(json.loads(asked), json.loads(answer)) for asked, answer in _QUOTE.findall((DOCS / "api.md").read_text())]


@pytest.mark.parametrize(("asked", "answer"), EXAMPLES)
def test_a_quote_of_the_documentation_gives_what_it_says(asked: dict[str, Any], answer: dict[str, Any]) -> None:
    assert _shows(json.loads(json.dumps(quote(asked), default=str)), answer)


def test_every_model_of_this_version_has_an_example() -> None:
    assert {asked["price"]["model"] for asked, _ in EXAMPLES} >= models().keys()


def _shows(found: Any, said: Any) -> bool:
    """Whether all that is said is so; an example may leave out fields, but no line and no step."""
    match said:
        case dict():
            return all(_shows(found[name], value) for name, value in said.items())
        case list():
            return len(found) == len(said) and all(_shows(*pair) for pair in zip(found, said, strict=True))
        case _:
            return bool(found == said)

"""What the files of the folder say of themselves is true: each format's examples, run by one test for all."""

from __future__ import annotations

import pytest

from services.usage.formats import format_of, formats, split
from services.usage.formats.contract import Example
from tests.services.usage.formats.test_formats import outcomes

EXAMPLES = [(name, example) for name, each in formats().items() for example in each.examples]


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_the_examples_of_each_format_are_true(name: str, example: Example) -> None:
    assert outcomes(example.body, example.headers) == list(example.outcomes)


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_a_message_has_as_many_pieces_as_outcomes_and_is_recognised_by_its_own_format(
    name: str, example: Example
) -> None:
    assert len(split(example.body, example.headers)) == len(example.outcomes)
    found = format_of(example.headers)
    assert found.name == name or (not example.headers and formats()[name].read_object is not None)

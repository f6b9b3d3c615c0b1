"""What the files of the folder say of themselves is true: each format's examples, run by one test for all."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from services.usage.formats import format_of, formats, parse, split
from services.usage.formats.contract import Example, Parsed, ReportedRecord
from tests.services.usage.formats.test_formats import outcome

EXAMPLES = [(name, example) for name, each in formats().items() for example in each.examples]


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_the_examples_of_each_format_are_true(name: str, example: Example) -> None:
    assert [_outcome(item) for item in parse(example.body, example.headers)] == list(example.outcomes)


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_a_message_has_as_many_pieces_as_outcomes_and_is_recognised_by_its_own_format(
    name: str, example: Example
) -> None:
    assert len(split(example.body, example.headers)) == len(example.outcomes)
    found = format_of(example.headers)
    assert found.name == name or (found.name == "json" and formats()[name].read_object is not None)


def _outcome(item: Parsed) -> str:
    """A record of a session keeps the bounds of every record, and has what tells of its session."""
    if isinstance(item, ReportedRecord) and item.kind == "session" and item.session_id and item.status:
        bounds = outcome(replace(item, kind="delta"))
        return "session" if bounds == "record" else bounds
    return outcome(item)

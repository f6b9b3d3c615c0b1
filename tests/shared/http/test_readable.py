"""A command that its decider could not read never enters the log: the caller is told which field, and why."""

from __future__ import annotations

from typing import Annotated

import msgspec
import pytest

from shared.http.api import check_readable
from shared.kernel.bounds import Count
from shared.kernel.errors import Rejection
from shared.kernel.message import Command, encode


class Step(msgspec.Struct, frozen=True):
    n: Count


class CountThings(Command, frozen=True, kw_only=True):
    KEY_FIELD = "thing_id"

    thing_id: Annotated[str, msgspec.Meta(max_length=10)]
    count: Count = 0
    steps: list[Step] = []


@pytest.mark.parametrize(
    ("command", "pointer"),
    [
        (CountThings(thing_id="a", count=10**12), "/count"),
        (CountThings(thing_id="a", count=-1), "/count"),
        (CountThings(thing_id="a" * 11), "/thing_id"),
        (CountThings(thing_id="a", steps=[Step(1), Step(10**12)]), "/steps"),
    ],
)
def test_what_no_message_can_have_is_refused_before_it_is_a_command(command: CountThings, pointer: str) -> None:
    with pytest.raises(Rejection) as refused:
        check_readable(command, encode(command))
    assert (refused.value.code, refused.value.pointer, refused.value.status) == ("out_of_bounds", pointer, 422)


def test_what_a_message_can_have_passes() -> None:
    command = CountThings(thing_id="a", count=10**9, steps=[Step(0)])
    check_readable(command, encode(command))

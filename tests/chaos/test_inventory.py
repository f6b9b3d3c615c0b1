"""Two runs are equal where they differ by who was first alone."""

from __future__ import annotations

from typing import Any

from meterlog.chaos.inventory import but_for_copies


def statement(retracted: int) -> dict[str, Any]:
    """Of 24 records, so many of which were billed, retracted and recorded once more for another account."""
    counts = {"records_in": 24 + retracted, "accepted": 24 + retracted, "billed": 24, "retracted": retracted}
    return {**counts, "balanced": True, "links": {"retracted": "/v1/…"} if retracted else {}}


def test_records_that_another_counts_in_place_of_are_no_difference() -> None:
    first, second = (statement(n) | {"items": [statement(n)]} for n in (0, 12))
    assert first != second
    assert but_for_copies(first) == but_for_copies(second)


def test_a_record_that_is_billed_twice_is_one() -> None:
    twice = statement(0) | {"billed": 25, "accepted": 25, "records_in": 25}
    assert but_for_copies(twice) != but_for_copies(statement(0))
    assert but_for_copies({**statement(0), "items": [twice]}) != but_for_copies(
        {**statement(0), "items": [statement(0)]}
    )

"""Two runs are equal where they differ by who was first alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from meterlog.chaos.inventory import but_for_copies, comparable


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


def test_where_single_records_have_gone_the_last_periods_are_compared() -> None:
    march, april = ({**statement(0), "period": {"start": start}} for start in ("2026-03-01", "2026-04-01"))
    items = {"items": [march, april]}
    earlier = statement(0) | items | {"kept_since": "2026-02-28"}
    later = statement(0) | {"items": [march | {"billed": 9}, april], "records_in": 9, "kept_since": "2026-03-20"}
    assert comparable(earlier, since=date(2026, 4, 1)) == comparable(later, since=date(2026, 4, 1))
    whole = statement(0) | items | {"kept_since": None}
    assert comparable(whole, since=date(2026, 4, 1)) == but_for_copies(whole)

"""How numbers are written, and when what is printed counts from 1 again (R46)."""

from __future__ import annotations

from datetime import date

import pytest

from services.invoicing.numbering_series.messages import (
    AssignNumber,
    Document,
    NumberAssigned,
    NumberingSeriesOpened,
    OpenNumberingSeries,
)
from services.invoicing.numbering_series.patterns import look
from services.invoicing.numbering_series.state import Series
from tests.kit.decider import Specification
from tests.services.invoicing.story import invoicing


def opening(pattern: str, reset: str = "never", series: str = "INV") -> OpenNumberingSeries:
    return OpenNumberingSeries(series_id=series, kind="invoice", pattern=pattern, reset=reset, legal_entity="Northwind")


def numbers(spec: Specification, *days: str) -> list[tuple[int, str]]:
    """What one document after the other gets that asks on these days."""
    found = []
    for n, day in enumerate(days, 1):
        document = Document(kind="invoice", id=f"inv-{n}")
        asked = date.fromisoformat(day)
        ask = AssignNumber(series_id="INV", document=document, account_id="acc-1", issue_date_asked=asked)
        found += [(e.n, e.number) for e in spec.when(ask).events if isinstance(e, NumberAssigned)]
    return found


def test_a_series_is_written_as_it_was_opened() -> None:
    spec = invoicing().when(opening("NW/{n:04}"))
    spec.then(NumberingSeriesOpened(series_id="INV", pattern="NW/{n:04}", kind="invoice", legal_entity="Northwind"))
    assert numbers(spec, "2026-10-01", "2026-10-02") == [(1, "NW/0001"), (2, "NW/0002")]


def test_a_series_that_is_reset_each_year_prints_1_again_and_counts_on_R46() -> None:
    spec = invoicing().when(opening("{year}-{n:03}", "year"))
    assert numbers(spec, "2026-12-30", "2026-12-31", "2027-01-01", "2027-02-01") == [
        (1, "2026-001"),
        (2, "2026-002"),
        (3, "2027-001"),
        (4, "2027-002"),
    ]


def test_a_series_that_is_reset_each_month_never_goes_back_into_the_last_one_R46() -> None:
    spec = invoicing().when(opening("{year}{month}-{n}", "month"))
    assert numbers(spec, "2026-10-31", "2026-11-01", "2026-10-31") == [
        (1, "202610-1"),
        (2, "202611-1"),
        (3, "202611-2"),
    ]


def test_what_has_a_number_is_never_written_otherwise_R46() -> None:
    spec = invoicing()
    numbers(spec, "2026-10-01")
    spec.when(opening("NW-{n}"), command_id="late").then_refused("numbering_series_exists", pointer="/id")
    twice = invoicing().when(opening("NW-{n}"), command_id="one")
    twice.when(opening("NW-{n}"), command_id="two").then_refused("numbering_series_exists")


@pytest.mark.parametrize(
    ("pattern", "reset"),
    [
        ("INV", "never"),
        ("{n}{n}", "never"),
        ("INV-{n:6}", "never"),
        ("INV-{n!r}", "never"),
        ("INV {n}", "never"),
        ("{series}-{n}", "never"),
        ("INV-{n}" + "0" * 40, "never"),
        ("INV-{n}", "year"),
        ("{year}-{n}", "month"),
    ],
)
def test_a_pattern_that_is_none_or_whose_numbers_could_look_alike_is_refused_R46(pattern: str, reset: str) -> None:
    invoicing().when(opening(pattern, reset)).then_refused("invalid", pointer="/pattern")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("INV-{n:06}", "INV-{n:04}", True),  # INV-1000000 of both
        ("INV-{n}", "inv-{n}", True),
        ("INV-{n}", "INV-1{n}", True),  # INV-12: the 12th, and the 2nd
        ("{year}-{n}", "2026-{n}", True),
        ("{year}{n:04}", "{n:08}", True),
        ("INV-{n}", "INV/{n}", False),
        ("INV-{n}", "INV-{year}-{n}", False),
        ("INV-{n}", "CRN-{n}", False),
    ],
)
def test_patterns_that_may_print_one_number_look_alike_R46(one: str, other: str, alike: bool) -> None:
    assert (look(one) == look(other)) is alike


@pytest.mark.parametrize("pattern", ["CN-{n:06}", "cn-{n}", "CN-7{n:02}"])
def test_what_a_series_begins_as_is_kept_for_it_R46(pattern: str) -> None:
    invoicing().when(opening(pattern)).then_refused("pattern_taken", pointer="/pattern")
    spec = invoicing().when(opening(pattern, series="CN"))
    assert [type(event) for event in spec.events] == [NumberingSeriesOpened]


@pytest.mark.parametrize(
    ("reset", "count", "last", "today", "expected"),
    [
        ("never", 0, None,         "2026-10-01", "2026-10/0001"),
        ("never", 7, "2026-10-01", "2026-10-02", "2026-10/0008"),
        ("never", 7, "2026-10-01", "2027-01-01", "2027-01/0008"),
        ("year",  7, "2026-10-01", "2026-12-31", "2026-12/0008"),
        ("year",  7, "2026-10-01", "2027-01-01", "2027-01/0001"),
        ("month", 7, "2026-10-01", "2026-11-01", "2026-11/0001"),
        # The series is ahead of today: dates never go back.
        ("month", 7, "2026-10-01", "2026-09-30", "2026-10/0008"),
    ],
)  # fmt: skip
def test_the_next_number_is_told_before_it_is_given(
    reset: str, count: int, last: str | None, today: str, expected: str
) -> None:
    series = Series(
        series_id="INV",
        pattern="{year}-{month}/{n:04}",
        reset=reset,
        last=count,
        count=count,
        last_issued_on=None if last is None else date.fromisoformat(last),
    )
    assert series.next_number(date.fromisoformat(today)) == expected

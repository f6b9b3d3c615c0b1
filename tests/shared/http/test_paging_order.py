"""In which order a page is read, and behind which row it goes on."""

from __future__ import annotations

from dataclasses import replace

from shared.http.filtering import Arguments
from shared.http.paging import Paging

BY_DAY = Paging(sort="-day", column="day", tiebreak="place", descending=True, limit=50, nullable=False)


def test_a_page_is_in_the_order_of_its_sort_and_tiebreak() -> None:
    assert BY_DAY.order == "day desc, place desc"
    assert replace(BY_DAY, nullable=True).order == "day desc nulls last, place desc"
    assert replace(BY_DAY, column=None).order == "place desc"


def test_rows_of_a_document_stand_together_and_a_cursor_goes_on_within_it() -> None:
    """An index of day and document gives them; only the lines of one document are put in order."""
    lines = replace(BY_DAY, within="document_id", last=("2026-10-01", "inv-7/000003"))
    assert lines.order == "day desc, document_id desc, place desc"
    arguments = Arguments()
    (after,) = lines.after(arguments)
    assert after.startswith("(day, document_id, place) < (")
    assert arguments.values == ["2026-10-01", "inv-7", "inv-7/000003"]


def test_what_is_found_first_is_put_in_an_order_that_no_index_has() -> None:
    assert replace(BY_DAY, found_first=True).order == "greatest(day) desc, place desc"
    assert replace(BY_DAY, found_first=True, column=None).order == "greatest(place) desc"

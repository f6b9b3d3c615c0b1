"""Rate tables: drafted part by part, published whole, looked up in small pieces."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rating.pricing.calls.rate import Band, CallRate
from services.rating.rate_table.lookup import StoredRates
from services.rating.rate_table.messages import (
    AddRates,
    DefineRateTable,
    DiscardRateTableVersion,
    DraftRateTableVersion,
    PublishRateTableVersion,
    RatesAdded,
    RateTableDefined,
    RateTableVersionDiscarded,
    RateTableVersionDrafted,
    RateTableVersionPublished,
)
from services.rating.rate_table.reading import parts_of
from services.rating.rate_table.state import PIECE_ROWS, RateIndex, RatePiece, RateTable
from shared.kernel.errors import Rejection
from shared.kernel.outcome import CommandRejected
from tests.kit.decider import MemoryState, Specification
from tests.services.rating.world import at, rating

JULY = date(2026, 7, 1)
DEFINED = RateTableDefined(table_id="world", name="World", currency="EUR")


def rate(prefix: str, price: str = "0.12") -> CallRate:
    return CallRate(prefix, (Band(unit_price=Decimal(price), per_s=Decimal(60)),))


def drafted(version: int = 1, *, rows: int = 2, parts: int = 1) -> RateTableVersionDrafted:
    return RateTableVersionDrafted(table_id="world", version=version, rows=rows, parts=parts, draft_id=f"d{version}")


def added(*rates: CallRate, version: int = 1, part: int = 0) -> RatesAdded:
    return RatesAdded(table_id="world", version=version, part=part, rates=list(rates))


def published(version: int, effective_from: date) -> RateTableVersionPublished:
    return RateTableVersionPublished(table_id="world", version=version, effective_from=effective_from)


def publish(version: int, effective_from: date = JULY) -> PublishRateTableVersion:
    return PublishRateTableVersion(table_id="world", version=version, effective_from=effective_from)


def add(*prefixes: str, version: int = 1, part: int = 0) -> AddRates:
    return AddRates(table_id="world", version=version, part=part, rates=[rate(prefix) for prefix in prefixes])


def winner(story: Specification, number: str, *, since: date = date(2026, 1, 1)) -> list[tuple[int, str | None]]:
    """(version, prefix that wins) of each that prices usage from that day on."""
    found = StoredRates(story.state, since=since).rate_of("world", number)
    return [(one.version, one.rate.prefix if one.rate else None) for one in found]


def test_a_table_is_defined_once() -> None:
    story = rating().when(DefineRateTable(table_id="world", name="World", currency="EUR")).then(DEFINED)
    story.when(DefineRateTable(table_id="world", name="Again")).then_refused("rate_table_exists", pointer="/id")
    rating().when(DefineRateTable(table_id="w", name="W", currency="XXQ")).then_refused("invalid", pointer="/currency")


def test_a_version_is_filled_part_by_part_in_any_order_and_published_whole() -> None:
    story = rating(DEFINED).when(DraftRateTableVersion(table_id="world", rows=3, parts=2))
    (draft,) = story.events
    assert isinstance(draft, RateTableVersionDrafted) and (draft.version, draft.rows, draft.parts) == (1, 3, 2)
    story.when(add("33", "336", part=1)).then(added(rate("33"), rate("336"), part=1))
    story.when(publish(1)).then_refused("version_incomplete")
    story.when(add("33", "336", part=1)).then_nothing()
    story.when(add("1", part=0)).then(added(rate("1")))
    assert winner(story, "33612345678") == []  # a draft prices nothing
    story.when(publish(1)).then(published(1, JULY))
    assert winner(story, "33612345678") == [(1, "336")]
    story.when(add("44", part=0)).then_refused("version_published")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (DraftRateTableVersion(table_id="moon", rows=1, parts=1), "rate_table_not_found"),
        (add("33", version=2),                                    "rate_table_version_not_found"),
        (add("33", part=1),                                       "invalid"),
        (add(),                                                   "invalid"),
        (add("336", "33"),                                        "invalid"),
        (add("33", "33"),                                         "invalid"),
        (publish(0),                                              "rate_table_version_not_found"),
    ],
)  # fmt: skip
def test_what_does_not_fit_a_draft_is_refused(command: Any, code: str) -> None:
    rating(DEFINED, drafted()).when(command).then_refused(code)


@pytest.mark.parametrize(
    ("version", "effective_from", "code"),
    [
        (1, JULY,               "version_published"),
        (2, JULY,               "effective_from_order"),
        (2, date(2026, 8, 31),  "backdated"),
        (3, date(2026, 10, 1),  "version_discarded"),
    ],
)  # fmt: skip
def test_a_version_is_published_once_and_forward(version: int, effective_from: date, code: str) -> None:
    second, third = (drafted(2), added(rate("33"), version=2)), (drafted(3), added(rate("33"), version=3))
    gone = RateTableVersionDiscarded(table_id="world", version=3)
    given_ = (DEFINED, drafted(), added(rate("33")), published(1, JULY), *second, *third, gone)
    story = rating(*given_, now=at("2026-09-01 12:00"))
    story.when(publish(version, effective_from)).then_refused(code)
    story.when(publish(2, date(2026, 9, 1))).then(published(2, date(2026, 9, 1)))


def test_an_edit_of_an_older_state_is_refused() -> None:
    story = rating(DEFINED, drafted(), added(rate("33"))).when(publish(1), expected_version=7)
    refusal = story.events[0]
    assert isinstance(refusal, CommandRejected)
    assert (refusal.code, refusal.status) == ("version_mismatch", 412)


def test_a_draft_is_given_up_with_its_rates() -> None:
    discard = DiscardRateTableVersion(table_id="world", version=1)
    story = rating(DEFINED, drafted(), added(rate("33"))).when(discard)
    story.then(RateTableVersionDiscarded(table_id="world", version=1))
    assert not story.state.all(RatePiece) and not story.state.all(RateIndex)
    story.when(discard).then_nothing()
    story.when(add("33")).then_refused("version_discarded")
    done = rating(DEFINED, drafted(), added(rate("33")), published(1, JULY)).when(discard)
    done.then_refused("version_published")


def test_r21_every_version_in_force_since_a_day_is_told_with_its_first_day() -> None:
    """Version 2 has no 336 any more, version 3 neither 33."""
    second = (drafted(2), added(rate("33"), version=2), published(2, date(2026, 8, 1)))
    third = (drafted(3), added(rate("1"), version=3), published(3, date(2026, 9, 1)))
    story = rating(DEFINED, drafted(), added(rate("33"), rate("336")), published(1, JULY), *second, *third)
    assert winner(story, "33612345678") == [(1, "336"), (2, "33"), (3, None)]
    assert winner(story, "33612345678", since=date(2026, 8, 1)) == [(2, "33"), (3, None)]
    assert winner(story, "12125550100", since=date(2026, 9, 15)) == [(3, "1")]


def test_a_table_that_nobody_defined_is_refused() -> None:
    with pytest.raises(Rejection) as refused:
        winner(rating(), "33612345678")
    assert (refused.value.code, refused.value.pointer) == ("rate_table_not_found", "/rate_table")


class Counting(MemoryState):
    """Counts the questions."""

    def __init__(self, state: MemoryState) -> None:
        super().__init__()
        self.states = state.states
        self.asked: list[tuple[str, int]] = []

    def get_many(self, kind: Any, keys: Collection[str]) -> dict[str, Any]:
        self.asked.append((kind.__name__, len(keys)))
        return super().get_many(kind, keys)


def imported(prefixes: Collection[str]) -> Specification:
    parts = list(parts_of([rate(prefix) for prefix in sorted(prefixes)]))
    story = rating(DEFINED, drafted(rows=len(prefixes), parts=len(parts)))
    for number, part in enumerate(parts):
        story.when(AddRates(table_id="world", version=1, part=number, rates=part.rates, above=part.above))
    return story.when(publish(1))


def test_rates_of_many_calls_are_asked_for_in_one_question_of_each_kind() -> None:
    story = imported([str(number) for number in range(1, 3000)])
    table = story.get(RateTable, "world")
    assert table is not None and table.versions[0].complete
    assert all(len(piece.rates) < PIECE_ROWS * 100 for piece in story.state.all(RatePiece))
    view = Counting(story.state)
    StoredRates(view, since=JULY).want_rates("world", {f"{number}5550100" for number in range(1, 3000)})
    assert view.asked == [("RateIndex", 1), ("RatePiece", len(story.state.all(RatePiece)))]


PREFIXES = st.sets(st.text("0123", min_size=1, max_size=5), min_size=1, max_size=60)


@given(PREFIXES, st.lists(st.text("0123", min_size=1, max_size=8), min_size=1, max_size=20), st.integers(1, 7))
def test_r19_pieces_find_the_longest_prefix_as_the_whole_table_does(
    prefixes: set[str], numbers: list[str], size: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("services.rating.rate_table.state.PIECE_ROWS", size)
        patch.setattr("services.rating.rate_table.reading.PART_ROWS_MAX", size * 2 + 1)
        story = imported(prefixes)
    for number in numbers:
        longest = max((prefix for prefix in prefixes if number.startswith(prefix)), key=len, default=None)
        assert winner(story, number) == [(1, longest)]

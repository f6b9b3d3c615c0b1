"""What is asked for of measured usage: never a chunk that is only just begun, which no table can have."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from services.rating.rated_usage.decide import evolve_rated_usage
from services.rating.rated_usage.messages import UsageRated
from services.rating.rated_usage.state import CHUNK_RECORDS, UsageDetail
from shared.kernel.decider import State
from tests.kit.decider import MemoryState
from tests.services.rating.world import account, cycle, guided, plan, rating, subscription, used

D = TypeVar("D", bound=State)
PORTS = {"model": "per_unit", "unit_price": "2.00", "meter": "ports"}


class Watched:
    """A view that notes which chunks it is asked for."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state
        self.asked: list[str] = []

    def get(self, kind: type[D], key: str) -> D | None:
        return self._state.get(kind, key)

    def get_many(self, kind: type[D], keys: Collection[str]) -> dict[str, D]:
        self.asked += keys if kind is UsageDetail else ()
        return self._state.get_many(kind, keys)


def test_a_chunk_that_begins_is_not_asked_for_and_one_that_goes_on_is() -> None:
    story = rating(cycle(), *plan(PORTS, aggregations={"ports": "max"}), account(), subscription())
    asked: list[list[str]] = []
    for n, size in enumerate([CHUNK_RECORDS - 1, 1, 1], start=1):
        before = MemoryState()
        before.keep({kind: dict(held) for kind, held in story.state.states.items()})
        watched = Watched(before)
        story.when_event(
            guided(*(used(1, "2026-09-05 10:00", index=i, meter="ports") for i in range(size)), n=n, seq=n)
        )
        (rated,) = [event for event in story.events if isinstance(event, UsageRated)]
        evolve_rated_usage(rated, story.envelopes[-1], watched)
        asked.append(watched.asked)
    assert asked == [[], ["sub-1|2026-09-01|0"], []]

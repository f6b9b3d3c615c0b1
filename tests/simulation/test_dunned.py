"""The simulation duns somebody, and mistakes of dunning are found by what has to be so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from services.payments.dunning import decide as dunning
from services.payments.dunning import looking
from services.payments.dunning.messages import DunningCaseCleared, ServiceRestrictionAsked
from services.rating.service_restriction import decide as service_restriction
from services.rating.service_restriction.messages import ServicesRestored, ServicesRestricted
from tests.simulation.simulate import SeedFailed, simulate
from tests.simulation.world import World

SEEDS_MAX = 12
DUNNED = 1
"""A seed whose story has somebody who is blocked and given back."""


def test_who_owes_is_blocked_and_given_back_whatever_dies() -> None:
    worlds: list[World] = []
    simulate(DUNNED, prepare=worlds.append, compare=False)
    restricted = worlds[0].observer.events("rating", ServicesRestricted)
    assert restricted and any(event.lines for event in restricted)
    assert worlds[0].observer.events("rating", ServicesRestored)
    cleared = worlds[0].observer.events("payments", DunningCaseCleared)
    asked = worlds[0].observer.events("payments", ServiceRestrictionAsked)
    assert cleared and any(event.restriction for event in asked) and any(not event.restriction for event in asked)


def _a_payment_is_not_looked_at(patch: pytest.MonkeyPatch) -> None:
    look = looking.look

    def blind(account: Any, seen: Any) -> Iterator[Any]:
        blocked = account.case is not None and account.case.restriction is not None
        return iter(()) if blocked and not seen.standing.overdue else look(account, seen)

    patch.setattr(dunning, "look", blind)


def _service_is_said_to_be_restored(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(service_restriction, "resume", lambda *_: ())


def _a_step_is_taken_and_service_is_left(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(service_restriction, "rest", lambda *_: ())


@pytest.mark.parametrize(
    "plant",
    [_a_payment_is_not_looked_at, _service_is_said_to_be_restored, _a_step_is_taken_and_service_is_left],
    ids=lambda plant: plant.__name__.strip("_"),
)
def test_a_mistake_of_dunning_is_found(
    plant: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    with pytest.raises(SeedFailed, match=r"paid and blocked|overdue and open"):
        for seed in range(DUNNED, DUNNED + SEEDS_MAX):
            simulate(seed, compare=False)

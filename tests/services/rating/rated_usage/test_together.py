"""What a rebuild folds as one leaves the states that its events leave one by one, to the byte."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.rating.lineage import pack
from services.rating.rated_usage.by_columns import Kinds, sums_of
from services.rating.rated_usage.messages import LateSum, RatedSum, RatedSums, UsageRated, in_time
from services.rating.rated_usage.state import PeriodDetail, Tally, UsageSum
from services.rating.service import SERVICE
from shared.engine.rebuild.folding_runs import FoldingRuns, runs
from shared.kernel.decider import State
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.outcome import CommandRejected
from shared.kernel.sequence_gap import SequenceGap
from shared.kernel.unit_of_work import PartitionAddress, UnitOfWork
from shared.kernel.wire import write

PLACE = PartitionAddress(env="test", partition=1, partitions=4)
NOW = datetime(2026, 9, 14, 6, tzinfo=UTC)
DETAIL = PeriodDetail(1, {})


class Base:
    """What was known before: a line with sums of two periods and detail, which is to stay."""

    def __init__(self) -> None:
        periods = {date(2026, 8, 1): {"voice|1|fiber": Tally(5, 1)}, date(2026, 9, 1): {"data|1|fiber": Tally(7, 2)}}
        held = UsageSum(subscription_id="sub-1", periods=periods, details={date(2026, 9, 1): DETAIL})
        self._states: dict[tuple[type[State], str], Any] = {(UsageSum, "sub-1"): held}

    def get(self, kind: type[State], key: str) -> Any:
        return self._states.get((kind, key))

    def get_many(self, kind: type[State], keys: Collection[str]) -> dict[str, Any]:
        return {key: found for key in keys if (found := self.get(kind, key)) is not None}


def _event(chance: random.Random, n: int) -> UsageRated:
    """Several lines, meters, plans, periods and days; a sum has no record, one, or several; every tenth came late."""
    few = chance.random() < 0.5
    sums, index = [], 0
    for _ in range(chance.randrange(6)):
        line = chance.randrange(5)
        day = date(2026, 9, 14) if few else date(2026, 8, 30) + timedelta(chance.randrange(5))
        indexes = [*range(index, index := index + (1 if few else chance.randrange(3)))]
        plan, version, meter = (
            ("fiber", 1, "data") if few else chance.choice((("fiber", 2, "data"), ("dsl", 1, "voice")))
        )
        start = day.replace(day=1)
        sums.append(RatedSum(f"acc-{line}", f"sub-{line}", meter, plan, version, start, day, 10**17 + n, indexes))
    late = [LateSum(0, date(2026, 10, 1))] if sums and n % 10 == 0 else []
    return UsageRated(source=n % 3, n=n, usage_seq=n, sums=RatedSums.of(sums), part=chance.random() < 0.2, late=late)


def _recorded(events: Sequence[Event], first: int = 1) -> list[tuple[Event, Envelope]]:
    return [
        (event, Envelope(env="test", service="rating", partition=1, type="", recorded_at=NOW, subject="", seq=seq))
        for seq, event in enumerate(events, start=first)
    ]


def _bytes(unit: UnitOfWork) -> dict[tuple[str, str], bytes | None]:
    return {
        (kind.__name__, key): None if state is None else write(state)
        for kind, states in unit.states.items()
        for key, state in states.items()
    }


def _one_by_one(recorded: Sequence[tuple[Event, Envelope]]) -> UnitOfWork:
    unit = UnitOfWork(SERVICE.domain, Base(), PLACE, next_seq=1, now=NOW)
    for event, envelope in recorded:
        unit.replay(event, envelope)
    return unit


def _together(recorded: Sequence[tuple[Event, Envelope]]) -> FoldingRuns:
    unit = FoldingRuns(SERVICE.domain, Base(), PLACE, next_seq=1, now=NOW)
    for run in runs(SERVICE.domain, recorded):
        unit.replay_run(run)
    return unit


@pytest.mark.parametrize("seed", range(20))
def test_folded_as_one_the_states_are_the_same_to_the_byte(seed: int) -> None:
    chance = random.Random(seed)
    recorded = _recorded([_event(chance, n) for n in range(1, 40)])
    one_by_one, together = _one_by_one(recorded), _together(recorded)
    assert _bytes(together) == _bytes(one_by_one)
    assert together.events == one_by_one.events


def test_a_run_ends_where_another_kind_or_what_came_late_stands() -> None:
    chance = random.Random(1)
    plain = [_event(chance, n) for n in range(1, 5)]
    other = CommandRejected(
        command_type="rating.X.v1",
        subject="x",
        code="no",
        detail="",
        pointer=None,
        status=422,
        final=True,
        account_id=None,
    )
    late = UsageRated(
        source=0,
        n=9,
        usage_seq=9,
        sums=RatedSums.of([RatedSum("a", "s", "data", "fiber", 1, NOW.date(), NOW.date(), 1, [0])]),
        late=[LateSum(0, date(2026, 10, 1))],
    )
    recorded = _recorded([*plain[:2], other, *plain[2:], late, late])
    assert [len(run) for run in runs(SERVICE.domain, recorded)] == [2, 1, 2, 1, 1]
    assert [*runs(SERVICE.domain, [])] == []


def test_a_gap_within_a_run_is_seen_and_nothing_of_the_run_is_folded() -> None:
    chance = random.Random(2)
    events = [_event(chance, n) for n in range(1, 5)]
    unit = FoldingRuns(SERVICE.domain, Base(), PLACE, next_seq=1, now=NOW)
    with pytest.raises(SequenceGap):
        unit.replay_run([*_recorded(events[:2]), *_recorded(events[2:], first=4)])
    assert (unit.states, unit.events) == ({}, [])


@pytest.mark.parametrize("seed", range(20))
def test_by_columns_are_the_sums_that_rows_give(seed: int) -> None:
    chance = random.Random(seed)
    kinds = Kinds()
    for n in range(1, 30):
        event = _event(chance, n)
        found = [(*holder, *kinds[kind], *rest) for holder, kind, *rest in sums_of(event, kinds)]
        assert found == [
            (
                *(one.account, one.subscription, one.meter, (one.plan, one.version), one.period_start, one.day),
                *(one.quantity, len(one.indexes)),
                pack(event.source, event.usage_seq, one.indexes) if one.indexes else b"",
            )
            for one in in_time(event)
        ]

"""What is measured of usage beyond sums, from the guided record to the chunk it waits in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, TypeVar

from msgspec.json import decode

from services.rating.rated_usage.decide import evolve_rated_usage
from services.rating.rated_usage.messages import RatedMeasure, UsageRated
from services.rating.rated_usage.state import HELD_MAX, BilledUsage, PeriodDetail, Tally, UsageDetail, UsageSum
from services.usage.quarantine.messages import ReturnUsage
from shared.kernel.decider import State
from shared.kernel.wire import write as encode
from tests.kit.decider import MemoryState, Specification
from tests.services.rating.plugins import PlugIn
from tests.services.rating.world import (
    OCTETS,
    SEPTEMBER,
    account,
    close,
    cycle,
    guided,
    micros,
    plan,
    rating,
    subscription,
    used,
)

D = TypeVar("D", bound=State)
PEAK = {"model": "per_unit", "unit_price": "2.00", "meter": "ports"}
LEVEL = {"model": "per_unit", "unit_price": "0.01", "meter": "servers"}
CALLS = {"model": "each", "meter": "voice.seconds"}

EACH = '''
    """`each`: 0.10 for each record that says where it went, more for one that went far."""
    from decimal import Decimal
    from typing import Literal
    from services.rating.pricing.engine.contract import Measure, PriceTerms, Step, UsageModel

    class EachPrice(PriceTerms):
        """Nothing to say."""
        model: Literal["each"]

    def steps(parameters, entries):
        count = Decimal(len(entries))
        return (Step("1", count, Decimal("0.10"), count * Decimal("0.10")),)

    def unpriceable(parameters, context, entry):
        return None if entry.words[0] else "no_price"

    def measures(parameters):
        return (Measure(aggregation="per_record", attributes=("destination",)),)

    MODEL = UsageModel(EachPrice, steps, (), measures, unpriceable=unpriceable)
'''


def customer(*prices: dict[str, Any], **aggregations: str) -> Specification:
    return rating(cycle(), *plan(*prices, aggregations=aggregations), account(), subscription())


def rated(story: Specification) -> UsageRated:
    (event,) = story.events
    assert isinstance(event, UsageRated)
    return event


def detail(story: Specification) -> PeriodDetail:
    """What of September is measured beyond sums."""
    sums = story.get(UsageSum, "sub-1")
    assert sums is not None
    return sums.detail_of(SEPTEMBER.start)


def measured(story: Specification) -> list[tuple[str, date, str, object]]:
    """Of each measure: its meter and day, its name, the state of each group."""
    event = rated(story)
    sums = event.sums
    return [(sums[m.of].meter, sums[m.of].day, m.measure, m.groups) for m in event.measured]


def test_sums_and_counts_leave_no_more_behind_than_a_tally() -> None:
    story = customer(OCTETS, {**PEAK, "meter": "messages"}, messages="count")
    story.when_event(guided(used(5, "2026-09-05 10:00"), used(9, "2026-09-05 10:00", index=1, meter="messages")))
    assert rated(story).measured == [] and b"measured" not in encode(rated(story))
    assert story.state.all(UsageDetail) == []
    sums = story.get(UsageSum, "sub-1")
    assert (
        sums is not None
        and sums.of(SEPTEMBER.start, "messages", 1, "fiber") == Tally(9_000_000, 1)
        and sums.details is None
    )


def test_the_largest_of_a_day_is_measured_beside_its_sum() -> None:
    story = customer(PEAK, ports="max")
    story.when_event(
        guided(
            used(5, "2026-09-05 10:00", meter="ports"),
            used(8, "2026-09-05 11:00", meter="ports", index=1),
            used(6, "2026-09-06 11:00", meter="ports", index=2),
        )
    )
    event = rated(story)
    assert [(s.quantity, s.indexes) for s in event.sums] == [(13_000_000, [0, 1]), (6_000_000, [2])]
    assert event.measured == [
        RatedMeasure(0, "max", [((), [5_000_000, 8_000_000])]),
        RatedMeasure(1, "max", [((), [6_000_000])]),
    ]
    assert detail(story) == PeriodDetail(
        0,
        {
            "ports|1|fiber|2026-09-05|max": [((), [5_000_000, 8_000_000])],
            "ports|1|fiber|2026-09-06|max": [((), [6_000_000])],
        },
    )


def test_records_are_kept_with_what_orders_them_and_the_words_that_a_price_reads(plug_in: PlugIn) -> None:
    plug_in("services.rating.pricing", "each", EACH)
    story = customer(CALLS)
    paris = {"destination": "331", "codec": "g711"}
    call = used(60, "2026-09-05 10:00", until="2026-09-05 10:01", meter="voice.seconds", attributes=paris)
    story.when_event(guided(call, origins={0: ("switch-1", "call-9")}))
    start, end = micros("2026-09-05 10:00"), micros("2026-09-05 10:01")
    assert measured(story) == [
        (
            "voice.seconds",
            date(2026, 9, 5),
            "per_record(destination)",
            [((), [[start, "switch-1", "call-9", 60_000_000, end, "331"]])],
        )
    ]


def test_r20_what_a_price_cannot_price_goes_back_and_is_in_no_sum(plug_in: PlugIn) -> None:
    plug_in("services.rating.pricing", "each", EACH)
    story = customer(CALLS)
    known = used(60, "2026-09-05 10:00", meter="voice.seconds", attributes={"destination": "331"})
    unknown = used(40, "2026-09-05 11:00", meter="voice.seconds", index=1)
    story.when_event(guided(known, unknown, source=3, seq=9))
    event = rated(story)
    assert [(s.quantity, s.indexes) for s in event.sums] == [(60_000_000, [0])]
    assert (event.returned, event.not_billable) == ([(1, "no_price", "acc-1")], [])
    assert [send.message for send in story.sends] == [ReturnUsage(seq=9, items=[(1, "no_price")], account_id="acc-1")]


def test_r20_words_that_were_priced_before_say_nothing_of_others() -> None:
    """Europe has a price and Asia has none, whichever was asked about first."""
    cells = [{"match": {"region": "eu"}, "unit_price": "0.01"}]
    story = customer({"model": "matrix", "meter": "data.octets", "dimensions": ["region"], "cells": cells})
    for n, regions in enumerate((["eu"], ["eu", "asia"], ["asia", "eu"]), start=1):
        records = [
            used(5, f"2026-09-05 1{index}:00", index=index, attributes={"region": region})
            for index, region in enumerate(regions)
        ]
        story.when_event(guided(*records, n=n, seq=n))
        refused = [index for index, region in enumerate(regions) if region == "asia"]
        assert rated(story).returned == [(index, "no_price", "acc-1") for index in refused]


def test_a_day_of_which_nothing_can_be_priced_leaves_no_sum(plug_in: PlugIn) -> None:
    plug_in("services.rating.pricing", "each", EACH)
    story = customer(CALLS)
    story.when_event(guided(used(40, "2026-09-05 11:00", meter="voice.seconds")))
    assert ([*rated(story).sums], rated(story).measured) == ([], [])


def test_r21_a_level_that_reaches_over_the_end_of_a_period_counts_in_each_for_its_part() -> None:
    story = customer(LEVEL, servers="level")
    story.when_event(guided(used(4, "2026-09-30 22:00", until="2026-10-01 03:00", meter="servers", index=7)))
    event = rated(story)
    assert [(s.period_start, s.day, s.quantity, s.indexes) for s in event.sums] == [
        (date(2026, 9, 1), date(2026, 9, 30), 4_000_000, [7]),
        (date(2026, 10, 1), date(2026, 10, 1), 0, []),
    ]
    hour = 3600 * 10**6
    assert [(m.of, m.groups) for m in event.measured] == [
        (0, [((), 2 * hour * 4_000_000)]),
        (1, [((), 3 * hour * 4_000_000)]),
    ]


def test_r21_a_level_is_cut_where_another_plan_version_begins_and_where_the_subscription_ends() -> None:
    story = rating(
        cycle(),
        *plan(LEVEL, aggregations={"servers": "level"}),
        *plan(LEVEL, aggregations={"servers": "level"}, version=2, effective_from="2026-09-10"),
        account(),
        subscription(end="2026-09-12"),
    )
    story.when_event(guided(used(1, "2026-09-09 00:00", until="2026-09-20 00:00", meter="servers")))
    event = rated(story)
    day = 86_400 * 10**6 * 1_000_000
    assert [(event.sums[m.of].version, m.groups) for m in event.measured] == [
        (1, [((), 1 * day)]),
        (2, [((), 1 * day)]),
        (2, [((), 1 * day)]),
    ]


EACH_RECORD = "voice.seconds|1|fiber|2026-09-05|per_record(destination)"


def calls(count: int) -> list[Any]:
    """So many calls, each of its own minute."""
    return [
        used(1, f"2026-09-05 {n // 60:02}:{n % 60:02}", meter="voice.seconds", index=n, attributes={"destination": "3"})
        for n in range(count)
    ]


def test_records_are_held_with_the_sums_while_they_are_few_and_then_become_a_chunk(plug_in: PlugIn) -> None:
    plug_in("services.rating.pricing", "each", EACH)
    story = customer(CALLS)
    story.when_event(guided(*calls(HELD_MAX), n=1, seq=1))
    assert story.state.all(UsageDetail) == [] and len(detail(story).held[EACH_RECORD][0][1]) == HELD_MAX
    story.when_event(guided(*calls(1), n=2, seq=2))
    assert detail(story) == PeriodDetail(1, {})
    story.when_event(guided(*calls(2), n=3, seq=3))
    story.when_event(guided(*calls(400), n=4, seq=4))
    assert detail(story) == PeriodDetail(2, {})
    chunks = {chunk.key: len(chunk.measured[EACH_RECORD][0][1]) for chunk in story.state.all(UsageDetail)}
    assert chunks == {"sub-1|2026-09-01|0": HELD_MAX + 1, "sub-1|2026-09-01|1": 402}


def test_what_stays_small_is_never_put_away() -> None:
    story = customer(PEAK, ports="level")
    for n in range(1, 3 * HELD_MAX):
        second = used(1, "2026-09-05 10:00:00", meter="ports", until="2026-09-05 10:00:01")
        story.when_event(guided(second, n=n, seq=n))
    assert story.state.all(UsageDetail) == []
    held = (3 * HELD_MAX - 1) * 1_000_000 * 1_000_000
    assert detail(story) == PeriodDetail(0, {"ports|1|fiber|2026-09-05|level": [((), held)]})


def test_no_message_asks_for_a_chunk(plug_in: PlugIn) -> None:
    plug_in("services.rating.pricing", "each", EACH)
    story = customer(CALLS)
    for n in range(1, 4):
        before = MemoryState()
        before.keep({kind: dict(held) for kind, held in story.state.states.items()})
        story.when_event(guided(*calls(HELD_MAX), n=n, seq=n))
        watched = Watched(before)
        evolve_rated_usage(rated(story), story.envelopes[-1], watched)
        assert watched.asked and UsageDetail not in watched.asked


class Watched:
    """A view that notes which kinds it is asked for."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state
        self.asked: list[type[State]] = []

    def get(self, kind: type[D], key: str) -> D | None:
        self.asked.append(kind)
        return self._state.get(kind, key)

    def get_many(self, kind: type[D], keys: Collection[str]) -> dict[str, D]:
        self.asked.append(kind)
        return self._state.get_many(kind, keys)


def test_chunks_are_the_same_whether_states_were_kept_in_memory_or_read_back(plug_in: PlugIn) -> None:
    plug_in("services.rating.pricing", "each", EACH)
    kept, read_back = customer(CALLS, PEAK, ports="max"), customer(CALLS, PEAK, ports="max")
    for n in range(1, 9):
        records = [*calls(7), used(n, "2026-09-05 10:00", meter="ports", index=7)]
        for story in (kept, read_back):
            story.when_event(guided(*records, n=n, seq=n))
        for kind in (UsageSum, UsageDetail):
            held = read_back.state.states.get(kind, {})
            held.update({key: state and decode(encode(state), type=kind) for key, state in held.items()})
            assert read_back.state.all(kind) == kept.state.all(kind)


def test_r34_what_was_measured_is_kept_until_usage_of_its_period_is_too_late_and_then_forgotten() -> None:
    story = customer(PEAK, ports="max")
    story.when_event(guided(used(5, "2026-09-05 10:00", meter="ports")))
    for _ in ("September", "October"):  # October ends 31 days after September
        close(story)
        assert len(story.state.all(UsageDetail)) == len(story.state.all(BilledUsage)) == 1  # held until then
    close(story)
    assert not [*story.state.all(UsageDetail), *story.state.all(BilledUsage), *story.state.all(UsageSum)]


def test_usage_goes_back_where_what_its_price_goes_by_is_hidden() -> None:
    """A price with a default would have billed that; nobody could tell that it was the wrong one."""
    cells = [{"match": {"region": "eu"}, "unit_price": "0.01"}]
    matrix = {"model": "matrix", "meter": "data.octets", "dimensions": ["region"], "cells": cells, "default": "9"}
    story = customer(matrix)
    seen = used(5, "2026-09-05 10:00", index=0, attributes={"region": "eu", "ip": "*"})
    hidden = used(5, "2026-09-05 11:00", index=1, attributes={"region": "*"})
    story.when_event(guided(seen, hidden))
    assert (rated(story).returned, sum(len(s.indexes) for s in rated(story).sums)) == ([(1, "no_price", "acc-1")], 1)

"""Guided usage: every record ends in exactly one place."""

from __future__ import annotations

import random
from datetime import date

import pytest

from services.rating.rated_usage.decide import PairGap
from services.rating.rated_usage.messages import LateSum, RatedSum, RatedSums, UsageRated
from services.rating.rated_usage.state import BilledPeriod, BilledUsage, PairNumber, Tally, UsageSum
from services.usage.quarantine.messages import ReturnUsage
from shared.kernel.decider import Send
from tests.kit.decider import Specification
from tests.services.rating.world import (
    OCTETS,
    OCTOBER,
    PARIS,
    SEPTEMBER,
    account,
    at,
    close,
    cycle,
    guided,
    plan,
    rating,
    subscription,
    used,
)


def customer(time_zone: str = "UTC", *, start: str = "2026-09-01", end: str | None = None) -> Specification:
    return rating(cycle(time_zone=time_zone), *plan(OCTETS), account(time_zone=time_zone), subscription(start, end=end))


def rated(story: Specification) -> UsageRated:
    (event,) = story.events
    assert isinstance(event, UsageRated)
    return event


def test_records_add_up_by_local_day() -> None:
    story = customer()
    story.when_event(
        guided(
            used(1, "2026-09-05 00:00", index=3),
            used(2, "2026-09-05 23:59", index=5),
            used(4, "2026-09-06 00:00", index=8),
        )
    )
    fifth, sixth, first = date(2026, 9, 5), date(2026, 9, 6), SEPTEMBER.start
    story.then(
        UsageRated(
            source=2,
            n=1,
            usage_seq=7,
            sums=RatedSums.of(
                [
                    RatedSum("acc-1", "sub-1", "data.octets", "fiber", 1, first, fifth, 3_000_000, [3, 5]),
                    RatedSum("acc-1", "sub-1", "data.octets", "fiber", 1, first, sixth, 4_000_000, [8]),
                ]
            ),
        )
    )
    sums = story.get(UsageSum, "sub-1")
    assert sums is not None
    assert sums.of(first, "data.octets", 1, "fiber") == Tally(7_000_000, 3)
    assert story.get(PairNumber, "2") == PairNumber(source="2", n=1)


def test_a_local_day_that_spans_two_utc_days_is_one_sum() -> None:
    story = customer(PARIS)
    story.when_event(guided(used(1, "2026-09-04 22:00"), used(2, "2026-09-05 21:59", index=1)))
    assert [(s.day, s.quantity, s.indexes) for s in rated(story).sums] == [(date(2026, 9, 5), 3_000_000, [0, 1])]


@pytest.mark.parametrize(
    ("time_zone", "instant", "day"),
    [
        ("Europe/Paris",    "2026-10-24 21:59", "2026-10-24"),  # the day before clocks go back has 24 hours,
        ("Europe/Paris",    "2026-10-24 22:00", "2026-10-25"),  # the day itself 25:
        ("Europe/Paris",    "2026-10-25 22:59", "2026-10-25"),
        ("Europe/Paris",    "2026-10-25 23:00", "2026-10-26"),
        ("Asia/Kathmandu",  "2026-10-24 18:15", "2026-10-25"),  # an offset of 5:45
        ("Pacific/Auckland", "2026-09-26 12:00", "2026-09-27"),
        ("Pacific/Apia",    "2026-10-24 10:59", "2026-10-24"),
    ],
)  # fmt: skip
def test_the_local_day_follows_the_zone_and_its_clock_changes(time_zone: str, instant: str, day: str) -> None:
    story = customer(time_zone)
    story.when_event(guided(used(1, instant)))
    assert [s.day.isoformat() for s in rated(story).sums] == [day]


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (used(1, "2026-09-09 23:59"),                            "no_subscription"),
        (used(1, "2026-09-20 00:00"),                            "no_subscription"),
        (used(1, "2026-09-15 00:00", subscription_id="sub-9"),   "no_subscription"),
        (used(1, "2026-09-15 00:00", account_id="acc-9"),        "no_subscription"),
        (used(1, "2026-09-15 00:00", meter="voice.seconds"),     "no_price"),
        (used(1, "2026-09-10 00:00"),                            None),
        (used(1, "2026-09-19 23:59"),                            None),
    ],
)  # fmt: skip
def test_a_record_that_cannot_be_charged_is_told_by_its_reason(record: object, reason: str | None) -> None:
    story = customer(start="2026-09-10", end="2026-09-20")
    story.when_event(guided(record))  # type: ignore[arg-type]
    event = rated(story)
    assert [r for _, r, _ in (*event.not_billable, *event.returned)] == ([reason] if reason else [])
    assert len(event.sums) == (0 if reason else 1)


def test_r34_usage_of_a_closed_period_is_summed_for_that_period_and_named_late() -> None:
    story = customer()
    close(story)
    late, timely = used(1, "2026-09-30 23:59", index=4), used(2, "2026-10-01 00:00", index=6)
    story.when_event(guided(late, timely, source=3, seq=9))
    event = rated(story)
    assert [(s.period_start, s.quantity, s.indexes) for s in event.sums] == [
        (date(2026, 9, 1), 1_000_000, [4]),
        (date(2026, 10, 1), 2_000_000, [6]),
    ]
    assert (event.late, event.returned, story.sends) == ([LateSum(0, date(2026, 10, 1))], [], [])
    sums, billed = story.get(UsageSum, "sub-1"), story.get(BilledUsage, "sub-1")
    assert sums is not None and sums.periods == {OCTOBER.start: {"data.octets|1|fiber": Tally(2_000_000, 1)}}
    assert billed is not None
    assert billed.periods == {SEPTEMBER.start: BilledPeriod(late={"data.octets|1|fiber": Tally(1_000_000, 1)})}


@pytest.mark.parametrize(
    ("time_zone", "now", "late"),
    [
        ("UTC",          "2026-11-04 23:59", True),     # 35 days after October 1: November 5
        ("UTC",          "2026-11-05 00:00", False),
        ("Europe/Paris", "2026-11-04 22:59", True),
        ("Europe/Paris", "2026-11-04 23:00", False),
    ],
)  # fmt: skip
def test_r34_usage_is_too_late_35_days_after_the_end_of_its_period_and_goes_back(
    time_zone: str, now: str, late: bool
) -> None:
    story = customer(time_zone)
    close(story)
    story.when_event(guided(used(1, "2026-09-15 12:00", index=4), source=3, seq=9), now=at(now))
    event = rated(story)
    if late:
        assert len(event.late) == 1 and event.returned == []
        return
    assert ([*event.sums], event.late, event.returned) == ([], [], [(4, "too_late", "acc-1")])
    assert story.sends == [
        Send(ReturnUsage(seq=9, items=[(4, "too_late")], account_id="acc-1"), to="usage", partition=3)
    ]


def test_usage_from_before_the_first_period_has_no_subscription() -> None:
    story = customer()
    close(story)
    story.when_event(guided(used(1, "2026-08-31 12:00")))
    assert rated(story).returned == [(0, "no_subscription", "acc-1")]


def test_what_no_price_covers_stays_and_is_named() -> None:
    story = customer()
    story.when_event(
        guided(
            used(1, "2026-09-05 10:00", meter="voice.seconds"),
            used(1, "2026-09-07 11:00", meter="voice.seconds", index=2),
        )
    )
    assert rated(story).not_billable == [(0, "no_price", "acc-1"), (2, "no_price", "acc-1")]
    assert story.sends == []


def test_usage_ahead_of_the_open_period_waits_in_its_own() -> None:
    story = customer()
    story.when_event(guided(used(1, "2026-10-02 10:00")))
    assert [s.period_start for s in rated(story).sums] == [date(2026, 10, 1)]


@pytest.mark.parametrize("n", [1, 3])
def test_a_missing_or_repeated_message_is_an_alarm(n: int) -> None:
    story = customer()
    story.when_event(guided(used(1, "2026-09-05 10:00"), n=1))
    with pytest.raises(PairGap, match="where 2 comes next"):
        story.when_event(guided(used(1, "2026-09-05 10:00"), n=n))


def test_pairs_are_numbered_each_on_its_own() -> None:
    story = customer()
    story.when_event(guided(used(1, "2026-09-05 10:00"), source=0))
    story.when_event(guided(used(1, "2026-09-05 10:00"), source=1))
    sums = story.get(UsageSum, "sub-1")
    assert sums is not None and sums.of(SEPTEMBER.start, "data.octets", 1, "fiber").records == 2


@pytest.mark.parametrize("seed", range(20))
def test_records_come_to_the_same_one_by_one_and_together_r16(seed: int) -> None:
    chance = random.Random(seed)
    lines = ["sub-1", "sub-2", "sub-9"]
    meters = ["data.octets", "data.octets", "voice.seconds"]
    records = [
        used(
            chance.randrange(1, 9),
            f"2026-{chance.choice((8, 9, 9, 9, 10)):02}-{chance.randrange(1, 29):02} {chance.randrange(24):02}:00",
            subscription_id=chance.choice(lines),
            meter=chance.choice(meters),
            index=index,
        )
        for index in range(40)
    ]
    together, one_by_one = two_lines(), two_lines()
    together.when_event(guided(*records))
    outcomes = [rated(together)]
    singly = []
    for n, record in enumerate(records, start=1):
        one_by_one.when_event(guided(record, n=n))
        singly.append(rated(one_by_one))
    for subscription_id in lines:
        assert together.get(UsageSum, subscription_id) == one_by_one.get(UsageSum, subscription_id)
    assert aside(outcomes) == aside(singly)


def two_lines() -> Specification:
    """One that goes on, one that ends with September 19."""
    ending = subscription("2026-09-10", end="2026-09-20", subscription_id="sub-2")
    return customer().given(ending)


def aside(events: list[UsageRated]) -> list[tuple[int, str, str]]:
    return sorted(found for event in events for found in (*event.not_billable, *event.returned))

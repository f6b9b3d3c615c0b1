"""Counters to deltas (R30, R33): readings in, deltas out."""

from __future__ import annotations

import pytest

from services.usage.counters import MICRO, Delta, delta
from services.usage.documents import Counter
from tests.services.usage.story import command, counted, partition, reading


def at(value: int, minute: int, *, boot: str | None = None, uptime: int | None = None, bits: int = 32) -> Counter:
    return Counter(
        resource="if:7",
        meter="data.octets",
        value=str(value * MICRO),
        bits=bits,
        read_at=minute * 60 * MICRO,
        boot_id=boot,
        uptime_s=uptime,
    )


WRAP = 2**32

# before, now -> quantity, how
CLEAR = [
    # nothing to compare with: the baseline
    (None, at(900, 0, boot="b1"), 0, "baseline"),
    # it went up
    (at(1000, 0, boot="b1"), at(1700, 5, boot="b1"), 700, None),
    (at(1000, 0, boot="b1"), at(1000, 5, boot="b1"), 0, None),
    (at(1000, 0, uptime=60), at(1700, 5, uptime=360), 700, None),
    (at(1000, 0, boot="b1", bits=64), at(1700, 5, boot="b1", bits=64), 700, None),
    # 32 bits fell without a restart: it wrapped once
    (at(WRAP - 300, 0, boot="b1"), at(704, 5, boot="b1"), 1004, "wrap"),
    (at(WRAP - 1, 0, uptime=60), at(0, 5, uptime=360), 1, "wrap"),
    (at(WRAP - 1, 0, boot="b1"), at(0, 60, boot="b1"), 1, "wrap"),
    # another boot: it began at zero, and even a higher reading is all new
    (at(1000, 0, boot="b1"), at(50, 5, boot="b2"), 50, "restart"),
    (at(1000, 0, boot="b1"), at(5000, 5, boot="b2"), 5000, "restart"),
    # an uptime shorter than the one before, or than the time since then
    (at(1000, 0, uptime=9000), at(50, 5, uptime=120), 50, "restart"),
    (at(1000, 0, uptime=10), at(50, 5, uptime=120), 50, "restart"),
    # a whole second of uptime more or less is no restart
    (at(1000, 0, uptime=0), at(1700, 5, uptime=299), 700, None),
    # read earlier than what was counted last, in the same run: it is in that delta
    (at(1700, 10, boot="b1"), at(1200, 5, boot="b1"), 0, "late"),
]

AMBIGUOUS = [
    # 64 bits do not wrap
    (at(1000, 0, boot="b1", bits=64), at(50, 5, boot="b1", bits=64), "64-bit"),
    # over more than 57 minutes 32 bits may wrap twice
    (at(1000, 0, boot="b1"), at(50, 61, boot="b1"), "gap of 3660 s"),
    # one says its boot, the other its uptime
    (at(1000, 0, uptime=60), at(50, 5, boot="b1"), "can't be told"),
    (at(1000, 0, boot="b1"), at(1700, 5, boot="b1", bits=64), "32 bits and now has 64"),
    # an earlier reading of another run, or higher than the later one
    (at(1700, 10, boot="b2"), at(1200, 5, boot="b1"), "before the reading"),
    (at(1700, 10, boot="b1"), at(1800, 5, boot="b1"), "before the reading"),
]


@pytest.mark.parametrize(("before", "now", "quantity", "how"), CLEAR)
def test_r30_a_delta_is_what_the_line_used(
    before: Counter | None, now: Counter, quantity: int, how: str | None
) -> None:
    found = delta(before, now)
    assert (found.quantity, found.how, found.ambiguous) == (quantity * MICRO, how, None)


@pytest.mark.parametrize(("before", "now", "why"), AMBIGUOUS)
def test_r30_what_cannot_be_told_is_never_guessed(before: Counter, now: Counter, why: str) -> None:
    found = delta(before, now)
    assert found.quantity == 0
    assert found.ambiguous is not None
    assert why in found.ambiguous


def test_an_earlier_reading_does_not_become_the_latest() -> None:
    assert delta(at(1700, 10, boot="b1"), at(1200, 5, boot="b1")) == Delta(0, "late", latest=False)


def test_r33_readings_of_one_command_follow_each_other() -> None:
    spec = partition().when(command(reading("1000", 0), reading("1700", 5), reading("1800", 10)))
    assert [r.quantity for r in counted(spec)] == [0, 700 * MICRO, 100 * MICRO]
    spec.when(command(reading("1900", 15)))
    assert [r.quantity for r in counted(spec)] == [100 * MICRO]


def test_r30_a_wrap_and_a_restart_are_flagged_on_the_record() -> None:
    spec = partition().when(command(reading(str(WRAP - 300), 0), reading("704", 5), reading("50", 10, boot="b2")))
    assert [(r.quantity // MICRO, r.counter[0] if r.counter else None) for r in counted(spec)] == [
        (0, str((WRAP - 300) * MICRO)),
        (1004, str(704 * MICRO)),
        (50, str(50 * MICRO)),
    ]


def test_an_ambiguous_reading_is_parked_and_the_next_one_goes_on_from_it() -> None:
    spec = partition().when(command(reading("1000", 0, bits=64), reading("50", 5, bits=64), reading("80", 10, bits=64)))
    first, fallen, after = counted(spec)
    assert (first.reason, fallen.reason) == ("unknown_resource", "counter_ambiguous")
    assert after.quantity == 30 * MICRO


def test_a_reading_from_the_far_future_does_not_become_the_latest() -> None:
    spec = partition().when(
        command(
            reading("1000", 0),
            reading("9000", 1, started_at="2027-11-23T01:00:00Z"),
            reading("1500", 5),
        )
    )
    assert [(r.reason, r.quantity // MICRO) for r in counted(spec)][1:] == [
        ("in_future", 0),
        ("unknown_resource", 500),
    ]


def test_a_reading_beyond_64_bits_of_millionths_is_exact() -> None:
    big = 999_999_999_999_999_000
    spec = partition().when(command(reading(str(big), 0, bits=64), reading(str(big + 999), 5, bits=64)))
    assert counted(spec)[1].quantity == 999 * MICRO

"""Counters to deltas (R30, R33): readings in, deltas out."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.usage.record.counters import MICRO, READINGS_MAX, Delta, delta_of, with_readings
from services.usage.record.state import Counter, Reading, counter_key
from tests.kit.decider import Specification
from tests.services.usage.story import MAC, command, counted, partition, reading


def at(
    value: int,
    minute: int,
    *,
    boot: str | None = None,
    uptime: int | None = None,
    bits: int = 32,
    speed: int | None = None,
    jumped: str | None = None,
) -> Reading:
    return Reading(
        minute * 60 * MICRO,
        str(value * MICRO),
        bits,
        boot,
        uptime,
        line_speed_bps=speed,
        discontinuity=jumped,
    )


def delta(before: Reading | None, now: Reading) -> Delta:
    """What a reading counts where `before` is all that is known."""
    return delta_of(None if before is None else Counter(resource="if:7", meter="data.octets", readings=(before,)), now)


WRAP = 2**32
MB, GB = 10**6, 10**9

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
    # how fast its line is: at 100 Mb/s no second wrap fits into 300 s, nor at 1 Mb/s into eight hours
    (at(WRAP - 300, 0, boot="b1", speed=100 * MB), at(704, 5, boot="b1", speed=100 * MB), 1004, "wrap"),
    (at(1000, 0, boot="b1", speed=100 * MB), at(1700, 5, boot="b1", speed=100 * MB), 700, None),
    (at(WRAP - 300, 0, boot="b1", speed=MB), at(704, 480, boot="b1", speed=MB), 1004, "wrap"),
    # the last rate at which a poll of 300 s tells all (R30: about 115 Mb/s)
    (at(0, 0, boot="b1", speed=114_532_461), at(0, 5, boot="b1", speed=114_532_461), 0, None),
    # 64 bits of any line
    (at(1000, 0, boot="b1", bits=64, speed=100 * GB), at(10**12, 5, boot="b1", bits=64), 10**12 - 1000, None),
    # a restart is one, whatever else changed
    (at(1000, 0, boot="b1", jumped="1"), at(50, 5, boot="b2", jumped="2"), 50, "restart"),
    (at(1000, 0, boot="b1", jumped="1"), at(1700, 5, boot="b1", jumped="1"), 700, None),
    (at(1000, 0, boot="b1"), at(1700, 5, boot="b1", jumped="1"), 700, None),
    # another boot: it began at zero, and even a higher reading is all new
    (at(1000, 0, boot="b1"), at(50, 5, boot="b2"), 50, "restart"),
    (at(1000, 0, boot="b1"), at(5000, 5, boot="b2"), 5000, "restart"),
    # an uptime shorter than the one before, or than the time since then
    (at(1000, 0, uptime=9000), at(50, 5, uptime=120), 50, "restart"),
    (at(1000, 0, uptime=10), at(50, 5, uptime=120), 50, "restart"),
    # a whole second of uptime more or less is no restart
    (at(1000, 0, uptime=0), at(1700, 5, uptime=299), 700, None),
    # read earlier than the baseline: it adds what came before, as if it had come first
    (at(1700, 10, boot="b1"), at(1200, 5, boot="b1"), 500, "late"),
    (at(1700, 10, boot="b2"), at(1200, 5, boot="b1"), 1700, "late"),
    (at(1700, 10, boot="b1"), at(1800, 5, boot="b1"), WRAP - 100, "late"),
    # the same reading once more
    (at(1700, 10, boot="b1"), at(1700, 10, boot="b1"), 0, None),
    # two of one instant rise, and whole seconds of uptime hide no restart
    (at(1000, 5, boot="b1"), at(1700, 5, boot="b1"), 700, None),
    (at(1000, 5, uptime=100), at(1700, 5, uptime=99), 700, None),
]

AMBIGUOUS = [
    # 64 bits do not wrap
    (at(1000, 0, boot="b1", bits=64), at(50, 5, boot="b1", bits=64), "64-bit"),
    # a poll of 300 s is ambiguous above 115 Mb/s (R30), whether it fell or rose
    (at(WRAP - 300, 0, boot="b1", speed=GB), at(704, 5, boot="b1", speed=GB), "wrap more than once in 300 s"),
    (at(1000, 0, boot="b1", speed=GB), at(1700, 5, boot="b1", speed=GB), "wrap more than once in 300 s"),
    (at(0, 0, boot="b1", speed=114_532_462), at(0, 5, boot="b1"), "wrap more than once in 300 s"),
    # the counter was set anew while its device ran on
    (at(1000, 0, boot="b1", jumped="1"), at(9000, 5, boot="b1", jumped="2"), "jumped between them"),
    (at(1000, 0, boot="b1", bits=64, jumped="1"), at(50, 5, boot="b1", bits=64, jumped="2"), "jumped between them"),
    # over more than 57 minutes 32 bits may wrap twice
    (at(1000, 0, boot="b1"), at(50, 61, boot="b1"), "gap of 3660 s"),
    # one says its boot, the other its uptime
    (at(1000, 0, uptime=60), at(50, 5, boot="b1"), "can't be told"),
    (at(1000, 0, boot="b1"), at(1700, 5, boot="b1", bits=64), "32 bits and now has 64"),
    # of one instant: which came first?
    (at(1000, 5, boot="b1"), at(1700, 5, boot="b2"), "one instant"),
    # a second of uptime too few: it may have restarted, and it fell
    (at(1000, 0, uptime=0), at(50, 5, uptime=299), "can't be told"),
    # earlier than the baseline, and no better
    (at(50, 5, boot="b1", bits=64), at(1000, 0, boot="b1", bits=64), "64-bit"),
]


@pytest.mark.parametrize(("before", "now", "quantity", "how"), CLEAR)
def test_r30_a_delta_is_what_the_line_used(
    before: Reading | None, now: Reading, quantity: int, how: str | None
) -> None:
    found = delta(before, now)
    assert (found.quantity, found.how, found.ambiguous) == (quantity * MICRO, how, None)


@pytest.mark.parametrize(("before", "now", "why"), AMBIGUOUS)
def test_r30_what_cannot_be_told_is_never_guessed(before: Reading, now: Reading, why: str) -> None:
    found = delta(before, now)
    assert found.quantity == 0
    assert found.ambiguous is not None
    assert why in found.ambiguous


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


# arrival -> what each counts: (value, minute, boot) of 32 bits
ORDERS = [
    # the baseline arrives second: 350 in all, as in order
    ([(300, 10, "b1"), (100, 0, "b1"), (450, 20, "b1")], [0, 200, 150]),
    ([(100, 0, "b1"), (300, 10, "b1"), (450, 20, "b1")], [0, 200, 150]),
    ([(450, 20, "b1"), (300, 10, "b1"), (100, 0, "b1")], [0, 150, 200]),
    # within what is counted already
    ([(100, 0, "b1"), (450, 20, "b1"), (300, 10, "b1")], [0, 350, 0]),
    # the last of the old run comes after the first of the new one
    ([(1000, 0, "b1"), (50, 20, "b2"), (1200, 10, "b1")], [0, 50, 200]),
    ([(1000, 0, "b1"), (50, 20, "b2"), (20, 10, "b2")], [0, 50, 0]),
    # a run that nobody knew of
    ([(1000, 0, "b1"), (50, 20, "b3"), (400, 10, "b2")], [0, 50, 400]),
    # it wrapped twice: the first and the last reading alone hide once
    ([(WRAP - 100, 0, "b1"), (700, 40, "b1"), (800, 20, "b1")], [0, 800, WRAP]),
]


@pytest.mark.parametrize(("arrival", "counts"), ORDERS)
def test_r33_a_late_reading_counts_what_its_place_adds(arrival: list[tuple[int, int, str]], counts: list[int]) -> None:
    spec = partition()
    found = []
    for value, minute, boot in arrival:
        spec.when(command(reading(str(value), minute, boot=boot)))
        found += counted(spec)
    assert [r.quantity // MICRO for r in found] == counts
    together = partition().when(command(*(reading(str(value), minute, boot=boot) for value, minute, boot in arrival)))
    assert [r.quantity // MICRO for r in counted(together)] == counts
    assert together.state.states[Counter] == spec.state.states[Counter]


def test_what_a_later_reading_resolves_is_counted_by_it() -> None:
    """Nobody knows how often 32 bits wrapped in two hours, until a reading between the two says it."""
    spec = partition().when(command(reading("1000", 0), reading("400", 120)))
    assert [(r.reason, r.quantity) for r in counted(spec)][1:] == [("counter_ambiguous", 0)]
    spec.when(command(reading("2000", 30)))
    assert [(r.reason, r.quantity // MICRO) for r in counted(spec)] == [("unknown_resource", 1000)]
    spec.when(command(reading("3000", 75)))
    assert [(r.reason, r.quantity // MICRO) for r in counted(spec)] == [("unknown_resource", WRAP - 1600)]
    assert _known(spec)[-1].counted == "0"


def test_a_late_reading_that_makes_what_was_counted_doubtful_is_reported() -> None:
    """Two hours seemed to have used 700. Then 32 bits had wrapped, and what the late ones say is billed once."""
    spec = partition().when(command(reading("1000", 0), reading("1700", 120)))
    spec.when(command(reading("50", 110)))
    assert [(r.reason, r.quantity) for r in counted(spec)] == [("counter_ambiguous", 0)]
    spec.when(command(reading("1800", 125)))
    assert [r.quantity // MICRO for r in counted(spec)] == [100]
    spec.when(command(reading(str(WRAP - 50), 55)))
    assert [r.quantity // MICRO for r in counted(spec)] == [WRAP]


def test_only_so_many_readings_are_kept_and_an_older_one_is_reported() -> None:
    spec, last = partition(), 9 + 2 * READINGS_MAX
    for minute in range(10, last + 1):
        spec.when(command(reading(str(1000 * minute), minute)))
    assert len(_known(spec)) == READINGS_MAX
    spec.when(command(reading("10500", 11, id="late")))
    assert [r.reason for r in counted(spec)] == ["counter_ambiguous"]
    repeated, following = reading(str(1000 * last), last, id="repeated"), reading(str(1000 * last + 7), last + 1)
    spec.when(command(repeated, following))
    assert [r.quantity // MICRO for r in counted(spec)] == [0, 7]


def test_64_bits_need_two_readings_a_run_and_forget_nothing() -> None:
    spec = partition()
    for minute in range(10, 10 + 3 * READINGS_MAX):
        spec.when(command(reading(str(1000 * minute), minute, bits=64)))
    assert [r.value for r in _known(spec)] == [str(1000 * MICRO * minute) for minute in (10, 9 + 3 * READINGS_MAX)]
    spec.when(command(reading("10500", 11, bits=64, id="late"), reading("4000", 4, bits=64, id="first")))
    assert [(r.reason, r.quantity // MICRO) for r in counted(spec)] == [
        ("unknown_resource", 0),
        ("unknown_resource", 6000),
    ]


_NUMBERS = st.integers(0, WRAP - 1)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Reading], int]:
    """The readings of a counter whose polls tell everything, and what was used by the sum of its steps."""
    bits = draw(st.sampled_from((32, 64)))
    by_boot = draw(st.booleans())
    boot, value, uptime, now = 1, draw(_NUMBERS), draw(st.integers(0, 100_000)), 1_000_000
    # Slow enough that a poll of an hour tells all; over two of them it does not, until the one between is there.
    speed = draw(st.sampled_from((None, 9_500_000)))

    def reading_now(boot_id: str | None, uptime_s: int | None) -> Reading:
        return Reading(now * MICRO, str(value * MICRO), bits, boot_id, uptime_s, line_speed_bps=speed)

    readings = [reading_now("b1" if by_boot else None, None if by_boot else uptime)]
    used = 0
    for _ in range(draw(st.integers(0, 12))):
        gap = draw(st.integers(10, 3600))
        now += gap
        if draw(st.integers(0, 4)) == 0:
            boot, value, uptime = boot + 1, draw(_NUMBERS), gap // 2
            used += value
        else:
            step = draw(_NUMBERS)
            used += step
            value = (value + step) % (1 << bits)
            uptime += gap
        name, up = (f"b{boot}", None) if by_boot else (None, uptime)
        readings.append(reading_now(name, up))
    return readings, used


def _billed(arrival: list[Reading]) -> tuple[int, int]:
    """What the readings come to as they arrive, and how many are ambiguous."""
    counter: Counter | None = None
    billed = ambiguous = 0
    for now in arrival:
        found = delta_of(counter, now)
        assert found.quantity >= 0
        assert found.ambiguous is None or found.quantity == 0
        billed += found.quantity
        ambiguous += found.ambiguous is not None
        if found.readings is not None:
            counter = with_readings(None, "if:7", "data.octets", found.readings)
    return billed // MICRO, ambiguous


@given(histories(), st.randoms(use_true_random=False))
def test_r33_any_order_of_the_same_readings_bills_the_same(history: tuple[list[Reading], int], chance: Random) -> None:
    readings, used = history
    assert _billed(readings) == (used, 0)
    arrival = readings + chance.choices(readings, k=chance.randrange(4))
    chance.shuffle(arrival)
    assert _billed(arrival)[0] == used


@given(st.lists(st.tuples(_NUMBERS, st.integers(0, 300), st.sampled_from(("b1", "b2", None))), max_size=8), st.data())
def test_what_is_ambiguous_in_any_order_is_never_silently_less(
    seen: list[tuple[int, int, str | None]], data: st.DataObject
) -> None:
    """Equipment that says anything at all: where an order bills less than the order of time, it reports it."""
    readings = [at(v, minute, boot=boot, uptime=None if boot else minute) for v, minute, boot in seen]
    in_order, _ = _billed(sorted(readings, key=lambda r: (r.read_at, int(r.value), r.boot_id or "")))
    billed, ambiguous = _billed(data.draw(st.permutations(readings)))
    assert billed >= in_order or ambiguous


@given(histories(), st.randoms(use_true_random=False))
def test_any_order_over_commands_bills_the_same_and_is_folded_as_decided(
    history: tuple[list[Reading], int], chance: Random
) -> None:
    readings, used = history
    arrival = [
        reading(
            str(int(r.value) // MICRO),
            0,
            bits=r.bits,
            boot=r.boot_id,
            uptime_s=r.uptime_s,
            id=f"m{index}",
            attributes=r.line_speed_bps and {"line_speed_bps": str(r.line_speed_bps)},
            started_at=datetime.fromtimestamp(r.read_at // MICRO + 1_793_500_000, UTC).isoformat(),
        )
        for index, r in enumerate(readings)
    ]
    chance.shuffle(arrival)
    spec, replayed, billed = partition(), partition(), 0
    while arrival:
        size = chance.randint(1, len(arrival))
        spec.when(command(*arrival[:size]))
        billed += sum(r.quantity for r in counted(spec) if r.reason != "counter_ambiguous")
        replayed.given(*spec.events)
        arrival = arrival[size:]
    assert billed == used * MICRO
    assert replayed.state.states == spec.state.states


def _known(spec: Specification) -> tuple[Reading, ...]:
    counter = spec.get(Counter, counter_key(MAC, "data.octets"))
    assert counter is not None
    return counter.readings

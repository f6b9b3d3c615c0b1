"""Sessions to deltas: cumulative quantities are never summed, in any order, however often they come (R26, R29)."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.usage.record.messages import UsageRecorded
from services.usage.session.correlation import RUNS_MAX, Report, correlate
from services.usage.session.state import Direction, Session, by_direction, session_name
from shared.kernel.message import encode
from tests.services.usage.session.story import MICRO, NAS, USER, micros_at, quantities, report, session, told, with_user
from tests.services.usage.story import aside, command, counted


def test_interims_count_what_came_since_the_one_before_r26() -> None:
    spec = with_user()
    found = told(
        spec, report("start", 0, 0), report("interim", 500, 15), report("interim", 800, 30), report("stop", 1200, 40)
    )
    assert quantities(found) == [0, 500, 300, 400]
    assert [(r.account, r.reason) for r in found] == [("acme", None)] * 4
    assert session(spec).closed_by == "stop"


def test_a_delta_lies_between_its_report_and_the_one_before_so_that_a_month_is_split_r26() -> None:
    november, december = (f"2026-{text}" for text in ("11-30T23:50:00Z", "12-01T00:05:00Z"))
    spec = with_user(now=datetime(2026, 12, 1, 12, tzinfo=UTC))
    start = report("start", 0, 0, started_at="2026-11-30T23:40:00Z", ended_at="2026-11-30T23:40:00Z")
    first = report("interim", 10, 1, started_at="2026-11-30T23:40:00Z", ended_at=november)
    second = report("interim", 30, 2, started_at="2026-11-30T23:40:00Z", ended_at=december)
    last = report("stop", 37, 3, started_at="2026-11-30T23:40:00Z", ended_at="2026-12-01T00:20:00Z")
    found = told(spec, start, first, second, last)
    assert [(r.quantity // MICRO, _day(r.started_at), _day(r.ended_at)) for r in found] == [
        (0, "30T23:40", "30T23:40"),
        (10, "30T23:40", "30T23:50"),
        (20, "30T23:50", "01T00:05"),
        (7, "01T00:05", "01T00:20"),
    ]


def _day(micros: int) -> str:
    return datetime.fromtimestamp(micros // MICRO, UTC).strftime("%dT%H:%M")


def test_a_stop_without_a_start_is_billable_r29() -> None:
    spec = with_user()
    (found,) = told(spec, report("stop", 900, 40, since=10))
    assert (found.quantity // MICRO, found.reason, found.detail, found.account) == (900, None, "no_start", "acme")
    assert (found.started_at, found.ended_at) == (micros_at(10), micros_at(40))
    assert session(spec).closed_by == "stop"


def test_meters_of_one_session_are_counted_each_by_itself() -> None:
    spec = with_user()
    octets = [report("interim", 500, 15), report("stop", 700, 20)]
    seconds = [
        report("interim", 900, 15, id="s1", meter="voice.seconds"),
        report("stop", 1200, 20, id="s2", meter="voice.seconds"),
    ]
    found = told(spec, octets[0], seconds[0], octets[1], seconds[1])
    assert quantities(found) == [500, 900, 200, 300]


def test_an_interim_after_its_stop_counts_nothing_and_is_seen_r29() -> None:
    spec = with_user()
    told(spec, report("start", 0, 0), report("stop", 1200, 40))
    (late,) = told(spec, report("interim", 900, 30))
    assert (late.quantity, late.detail, late.reason, late.account) == (0, "after_stop", None, "acme")
    (beyond,) = told(spec, report("interim", 1300, 50))
    assert (beyond.quantity, beyond.reason) == (0, "counter_ambiguous")
    assert session(spec).closed_by == "stop"


# The second report of a session, and what it counts after 500 at 01:10 of a session that began at 01:00.
SECOND = [
    # the same once more under another id
    (report("interim", 500, 10, id="again"), 0, None, None),
    # late, with less
    (report("interim", 200, 5), 0, "late", None),
    # less, later, and nothing says why: nobody knows whether 400 were used or none
    (report("interim", 400, 20, since=0), 0, None, "counter_ambiguous"),
    (report("interim", 400, 20), 0, None, "counter_ambiguous"),
    # the counter at zero: of the same boot it fell, of another it is a new session with an old id
    (report("interim", 0, 20, since=0, boot_id="b1"), 0, None, "counter_ambiguous"),
    (report("interim", 40, 20, boot_id="b2"), 40, "restart", None),
    (report("interim", 900, 20, boot_id="b2"), 900, "restart", None),
    # without a boot: it began after the last report, and shows less
    (report("interim", 40, 20, since=15), 40, "restart", None),
    (report("start", 0, 20), 0, "restart", None),
    # it says that it began later and shows more: the same session, told by the interval
    (report("interim", 900, 20, since=10), 400, None, None),
    (report("interim", 900, 20, since=12), 400, None, None),
]


@pytest.mark.parametrize(("second", "quantity", "detail", "reason"), SECOND)
def test_a_fall_a_restart_and_a_repetition_are_told_apart_r26(
    second: dict[str, object], quantity: int, detail: str | None, reason: str | None
) -> None:
    spec = with_user()
    told(spec, report("interim", 500, 10, since=0, boot_id="b1"))
    (found,) = told(spec, second)
    assert (found.quantity // MICRO, found.reason) == (quantity, reason)
    if reason is None:
        assert found.detail == detail


def test_uptime_tells_a_restart_as_a_boot_id_does() -> None:
    spec = with_user()
    told(spec, report("interim", 500, 10, uptime_s=90_000))
    assert quantities(told(spec, report("interim", 700, 20, uptime_s=90_600))) == [200]
    (found,) = told(spec, report("interim", 800, 30, uptime_s=120))
    assert (found.quantity // MICRO, found.detail) == (800, "restart")


def test_a_session_of_the_boot_before_still_adds_its_late_reports() -> None:
    spec = with_user()
    told(spec, report("interim", 500, 10, boot_id="b1"), report("interim", 40, 20, boot_id="b2"))
    assert quantities(told(spec, report("stop", 650, 12, boot_id="b1"))) == [150]
    assert session(spec).closed_by is None
    assert quantities(told(spec, report("stop", 90, 30, boot_id="b2"))) == [50]
    assert session(spec).closed_by == "stop"


def test_more_uses_of_an_id_than_are_kept_are_ambiguous_and_forgotten_ones_still_in_the_total() -> None:
    spec = with_user()
    for boot in range(RUNS_MAX + 2):
        told(spec, report("interim", 100, 10 * boot, boot_id=f"b{boot}"))
    (old,) = told(spec, report("interim", 150, 5, boot_id="b0"))
    assert (old.quantity, old.reason) == (0, "counter_ambiguous")
    assert len(session(spec).runs) == RUNS_MAX
    (event,) = spec.events
    assert isinstance(event, UsageRecorded)
    assert int(event.sessions[0].total) // MICRO == 100 * (RUNS_MAX + 2)


def test_a_record_of_a_session_sent_twice_is_a_duplicate_r23() -> None:
    spec = with_user()
    told(spec, report("interim", 500, 10))
    spec.when(command(report("interim", 500, 10)))
    assert (counted(spec), [r.state for r in aside(spec)]) == ([], ["duplicate"])
    spec.when(command(report("interim", 600, 10, id="interim-500-10")))
    assert [r.state for r in aside(spec)] == ["conflict"]


def test_sessions_of_other_ids_sources_and_users_are_others_r24() -> None:
    spec = with_user()
    told(spec, report("interim", 500, 10))
    others = [{"session_id": "S2"}, {"source": "bng-2"}, {"resource": "user:bob"}]
    found = told(spec, *(report("interim", 300, 12, id=f"o{n}", **other) for n, other in enumerate(others)))
    assert quantities(found) == [300, 300, 300]


def test_both_directions_of_a_session_are_one_state_and_count_each_for_itself_r25() -> None:
    spec = with_user()
    up, down = {"session_id": "S1/up"}, {"session_id": "S1/down"}
    first = told(spec, report("start", 0, 0, id="u", **up), report("start", 0, 0, id="d", **down))
    assert quantities(first) == [0, 0]
    # The Stop is lost and the id used again: less came down than before, so that is told; up it can't be.
    told(
        spec, report("interim", 300, 10, since=0, id="u1", **up), report("interim", 5000, 10, since=0, id="d1", **down)
    )
    again = told(spec, report("interim", 500, 30, since=20, **up), report("interim", 100, 30, since=20, **down))
    assert [(r.quantity // MICRO, r.detail) for r in again] == [(200, None), (100, "restart")]
    whole = spec.get(Session, session_name(NAS, USER, "S1"))
    assert whole is not None and sorted(whole.directions) == ["down", "up"]
    assert [len(session(spec, name).runs) for name in ("S1/up", "S1/down")] == [1, 2]


@pytest.mark.parametrize(
    ("session_id", "whole", "direction"),
    [
        ("10.0.0.1/7/81/up", "10.0.0.1/7/81", "up"),
        ("81/down", "81", "down"),
        ("81/sideways", "81/sideways", ""),
        ("81", "81", ""),
        ("/up", "/up", ""),
        ("up", "up", ""),
    ],
)
def test_a_session_id_says_its_direction_behind_a_slash(session_id: str, whole: str, direction: str) -> None:
    assert by_direction(session_id) == (whole, direction)


def test_a_report_from_the_future_is_kept_apart_from_its_session() -> None:
    spec = with_user()
    told(spec, report("interim", 500, 10, since=0))
    (found,) = told(spec, report("interim", 900, 60 * 48, since=0))
    assert (found.reason, found.quantity) == ("in_future", 0)
    assert quantities(told(spec, report("stop", 700, 20, since=0))) == [200]


def test_what_no_account_is_known_for_waits_with_its_delta() -> None:
    spec = with_user()
    found = told(spec, report("interim", 500, 10, resource="user:eve"), report("stop", 600, 20, resource="user:eve"))
    assert [(r.reason, r.quantity // MICRO) for r in found] == [("unknown_resource", 500), ("unknown_resource", 100)]


@st.composite
def lives(draw: st.DrawFn) -> tuple[list[Report], dict[str, int]]:
    """Reports of up to three sessions under one key, each of a boot of its own, and what they used by meter."""
    reports: list[Report] = []
    used = {"data.octets": 0, "voice.seconds": 0}
    now = micros_at(0)
    for boot in range(draw(st.integers(1, 3))):
        values = dict.fromkeys(used, 0)
        began = now
        steps = draw(st.integers(1, 5))
        for step in range(steps):
            now += draw(st.integers(1, 900)) * MICRO
            status = "stop" if step == steps - 1 and draw(st.booleans()) else "interim"
            for meter in values:
                values[meter] += draw(st.integers(0, 10**12))
                reports.append(Report(meter, values[meter], status, now, began, f"b{boot}"))  # type: ignore[arg-type]
        for meter, value in values.items():
            used[meter] += value
        now += 600 * MICRO
    return reports, used


def billed(reports: list[Report]) -> dict[str, int]:
    known: Direction | None = None
    sums = {"data.octets": 0, "voice.seconds": 0}
    for each in reports:
        found = correlate(known, each)
        assert found.quantity >= 0 and found.began_at <= each.read_at
        sums[each.meter] += found.quantity
        assert found.total == sums[each.meter]
        known = found.direction
    return sums


@settings(deadline=None)
@given(lives(), st.randoms(use_true_random=False))
def test_any_order_any_repetition_and_any_loss_bill_the_largest_that_arrived_r26(
    life: tuple[list[Report], dict[str, int]], chance: Random
) -> None:
    reports, used = life
    assert billed(reports) == used
    arrival = reports + chance.choices(reports, k=chance.randrange(6))
    chance.shuffle(arrival)
    assert billed(arrival) == used
    left = [each for each in arrival if chance.random() < 0.6]
    largest = dict.fromkeys(used, 0)
    for boot in {each.boot_id for each in left}:
        for meter in largest:
            largest[meter] += max((r.value for r in left if r.boot_id == boot and r.meter == meter), default=0)
    assert billed(left) == largest


@settings(deadline=None)
@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_without_a_boot_any_order_of_one_session_bills_the_same_r26(steps: list[int], chance: Random) -> None:
    reports, value = [Report("data.octets", 0, "start", micros_at(0))], 0
    for minute, step in enumerate(steps, start=1):
        value += step
        status = "stop" if minute == len(steps) else "interim"
        since = micros_at(0) if chance.random() < 0.5 else None
        reports.append(Report("data.octets", value, status, micros_at(minute), since))  # type: ignore[arg-type]
    chance.shuffle(reports)
    assert billed(reports)["data.octets"] == value


@settings(deadline=None, max_examples=30)
@given(lives(), st.randoms(use_true_random=False))
def test_what_is_folded_is_what_was_decided_over_any_cut_into_commands(
    life: tuple[list[Report], dict[str, int]], chance: Random
) -> None:
    arrival = [
        report(
            r.status,
            r.value // MICRO,
            (r.read_at - micros_at(0)) / 60 / MICRO,
            id=f"r{n}",
            meter=r.meter,
            boot_id=r.boot_id,
            since=((r.started_at or 0) - micros_at(0)) / 60 / MICRO,
        )
        for n, r in enumerate(life[0])
    ]
    chance.shuffle(arrival)
    spec, replayed = with_user(), with_user()
    while arrival:
        size = chance.randint(1, len(arrival))
        told(spec, *arrival[:size])
        (event,) = spec.events
        replayed.given(msgspec.json.decode(encode(event), type=UsageRecorded))
        arrival = arrival[size:]
    assert replayed.state.states == spec.state.states

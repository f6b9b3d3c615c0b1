"""How a source does: what it reported, in which minutes, how late, and by which clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from services.usage.record.columns import RecordedColumns
from services.usage.record.messages import RecordedUsage, SetAside, UsageRecorded
from services.usage.session.messages import NasSignal
from services.usage.source.health import ActiveHour, Health, health_of, is_silent
from services.usage.source_activity.rows import SourceActivityRow, activity_of, together
from shared.kernel.envelope import Envelope
from tests.services.usage.story import NOON

NOON_US = int(NOON.timestamp()) * 1_000_000
MINUTE = timedelta(minutes=1)


def used(ended_s: int, source: str = "olt-12", *, reason: str | None = None, kind: str = "delta") -> RecordedUsage:
    """A record that ended so many seconds from noon."""
    at = NOON_US + ended_s * 1_000_000
    return RecordedUsage(source, f"r{at}", "mac:1", "data.octets", kind, 7, at, at, b"", b"", reason=reason)


def activity(at: datetime, *records: RecordedUsage, **fields: Any) -> dict[str, SourceActivityRow]:
    envelope = Envelope(env="test", service="usage", partition=0, type="", recorded_at=at, subject="", seq=1)
    event = UsageRecorded(records=RecordedColumns.of([*records]), **fields)
    return {row.source: row for row in activity_of(event, envelope)}


def test_each_source_of_a_batch_has_its_own_counts_and_clock() -> None:
    found = activity(
        NOON + 7 * MINUTE,
        used(300),
        used(418, reason="unknown_resource"),
        used(-3600 * 2),
        used(480, "olt-13"),
        set_aside=[SetAside("duplicate", "olt-12", "r1"), SetAside("malformed", "", "r2")],
        signals=[NasSignal(-1, "bras-1", "accounting_on", NOON_US)],
    )
    one = found["olt-12"]
    assert (one.records, one.late, one.quarantined, one.duplicates, one.minutes) == (3, 1, 1, 1, 1 << 7)
    assert one.least_delay_us == 2_000_000
    assert found["olt-13"].least_delay_us == -60_000_000, "its clock is a minute ahead"
    assert (found["bras-1"].records, found["bras-1"].minutes, found["bras-1"].least_delay_us) == (0, 1 << 7, None)
    assert [*found] and "" not in found


def test_a_sample_tells_nothing_of_the_clock_and_a_recycled_record_was_reported_before() -> None:
    assert activity(NOON, used(300, kind="sample"))["olt-12"].least_delay_us is None
    assert activity(NOON, used(300, kind="sample"), used(-5))["olt-12"].least_delay_us == 5_000_000
    assert activity(NOON, used(-5), recycled={0: (7, 3)}) == {}


def test_rows_of_one_hour_add_up_and_the_same_hour_of_another_day_takes_their_place() -> None:
    (first,), (second,) = activity(NOON, used(-9)).values(), activity(NOON + MINUTE, used(58)).values()
    both = together(first, second)
    assert (both.records, both.minutes, both.least_delay_us) == (2, 0b11, 2_000_000)
    tomorrow = together(both, *activity(NOON + timedelta(days=1), used(86_390)).values())
    assert (tomorrow.records, tomorrow.minutes, tomorrow.first_seen) == (1, 1, NOON)
    assert together(tomorrow, both).hour == tomorrow.hour


def five_minutely(hour: int, **fields: Any) -> ActiveHour:
    return ActiveHour(hour=NOON.replace(hour=hour), minutes=sum(1 << m for m in range(0, 60, 5)), **fields)


@pytest.mark.parametrize(
    ("hours", "now", "silence_s"),
    [
        ([five_minutely(10), five_minutely(11)], NOON, 240),
        ([five_minutely(10), five_minutely(11)], NOON + 7 * MINUTE, 660),
        ([five_minutely(9), five_minutely(11)], NOON, 64 * 60),
        ([ActiveHour(hour=NOON, minutes=1)], NOON, 0),
    ],
)
def test_the_longest_silence_counts_minutes_without_anything_up_to_now(
    hours: list[ActiveHour], now: datetime, silence_s: int
) -> None:
    assert health_of(hours, now, first_seen=hours[0].hour, last_seen=hours[-1].hour).longest_silence_s == silence_s


def test_health_is_of_a_day_and_its_offset_the_least_of_all_delays() -> None:
    hours = [
        five_minutely(11, records=300, late=3, quarantined=30, duplicates=2, least_delay_us=2_500_000),
        ActiveHour(hour=NOON, records=60, minutes=1, least_delay_us=-1_500),
    ]
    found = health_of(hours, NOON + MINUTE, first_seen=NOON - 60 * MINUTE, last_seen=NOON)
    assert found == Health(
        records_hour=60,
        records_day=360,
        records_per_s="0.0984",
        duplicates=2,
        conflicts=0,
        malformed=0,
        late_share="0.0083",
        quarantined_share="0.0833",
        longest_silence_s=240,
        clock_offset_ms=-2,
    )


def test_a_source_that_was_never_heard_has_no_shares_and_no_clock() -> None:
    found = msgspec.structs.asdict(health_of([], NOON, first_seen=None, last_seen=None))
    assert {name for name, value in found.items() if value is None} == {
        "late_share",
        "quarantined_share",
        "longest_silence_s",
        "clock_offset_ms",
    }


def test_silence_is_of_one_that_is_expected_and_since_it_was_heard_or_defined() -> None:
    assert is_silent(60, NOON, NOON + timedelta(seconds=61))
    assert not is_silent(60, NOON, NOON + MINUTE)
    assert not is_silent(None, NOON, NOON + timedelta(days=9))
    assert not is_silent(60, None, NOON)

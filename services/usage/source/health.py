"""How a source does, of what it did in the hour that runs and the 23 before it; pure.

    10:00 to 10:59   records 1200   minutes 0, 5, 10, ... 55        11:07 now
    -> records_hour 0, records_day 1200, longest_silence_s 660 (10:56 to 11:06)

**Clock offset.** A record can't be here before it ended, so the least of recorded_at - ended_at is the delay of the
way and of collecting at their best, less how far the source's clock is ahead. A negative one says by how much it is
ahead at least. A positive one is the most it can be behind: a collector that waits five minutes looks the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise
from typing import Final

import msgspec

from shared.kernel.decimals import format_decimal

HOURS: Final = 24
_HOUR: Final = timedelta(hours=1)
_MINUTE: Final = timedelta(minutes=1)
_MINUTES: Final = 60


class ActiveHour(msgspec.Struct, frozen=True, kw_only=True):
    """What a source did in an hour, in all partitions together; as `SourceActivityRow` has it."""

    hour: datetime
    records: int = 0
    duplicates: int = 0
    conflicts: int = 0
    malformed: int = 0
    late: int = 0
    quarantined: int = 0
    minutes: int = 0
    least_delay_us: int | None = None


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """`records_hour` are of the hour that runs, all else of the window. Shares are of `records_day`; `None` of none."""

    records_hour: int
    records_day: int
    records_per_s: str
    duplicates: int
    conflicts: int
    malformed: int
    late_share: str | None
    quarantined_share: str | None
    longest_silence_s: int | None
    clock_offset_ms: int | None


def window_start(now: datetime) -> datetime:
    """When the first hour of the window began."""
    return _hour(now) - (HOURS - 1) * _HOUR


def health_of(
    hours: Sequence[ActiveHour], now: datetime, *, first_seen: datetime | None, last_seen: datetime | None
) -> Health:
    """Of the source that did this in the window. `first_seen` and `last_seen` are `None` for one never heard."""
    records = sum(hour.records for hour in hours)
    begins = window_start(now) if first_seen is None else max(window_start(now), first_seen)
    delays = [hour.least_delay_us for hour in hours if hour.least_delay_us is not None]
    return Health(
        records_hour=sum(hour.records for hour in hours if hour.hour == _hour(now)),
        records_day=records,
        records_per_s=_ratio(records, max(1, int((now - begins).total_seconds()))),
        duplicates=sum(hour.duplicates for hour in hours),
        conflicts=sum(hour.conflicts for hour in hours),
        malformed=sum(hour.malformed for hour in hours),
        late_share=_ratio(sum(hour.late for hour in hours), records) if records else None,
        quarantined_share=_ratio(sum(hour.quarantined for hour in hours), records) if records else None,
        longest_silence_s=None if last_seen is None else _longest_silence_s(hours, begins, max(now, last_seen)),
        clock_offset_ms=min(delays) // 1000 if delays else None,
    )


def is_silent(silent_after_s: int | None, heard_at: datetime | None, now: datetime) -> bool:
    """Whether nothing came for longer than was said. `heard_at`: when something came last, or it was defined."""
    if silent_after_s is None or heard_at is None:
        return False
    return now - heard_at > timedelta(seconds=silent_after_s)


def _longest_silence_s(hours: Sequence[ActiveHour], begins: datetime, now: datetime) -> int:
    """In whole minutes in which nothing came, the one that runs left out."""
    heard = [
        hour.hour + minute * _MINUTE
        for hour in sorted(hours, key=lambda hour: hour.hour)
        for minute in range(_MINUTES)
        if hour.minutes >> minute & 1
    ]
    last = now.replace(second=0, microsecond=0)
    edges = [begins.replace(second=0, microsecond=0) - _MINUTE, *heard, last]
    gaps = (later - earlier - _MINUTE for earlier, later in pairwise(edges))
    return max(0, *(gap // _MINUTE * 60 for gap in gaps))


def _ratio(part: int, whole: int) -> str:
    return format_decimal((Decimal(part) / Decimal(whole)).quantize(Decimal("0.0001"), ROUND_HALF_EVEN))


def _hour(instant: datetime) -> datetime:
    return instant.replace(minute=0, second=0, microsecond=0)

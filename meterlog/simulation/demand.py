"""How much is used when: people at home in the evening, offices by day, hardly anybody at four in the morning.

    residential(at_us)     # 100 between 21:00 and 22:00, 8 at five in the morning
    office(at_us)          # 100 between 10:00 and 12:00 of a working day

In percent of the busiest hour, by the wall clock of the network.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from shared.kernel.instants import EPOCH

TIME_ZONE: Final = "Europe/Paris"

_RESIDENTIAL: Final = (
    *(30, 20, 14, 10, 8, 8, 12, 20, 28, 32, 34, 36),
    *(40, 40, 42, 46, 54, 64, 76, 88, 97, 100, 82, 52),
)
_OFFICE: Final = (*(6, 6, 6, 6, 6, 8, 14, 40, 80, 96, 100, 100), *(76, 88, 98, 96, 90, 70, 36, 20, 14, 10, 8, 6))
_WEEKEND: Final = 12
_SATURDAY: Final = 5
_QUARTER_US: Final = 900_000_000


def residential(at_us: int) -> int:
    """Percent of the peak."""
    return _RESIDENTIAL[_hour(at_us // _QUARTER_US)[1]]


def office(at_us: int) -> int:
    """Percent of the peak."""
    weekday, hour = _hour(at_us // _QUARTER_US)
    return _WEEKEND if weekday >= _SATURDAY else _OFFICE[hour]


@lru_cache(maxsize=4096)
def _hour(quarter: int) -> tuple[int, int]:
    """Weekday and hour of the wall clock; no zone changes its offset within a quarter of an hour."""
    local: datetime = (EPOCH + timedelta(microseconds=quarter * _QUARTER_US)).astimezone(ZoneInfo(TIME_ZONE))
    return local.weekday(), local.hour

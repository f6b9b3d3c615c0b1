"""How many records of each state there are in an hour, and on a day: kept beside the records, which nobody then counts.

2026-09-14 08:00   data.octets   accepted   118 records   8,658,000,000 octets
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from services.reporting.adding import adding
from shared.engine.postgres import Connection
from shared.engine.rows import Row
from shared.engine.tables import Tables, upsert
from shared.kernel.decimals import EXACT
from shared.kernel.instants import EPOCH

_HOUR: Final = timedelta(hours=1)
HOUR_US: Final = 3_600_000_000

Counts = dict[tuple[int, str, str, str], list[int]]
"""(hour since the epoch, meter, state, reason) -> [records, quantity in 1e-6 units]"""


class UsageHourRow(Row, frozen=True, kw_only=True):
    """Counts of an hour of `started_at`, or of `recorded_at` where that is unknown."""

    TABLE = "usage_hour"
    KEY = ("hour", "meter", "state", "reason")

    hour: datetime
    meter: str
    state: str
    reason: str
    records: int
    quantity: Decimal


class UsageDayRow(Row, frozen=True, kw_only=True):
    TABLE = "usage_day"
    KEY = ("day", "meter", "state")

    day: date
    meter: str
    state: str
    records: int
    quantity: Decimal


def _together(earlier: UsageHourRow, later: UsageHourRow) -> UsageHourRow:
    records, quantity = earlier.records + later.records, EXACT.add(earlier.quantity, later.quantity)
    return replace(later, records=records, quantity=quantity)


HOURS: Final = Tables(
    upsert(
        UsageHourRow,
        sets={"records": "t.records + excluded.records", "quantity": "t.quantity + excluded.quantity"},
        merge=_together,
    ),
    adding(UsageDayRow, "records", "quantity"),
)


def hour_of(instant: datetime) -> int:
    return (instant - EPOCH) // _HOUR


def add_count(
    counts: Counts, hour: int, meter: str | None, state: str, reason: str | None, records: int, quantity: int
) -> None:
    key = (hour, meter or "", state, reason or "")
    count = counts.get(key)
    if count is None:
        counts[key] = [records, quantity]
    else:
        count[0] += records
        count[1] += quantity


async def count_hours(connection: Connection, partition: int, counts: Counts) -> None:
    days: dict[tuple[date, str, str], list[int]] = {}
    for (hour, meter, state, _), (records, quantity) in counts.items():
        of_day = days.setdefault(((EPOCH + hour * _HOUR).date(), meter, state), [0, 0])
        of_day[0] += records
        of_day[1] += quantity
    counted = [
        UsageDayRow(day=day, meter=meter, state=state, records=records, quantity=Decimal(quantity))
        for (day, meter, state), (records, quantity) in days.items()
    ]
    hours = [_counted(*key, *count) for key, count in counts.items()]
    await HOURS.write(connection, partition, [*hours, *counted])


def _counted(hour: int, meter: str, state: str, reason: str, records: int, quantity: int) -> UsageHourRow:
    begins = EPOCH + hour * _HOUR
    return UsageHourRow(
        hour=begins, meter=meter, state=state, reason=reason, records=records, quantity=Decimal(quantity)
    )

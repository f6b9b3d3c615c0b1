"""Where the billing periods of a span begin, for each calendar that accounts have: so that SQL can place a record.

    await calendars(connection, Span(...))
    [{"frequency": "\"month\"", "anchor_day": 1, "anchor_month": 0, "time_zone": "Europe/Paris",
      "begins": ["2026-08-31T22:00:00+00:00", ...], "starts": ["2026-09-01", ...]}]

A few hundred calendars stand for any number of accounts, and a record's period is a binary search among instants: no
date is computed for each record.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import msgspec

from shared.kernel.bodies import FIRST_DAY, LAST_DAY, parse_frequency
from shared.kernel.calendar import Cycle, midnight, periods_from
from shared.kernel.instants import later

if TYPE_CHECKING:
    from shared.engine.postgres import Connection

# A record that is older or newer than this (a broken clock) is in no period; nothing that is billed is.
_YEARS_MAX: Final = 15
_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)

_EXTENT: Final = """
select min(hour) as first, max(hour) as last from usage_hour
 where state = 'accepted' and ($1::timestamptz is null or hour >= $1) and ($2::timestamptz is null or hour < $2)
"""
_TERMS: Final = "select distinct frequency, anchor_day, anchor_month, time_zone from account_row"


async def calendars(connection: Connection, start: datetime | None, end: datetime | None) -> list[dict[str, Any]]:
    """The periods of every calendar over the time between two instants in which there is usage."""
    # An hour is counted where it begins.
    extent = await connection.fetchrow(_EXTENT, None if start is None else later(start, -_HOUR), end)
    if extent is None or extent["first"] is None:
        return []
    first, last = (min(max(extent[name].date(), FIRST_DAY), LAST_DAY) for name in ("first", "last"))
    last += 2 * _DAY
    first = max(first - _DAY, last - timedelta(days=366 * _YEARS_MAX))
    return [
        {
            "frequency": terms["frequency"],
            "anchor_day": terms["anchor_day"],
            "anchor_month": terms["anchor_month"] or 0,
            "time_zone": terms["time_zone"],
            **_bounds(terms["frequency"], terms["anchor_day"], terms["anchor_month"], terms["time_zone"], first, last),
        }
        for terms in await connection.fetch(_TERMS)
    ]


@lru_cache(maxsize=1024)
def _bounds(
    frequency: str, anchor_day: int, anchor_month: int | None, time_zone: str, first: date, last: date
) -> dict[str, list[str]]:
    """The periods from `first` to `last` and the one after, so that each of them has an end.

    >>> _bounds('"month"', 1, None, "Europe/Paris", date(2026, 9, 2), date(2026, 9, 30))["begins"]
    ['2026-08-31T22:00:00+00:00', '2026-09-30T22:00:00+00:00']
    """
    cycle = Cycle(parse_frequency(msgspec.json.decode(frequency)), anchor_day, anchor_month, time_zone)
    starts: list[date] = []
    for period in periods_from(cycle, first):
        starts.append(period.start)
        if period.start > last:
            break
    return {
        "begins": [midnight(day, time_zone).isoformat() for day in starts],
        "starts": [day.isoformat() for day in starts],
    }

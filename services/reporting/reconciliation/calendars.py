"""Where the billing periods of a span begin, for each calendar that accounts have: so that SQL can place a record.

    await calendars(connection, Span(...))
    [{"calendar": '[{"frequency": "month", ...}]', "time_zone": "Europe/Paris",
      "begins": ["2026-08-31T22:00:00+00:00", ...], "starts": ["2026-09-01", ...]}]

A few hundred calendars stand for any number of accounts, and a record's period is a binary search among instants: no
date is computed for each record.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

import msgspec

from shared.engine.postgres import Connection
from shared.kernel.bodies import FIRST_DAY, LAST_DAY
from shared.kernel.calendar import Cycle, Frequency, anchored, midnight, periods_from
from shared.kernel.instants import later

# A record that is older or newer than this (a broken clock) is in no period; nothing that is billed is.
_YEARS_MAX: Final = 15
_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)

_EXTENT: Final = """
select min(hour) as first, max(hour) as last from usage_hour
 where state = 'accepted' and ($1::timestamptz is null or hour >= $1) and ($2::timestamptz is null or hour < $2)
"""
CALENDAR: Final = "(a.calendar || coalesce(a.next_calendar, '[]'))::text"
"""All calendars of an account `a`, as text: accounts whose text and time zone are alike have the same periods."""

_TERMS: Final = f"select distinct {CALENDAR} as calendar, time_zone from account_row a"


class CalendarSpan(msgspec.Struct):
    """One calendar of an account (customer/account_changes.py): from `since` on, its first period to `first_end`."""

    frequency: Frequency
    anchor_day: int
    anchor_month: int | None
    counts_from: date | None
    since: date | None
    first_end: date | None


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
            "calendar": terms["calendar"],
            "time_zone": terms["time_zone"],
            **_bounds(terms["calendar"], terms["time_zone"], first, last),
        }
        for terms in await connection.fetch(_TERMS)
    ]


@lru_cache(maxsize=1024)
def _bounds(calendar: str, time_zone: str, first: date, last: date) -> dict[str, list[str]]:
    """The periods from `first` to `last` and the one after, so that each of them has an end.

    >>> monthly = '[{"frequency":"month","anchor_day":1,"anchor_month":null,"counts_from":null,'
    >>> monthly += '"since":null,"first_end":null}]'
    >>> _bounds(monthly, "Europe/Paris", date(2026, 9, 2), date(2026, 9, 30))["begins"]
    ['2026-08-31T22:00:00+00:00', '2026-09-30T22:00:00+00:00']
    """
    starts = list(_starts(msgspec.json.decode(calendar, type=list[CalendarSpan]), first, last))
    return {
        "begins": [midnight(day, time_zone).isoformat() for day in starts],
        "starts": [day.isoformat() for day in starts],
    }


def _starts(spans: list[CalendarSpan], first: date, last: date) -> Iterator[date]:
    """Where the periods begin, calendar after calendar, to the first beginning after `last`."""
    for span, following in zip(spans, [*spans[1:], None], strict=True):
        for start in _starts_of(span, first):
            if following is not None and following.since is not None and start >= following.since:
                break
            yield start
            if start > last:
                return


def _starts_of(span: CalendarSpan, first: date) -> Iterator[date]:
    """Where the periods of one calendar begin, without end, from the one with the day `first` in it."""
    begin = first
    if span.since is not None and span.first_end is not None and first < span.first_end:
        yield span.since
        begin = span.first_end
    cycle = Cycle(span.frequency, span.anchor_day, span.anchor_month, counts_from=span.counts_from)
    # One that no subscription has anchored yet has no usage to place.
    for period in periods_from(anchored(cycle, begin), begin):
        yield period.start

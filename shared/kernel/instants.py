"""Instants as text and as integers: one grammar for usage records, bodies and query filters, and nothing overflows.

The grammar is RFC 3339 with its offset. An instant is counted in microseconds since 1970 (UTC), which has no end, and
becomes a `datetime` only inside the calendar of the years 1 to 9999:

    >>> micros("1970-01-01T01:00:00+01:00"), micros("0001-01-01T00:00:00+10:00")
    (0, -62135632800000000)
    >>> clamped(micros("9999-12-31T23:59:59-12:00"))
    datetime.datetime(9999, 12, 31, 23, 59, 59, tzinfo=datetime.timezone.utc)

A leap second has no number of its own. It counts as the last microsecond of its minute, so that it stays in its day and
in its billing period:

    >>> micros("2016-12-31T23:59:60Z") - micros("2016-12-31T23:59:59.999999Z")
    0
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

INSTANT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
# A second inside the calendar: its very ends mean "for ever" to Postgres, and come back from there without a zone.
FIRST: Final = datetime(1, 1, 1, 0, 0, 1, tzinfo=UTC)
LAST: Final = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)

_MICROSECOND: Final = timedelta(microseconds=1)
_FIRST_US: Final = (FIRST - EPOCH) // _MICROSECOND
_LAST_US: Final = (LAST - EPOCH) // _MICROSECOND
_MINUTE_US: Final = 60_000_000
_LAST_MINUTE_OF_DAY: Final = 24 * 60 - 1
_SECONDS: Final = slice(17, 19)


def micros(text: str) -> int:
    """Microseconds since 1970 of an RFC 3339 instant; digits beyond the sixth are cut off.

    Raises `ValueError` for any other text, and for a day or time that does not exist.
    """
    found = INSTANT.fullmatch(text)
    if found is None:
        raise ValueError(f"{text[:40]!r} is not an RFC 3339 instant with its offset")
    if text[_SECONDS] == "60":
        return _leap_second(f"{text[:17]}59.999999{found[2]}")
    # The difference of two aware instants is exact, also where one of them lies outside the calendar in UTC.
    return (datetime.fromisoformat(text.upper()) - EPOCH) // _MICROSECOND


def instant(text: str) -> datetime:
    """An RFC 3339 instant in UTC. Raises `ValueError`, also where UTC has no year for it."""
    found = micros(text)
    if not _FIRST_US <= found <= _LAST_US:
        raise ValueError(f"{text} is outside the years 1 to 9999 in UTC")
    return EPOCH + timedelta(microseconds=found)


def as_micros(at: datetime) -> int:
    """Microseconds since 1970."""
    return (at - EPOCH) // _MICROSECOND


def clamped_micros(micros: int) -> int:
    """The instant; one outside the calendar is its first or last."""
    return min(max(micros, _FIRST_US), _LAST_US)


def clamped(micros: int) -> datetime:
    """The instant in UTC; one outside the calendar is its first or last."""
    return EPOCH + timedelta(microseconds=clamped_micros(micros))


def later(start: datetime, by: timedelta) -> datetime:
    """`start` + `by`; the end of the calendar where that lies beyond it."""
    return clamped((start - EPOCH) // _MICROSECOND + by // _MICROSECOND)


def _leap_second(text: str) -> int:
    """Leap seconds end a day in UTC; anywhere else a second 60 is a mistake."""
    found = (datetime.fromisoformat(text.upper()) - EPOCH) // _MICROSECOND
    if found // _MINUTE_US % (24 * 60) != _LAST_MINUTE_OF_DAY:
        raise ValueError("a leap second is the last of a day in UTC")
    return found

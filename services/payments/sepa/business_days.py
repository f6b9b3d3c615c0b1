"""The days on which euros are settled between banks: TARGET is closed on weekends and six holidays.

>>> [day.isoformat() for day in sorted(holidays(2026))]
['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-01', '2026-12-25', '2026-12-26']
>>> is_business_day(date(2026, 12, 24)), next_business_day(date(2026, 12, 25))
(True, datetime.date(2026, 12, 28))
>>> after(date(2026, 12, 23), 2)
datetime.date(2026, 12, 28)
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

_DAY: Final = timedelta(days=1)


def is_business_day(day: date) -> bool:
    return day.weekday() < 5 and day not in holidays(day.year)


def next_business_day(day: date) -> date:
    """The day itself if it is one, else the first after it."""
    while not is_business_day(day):
        day += _DAY
    return day


def after(day: date, count: int) -> date:
    """So many business days after the day; with none, the day itself or the first one after it."""
    day = next_business_day(day)
    for _ in range(count):
        day = next_business_day(day + _DAY)
    return day


@cache
def holidays(year: int) -> frozenset[date]:
    easter = _easter(year)
    fixed = (date(year, 1, 1), date(year, 5, 1), date(year, 12, 25), date(year, 12, 26))
    return frozenset((*fixed, easter - 2 * _DAY, easter + _DAY))


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, as Butcher reckons it."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)

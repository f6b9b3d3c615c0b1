"""The calendar of an account: its cycle, and on which local day and in which period an instant lies.

`local_day` answers millions of times. Offsets from UTC change only at quarters of an hour, and midnight falls on one in
every zone, so the day is looked up once per zone and quarter of an hour:

    >>> local_day("Europe/Paris", 1_782_856_800_000_000)       # 2026-06-30T22:00:00Z
    datetime.date(2026, 7, 1)
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from services.rating.billing_cycle.messages import CycleTerms
from shared.kernel.calendar import Cycle, Frequency, known_zone, local_date, period_containing
from shared.kernel.instants import clamped

_QUARTER_US: Final = 15 * 60 * 1_000_000


def cycle_of(terms: CycleTerms) -> Cycle:
    """The billing calendar that an account's terms describe."""
    return Cycle(terms.frequency, terms.anchor_day, terms.anchor_month, known_zone(terms.time_zone))


def cycle_of_price(terms: CycleTerms, interval: Frequency | None, first_day: date) -> Cycle:
    """The periods of a flat price: of its own length, else the account's; always on the account's anchor day.

    What the account does not anchor (the month of quarters and years, the first of n days) counts from `first_day`, the
    first day of the subscription.
    """
    frequency = interval or terms.frequency
    return Cycle(frequency, terms.anchor_day, terms.anchor_month, known_zone(terms.time_zone), first_day)


def local_day(time_zone: str, instant_us: int) -> date:
    """The date that clocks in `time_zone` show at an instant, given in microseconds since the Unix epoch."""
    return _day_of_quarter(time_zone, instant_us // _QUARTER_US)


def period_start(terms: CycleTerms, day: date) -> date:
    """The first day of the account's period that contains `day`."""
    return _period_start(terms.frequency, terms.anchor_day, terms.anchor_month, day)


@lru_cache(maxsize=65_536)
def _day_of_quarter(time_zone: str, quarter: int) -> date:
    return local_date(clamped(quarter * _QUARTER_US), time_zone)


@lru_cache(maxsize=16_384)
def _period_start(frequency: Frequency, anchor_day: int, anchor_month: int | None, day: date) -> date:
    return period_containing(Cycle(frequency, anchor_day, anchor_month), day).start

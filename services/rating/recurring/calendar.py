"""The calendar of an account: its cycle, and on which local day and in which period an instant lies.

`local_day` answers millions of times. Offsets from UTC change only at quarters of an hour, and midnight falls on one in
every zone, so the day is looked up once per zone and quarter of an hour:

    >>> local_day("Europe/Paris", 1_782_856_800_000_000)       # 2026-06-30T22:00:00Z
    datetime.date(2026, 7, 1)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from services.rating.billing_cycle.messages import CycleTerms
from services.rating.pricing.engine.contract import RecurringTerms
from shared.kernel.calendar import Cycle, EveryDays, Frequency, known_zone, local_date, period_containing
from shared.kernel.instants import clamped

QUARTER_US: Final = 15 * 60 * 1_000_000


class CalendarSpan(NamedTuple):
    """The calendar of an account from the day `since` on; its first one has none, the last one goes on."""

    terms: CycleTerms
    since: date | None


class PriceSpan(NamedTuple):
    """The days of a flat price that one calendar divides, [start, end); without an `end` they go on."""

    terms: CycleTerms
    start: date
    end: date | None


def cycle_of(terms: CycleTerms) -> Cycle:
    """The billing calendar that an account's terms describe."""
    return Cycle(terms.frequency, terms.anchor_day, terms.anchor_month, known_zone(terms.time_zone), terms.counts_from)


def cycle_of_price(terms: CycleTerms, interval: Frequency | None, first_day: date) -> Cycle:
    """The periods of a flat price: of its own length, else the account's; always on the account's anchor day.

    What the account does not anchor counts from `first_day`, the first day of the subscription: the month of quarters
    and years, the first of n days; and for an account whose own periods are n days, the day of months.
    """
    frequency = interval or terms.frequency
    zone = known_zone(terms.time_zone)
    if frequency == terms.frequency and terms.counts_from is not None:
        return cycle_of(terms)
    if isinstance(terms.frequency, EveryDays):
        return Cycle(frequency, first_day.day, None, zone, first_day)
    return Cycle(frequency, terms.anchor_day, terms.anchor_month, zone, first_day)


def price_spans(
    calendars: Sequence[CalendarSpan], price: RecurringTerms, *, first_day: date, start: date
) -> Iterator[PriceSpan]:
    """A flat price in force from `start`, laid along the calendars that its account has one after the other (R10).

    What is billed in advance keeps the calendar that it was billed by to the end of the period begun, so that what is
    paid stays a whole; the next one takes over there. In arrears the period is cut where the calendar changes. Either
    way each day lies in exactly one span.

        monthly on the 1st, from 2026-10-01 on the 15th; a monthly price    [.., 2026-10-01) [2026-10-01, ..)
        the same, a yearly price in advance since 2026-03-01                [.., 2027-03-01) [2027-03-01, ..)
    """
    begin = start
    for (terms, _), following in zip(calendars, [*calendars[1:], None], strict=True):
        if following is None or following.since is None:
            yield PriceSpan(terms, begin, None)
            return
        if begin < following.since:
            until = following.since
            if price.bill == "advance":
                last_day = until - timedelta(days=1)
                until = period_containing(cycle_of_price(terms, price.interval, first_day), last_day).end
            yield PriceSpan(terms, begin, until)
            begin = until


def local_day(time_zone: str, instant_us: int) -> date:
    """The date that clocks in `time_zone` show at an instant, given in microseconds since the Unix epoch."""
    return day_of_quarter(time_zone, instant_us // QUARTER_US)


def period_start(terms: CycleTerms, day: date) -> date:
    """The first day of the account's period that contains `day`."""
    return _period_start(terms.frequency, terms.anchor_day, terms.anchor_month, terms.counts_from, day)


@lru_cache(maxsize=65_536)
def day_of_quarter(time_zone: str, quarter: int) -> date:
    """The local day of the `quarter`-th quarter of an hour since the Unix epoch: `local_day` where a call counts."""
    return local_date(clamped(quarter * QUARTER_US), time_zone)


@lru_cache(maxsize=16_384)
def _period_start(
    frequency: Frequency, anchor_day: int, anchor_month: int | None, counts_from: date | None, day: date
) -> date:
    return period_containing(Cycle(frequency, anchor_day, anchor_month, counts_from=counts_from), day).start

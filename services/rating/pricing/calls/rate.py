"""The rate of a destination, and what contradicts itself in one.

CallRate("33", name="France", connect_fee=Decimal("0.05"), increments=SIXTY_ONE, bands=(
    Band(unit_price=Decimal("0.12"), per_s=Decimal(60), days=("mon", "tue", "wed"), start="08:00", end="20:00"),
    Band(unit_price=Decimal("0.06"), per_s=Decimal(60)),
))

The first band that matches a moment prices it. A band matches on its days, from `start` (included) to `end` (excluded)
by the clock on the wall; without days on every day. A holiday is no weekday where a band of the rate names `holiday`:
only that band, and those without days, match then. A rate that names no holiday knows none.

Without days a band may reach over midnight ("22:00" to "06:00"). With days it may not: whether Friday's night is
Saturday's morning is for its author to say, in two bands.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final

import msgspec

from services.rating.pricing.engine.contract import Problem

HOLIDAY: Final = "holiday"
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_KINDS: Final = (*WEEKDAYS, HOLIDAY)
MIDNIGHT: Final = "00:00"
END_OF_DAY: Final = "24:00"
DAY_MINUTES: Final = 24 * 60

INCREMENTS_MAX: Final = 10
BANDS_MAX: Final = 100
PREFIX_PATTERN: Final = r"^[0-9]{1,20}$"


class Increment(msgspec.Struct, frozen=True):
    """From `after_s` seconds into the call on, each started block of `unit_s` seconds is billed whole."""

    after_s: Decimal
    unit_s: Decimal


class Band(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename={"start": "from", "end": "to"}):
    """`unit_price` for `per_s` seconds, at the times the band matches. A call that starts in it has its connect fee
    and its increments, where it has its own."""

    unit_price: Decimal
    per_s: Decimal
    days: tuple[str, ...] | None = None
    start: str = MIDNIGHT
    end: str = END_OF_DAY
    connect_fee: Decimal | None = None
    increments: tuple[Increment, ...] | None = None

    @property
    def times(self) -> Times:
        return self.days, self.start, self.end

    @property
    def words(self) -> str:
        """When it is in force, as a bill says it: "mon–fri 08:00–20:00"; nothing where it always is."""
        hours = "" if (self.start, self.end) == (MIDNIGHT, END_OF_DAY) else f"{self.start}–{self.end}"
        return " ".join(part for part in (_days_words(self.days or ()), hours) if part)


class CallRate(msgspec.Struct, frozen=True, omit_defaults=True):
    """What calls to the numbers that begin with `prefix` cost; of several the longest prefix counts (R19).

    `prefix` is "" where a price has the same rate for every destination.
    """

    prefix: str
    bands: tuple[Band, ...]
    name: str | None = None
    connect_fee: Decimal | None = None
    increments: tuple[Increment, ...] | None = None


def _days_words(days: tuple[str, ...]) -> str:
    """ "mon–fri", "sat sun holiday"."""
    runs: list[list[str]] = []
    for kind in (kind for kind in DAY_KINDS if kind in days):
        follows = runs and kind != HOLIDAY and WEEKDAYS.index(runs[-1][-1]) + 1 == WEEKDAYS.index(kind)
        if follows:
            runs[-1].append(kind)
        else:
            runs.append([kind])
    return " ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else " ".join(run) for run in runs)


Times = tuple[tuple[str, ...] | None, str, str]
"""When a band matches: its days, from, to."""


def problems_of(rate: CallRate, pointer: str, *, holidays: bool = True) -> Iterator[Problem]:
    """What can't be, each with its JSON pointer. `holidays`: whether there are any days that `holiday` can mean."""
    yield from increment_problems(rate.increments, f"{pointer}/increments")
    for index, band in enumerate(rate.bands):
        at = f"{pointer}/bands/{index}"
        if not band.per_s:
            yield Problem(f"{at}/per_s", "a price is for more than zero seconds")
        yield from increment_problems(band.increments, f"{at}/increments")
    for index, below, detail in _time_problems(tuple(band.times for band in rate.bands), holidays):
        yield Problem(f"{pointer}/bands/{index}{below}", detail)


@lru_cache(maxsize=4096)
def _increment_problems(increments: tuple[Increment, ...]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    if not increments or increments[0].after_s:
        found.append(("/0/after_s" if increments else "", 'the first increment begins at "0"'))
    for index, (after, unit) in enumerate((i.after_s, i.unit_s) for i in increments):
        if not unit:
            found.append((f"/{index}/unit_s", "a block has more than zero seconds"))
            continue
        if index + 1 == len(increments):
            continue
        reach = increments[index + 1].after_s - after
        if reach <= 0:
            found.append((f"/{index + 1}/after_s", f"increments overlap: this one does not begin after {after}"))
        elif reach % unit:
            detail = (
                f"increments overlap: a block of {unit} from {after} on reaches over {increments[index + 1].after_s}"
            )
            found.append((f"/{index + 1}/after_s", f"{detail}; begin at the end of a block"))
    return tuple(found)


def increment_problems(increments: tuple[Increment, ...] | None, pointer: str) -> Iterator[Problem]:
    """Increments that leave a gap, overlap, or bill nothing."""
    if increments is not None:
        for below, detail in _increment_problems(increments):
            yield Problem(f"{pointer}{below}", detail)


def minutes(text: str) -> int:
    """Minutes since midnight of "HH:MM"; "24:00" is the end of the day."""
    return int(text[:2]) * 60 + int(text[3:])


# 200,000 rows of a table have a handful of timetables between them.
@lru_cache(maxsize=4096)
def _time_problems(bands: tuple[Times, ...], holidays: bool) -> tuple[tuple[int, str, str], ...]:
    """(band, pointer below it, reason) of bands whose times are none, or that can never match."""
    found: list[tuple[int, str, str]] = []
    taken = 0
    for index, (days, start, end) in enumerate(bands):
        if days is not None and start != end and minutes(start) > minutes(end):
            detail = f"a band with days ends on the day it begins; write {start} to 24:00 and 00:00 to {end} as two"
            found.append((index, "/to", detail))
            continue
        covers = _covered(days, start, end, holidays)
        if not covers:
            nothing = start == end or days == ()
            detail = "it has no time to match in" if nothing else "the price names no holidays"
            found.append((index, "", f"this band can't match: {detail}"))
        elif not covers & ~taken:
            found.append((index, "", "this band can't match: those before it cover all of its times; move it up"))
        taken |= covers
    return tuple(found)


def _covered(days: tuple[str, ...] | None, start: str, end: str, holidays: bool) -> int:
    """The minutes of each kind of day that a band matches, a bit each."""
    first, last = minutes(start), minutes(end)
    bits = _bits(first, last) if first <= last else _bits(first, DAY_MINUTES) | _bits(0, last)
    kinds = [kind for kind in days or DAY_KINDS if days is None or kind != HOLIDAY or holidays]
    return sum(bits << (DAY_MINUTES * DAY_KINDS.index(kind)) for kind in set(kinds) if days != ())


def _bits(first: int, last: int) -> int:
    return (1 << last) - (1 << first)

"""An account, and which of its billing periods is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import ClassVar, Final, Self

import msgspec

from services.rating.account.messages import AccountCycleChanged, CycleChangeScheduled
from services.rating.billing_cycle.messages import CycleTerms
from services.rating.recurring.calendar import CalendarSpan, cycle_of, period_start
from shared.kernel.calendar import next_period, period_containing
from shared.kernel.currency import Currency
from shared.kernel.decider import State
from shared.kernel.errors import Rejection
from shared.kernel.period import Period

LATE_DAYS: Final = 35
"""So long after its end a period takes usage that comes late; usage remembers the ids of records no shorter."""


class EarlierTerms(msgspec.Struct, frozen=True, kw_only=True):
    """A calendar that an account had, until the day `until` (excluded)."""

    terms: CycleTerms
    until: date


class NextCycle(msgspec.Struct, frozen=True, kw_only=True):
    """The calendar that an account goes over to on `effective_on`, with a first period of its own length."""

    terms: CycleTerms
    effective_on: date
    transition: Period

    @classmethod
    def of(cls, event: CycleChangeScheduled) -> Self | None:
        """The change as it was scheduled; `None` where one was taken back."""
        if event.cycle is None or event.effective_on is None or event.transition is None:
            return None
        return cls(terms=event.cycle, effective_on=event.effective_on, transition=event.transition)


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """Billing runs pass the account by, until the day `until` (excluded) or until it is released."""

    reason: str
    until: date | None = None

    def on(self, day: date) -> bool:
        """Whether it holds on that day of the account."""
        return self.until is None or day < self.until


class Payer(msgspec.Struct, frozen=True, kw_only=True):
    """Who pays for periods that begin on the day `since` or later (`None`: for all); `None` is the account itself."""

    billed_by: str | None
    since: date | None


class Account(State, frozen=True, kw_only=True):
    """An account and where its billing stands.

    `open_period` is the first that is not closed, `None` before the first subscription; `any_closed` says whether one
    before it was, `closed` are those of them that usage may still come late for. `known_at` is when the latest
    subscription reaching into the open period was recorded: its usage may only have begun to arrive then,
    `collection_grace_s` how long it may take. `close_due` names the open timer. `earlier` are the calendars before
    `terms`, `next_cycle` is the one after. `payers` are who pays for which periods, the latest last; of an account that
    has always paid for itself there are none. `version` counts what people decided about it, for `If-Match`.
    `unbilled_watched`: what it would be charged is told as it moves; usage, which has the account at hand, asks this.
    """

    account_id: str
    currency: Currency
    terms: CycleTerms
    opened_on: date
    collection_grace_s: int
    open_period: Period | None = None
    any_closed: bool = False
    known_at: datetime | None = None
    close_due: datetime | None = None
    subscriptions: tuple[str, ...] = ()
    earlier: tuple[EarlierTerms, ...] = ()
    next_cycle: NextCycle | None = None
    hold: Hold | None = None
    closed_on: date | None = None
    parent_id: str | None = None
    payers: tuple[Payer, ...] = ()
    version: int = 1
    closed: tuple[Period, ...] = ()
    unbilled_watched: bool = False

    @property
    def collection_grace(self) -> timedelta:
        return timedelta(seconds=self.collection_grace_s)

    @property
    def calendars(self) -> list[CalendarSpan]:
        """Every calendar of the account in its order, the one it goes over to included."""
        starts = [None, *(earlier.until for earlier in self.earlier)]
        terms = [*(earlier.terms for earlier in self.earlier), self.terms]
        spans = [CalendarSpan(*span) for span in zip(terms, starts, strict=True)]
        if self.next_cycle is not None:
            spans.append(CalendarSpan(self.next_cycle.terms, self.next_cycle.effective_on))
        return spans

    def terms_on(self, day: date) -> CycleTerms:
        """The calendar that a day of no closed period lies in."""
        coming = self.next_cycle
        return coming.terms if coming is not None and day >= coming.effective_on else self.terms

    def first_period(self, first_day: date) -> Period:
        """The period that it starts with, when the first day something of it can be billed is `first_day`."""
        return period_containing(cycle_of(self.terms.anchored_at(first_day)), min(self.opened_on, first_day))

    def period_after(self, period: Period) -> Period:
        """The one that begins where `period`, which is not closed, ends."""
        coming = self.next_cycle
        if coming is not None and period.end == coming.effective_on:
            return coming.transition
        return next_period(cycle_of(self.terms_on(period.end)), period)

    def open_periods(self) -> Iterator[Period]:
        """The open period and all that follow, without end; none before the first subscription."""
        period = self.open_period
        while period is not None:
            yield period
            period = self.period_after(period)

    @property
    def billed_by(self) -> str | None:
        """Who pays for it, as decided last; `None` for itself."""
        return self.payers[-1].billed_by if self.payers else None

    def payer_of(self, period: Period) -> str | None:
        """Who pays for a period; `None` for the account itself."""
        of = [payer for payer in self.payers if payer.since is None or payer.since <= period.start]
        return of[-1].billed_by if of else None

    def with_payer(self, payer: Payer) -> tuple[Payer, ...]:
        """The payers with a new one, which takes the place of those that have not begun; what is over is left out."""
        since, open_period = payer.since, self.open_period
        if since is None or open_period is None:
            return (payer,)
        before = [known for known in self.payers if known.since is None or known.since < since]
        begun = [known for known in before if known.since is None or known.since <= open_period.start]
        return (*begun[-1:], *before[len(begun) :], payer)

    def change_after(self, closed: Period) -> AccountCycleChanged | None:
        """The change of cycle that begins where `closed` ends, as the event that makes it so."""
        coming = self.next_cycle
        if coming is None or closed.end < coming.effective_on:
            return None
        return AccountCycleChanged(
            account_id=self.account_id,
            cycle=coming.terms,
            version=self.version + 1,
            effective_on=coming.effective_on,
            transition=coming.transition,
        )

    def check_open(self) -> None:
        """Raises `account_closed`."""
        if self.closed_on is not None:
            detail = f"account {self.account_id} was closed on {self.closed_on}; reopen it first"
            raise Rejection("account_closed", detail, status=409)

    def period_start(self, day: date) -> date:
        """Where the period begins that `day`, which lies in no closed one, belongs to."""
        coming = self.next_cycle
        if coming is not None and coming.transition.contains(day):
            return coming.transition.start
        return period_start(self.terms_on(day), day)

    def terms_of(self, day: date) -> CycleTerms:
        """The calendar that any day lies in, also that of a closed period."""
        before = next((earlier.terms for earlier in self.earlier if day < earlier.until), None)
        return before or self.terms_on(day)

    def period_on(self, day: date) -> Period:
        """The period with that day in it: the open one, a closed one, or what the calendar says."""
        open_period, coming = self.open_period, self.next_cycle
        if open_period is not None and open_period.contains(day):
            return open_period
        if coming is not None and coming.transition.contains(day):
            return coming.transition
        return self.closed_period_with(day) or period_containing(cycle_of(self.terms_of(day)), day)

    def closed_period_with(self, day: date) -> Period | None:
        """The closed period with that day in it, while usage may still come late for it."""
        return next((period for period in self.closed if period.contains(day)), None)


class GroupPlace(State, frozen=True, kw_only=True):
    """Where an account stands in its group: those above it, the nearest first, and how many levels are below it.

    `terms` is its calendar, which is `moving` while a change of cycle is scheduled; `pays_for` counts the accounts that
    it pays for, or will. Read from the tables of all partitions (rows.py) for one batch.
    """

    STORED: ClassVar[bool] = False

    account_id: str
    currency: str
    above: tuple[str, ...] = ()
    levels_below: int = 0
    terms: CycleTerms | None = None
    moving: bool = False
    closed: bool = False
    version: int = 1
    pays_for: int = 0


def late_until(period: Period) -> date:
    """The first day on which usage of a closed period is too late; the last of the calendar where that is beyond it."""
    return period.end + min(timedelta(days=LATE_DAYS), date.max - period.end)


def open_to_late(closed: Iterable[Period], now_closed: Period) -> tuple[Period, ...]:
    """The closed periods that usage may come late for once `now_closed` is one of them.

    A period goes with the first close after its days of grace, so that all that came late for it has been charged.
    """
    return tuple(period for period in (*closed, now_closed) if late_until(period) > now_closed.end)

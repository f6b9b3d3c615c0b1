"""A subscription: its timeline, and which flat prices of it are charged for which days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import msgspec

from services.rating.subscription.timeline import Change, Term
from shared.kernel.decider import State
from shared.kernel.period import Period

__all__ = ["Change", "ChargedLine", "Subscription", "Term", "set_up_key"]


class ChargedLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A flat price that is charged: for `days`, parts of the whole period `whole`, at `net` after credits (R9).

    `whole` is `None` where the charge is older than that was written down: then it is the one of the price's calendar.
    `fee` is the amount of a whole period where it is charged in place of prices. `outages` is what outages have given
    back of it (above zero), which is not in `net`.
    """

    charge_id: str
    plan_id: str
    plan_version: int
    price_index: int
    days: tuple[Period, ...]
    net: Decimal
    whole: Period | None = None
    quantity: int = 1
    fee: Decimal | None = None
    outages: Decimal = Decimal(0)

    def without(self, credited: Period) -> ChargedLine:
        """What is left when some days are given back."""
        return msgspec.structs.replace(self, days=tuple(left for days in self.days for left in _rest(days, credited)))


class Subscription(State, frozen=True, kw_only=True):
    """A plan that an account takes from `start` to `end` (exclusive, open when `None`).

    `first` is what holds at the start, `terms` what holds when (timeline.py), folded from it and `changes`; empty
    without any. `end_change` is the termination that set `end`, `end_before` what that was without it. `version` counts
    the changes. `charged` are the lines that a change of the open period can still alter; `set_up` the one-time prices
    that are charged, as `<plan>/<index>`; `noticed` the end of a contract that is told.
    """

    KEY_FIELD = "subscription_id"

    subscription_id: str
    account_id: str
    start: date
    first: Term
    end: date | None = None
    changes: tuple[Change, ...] = ()
    terms: tuple[Term, ...] = ()
    end_change: str | None = None
    end_before: date | None = None
    version: int = 1
    parent_id: str | None = None
    charged: tuple[ChargedLine, ...] = ()
    set_up: tuple[str, ...] = ()
    noticed: date | None = None

    @property
    def timeline(self) -> tuple[Term, ...]:
        """The terms in order; at least one."""
        return self.terms or (self.first,)

    def span_on(self, day: date) -> tuple[Term | None, date | None]:
        """What holds on that day, and the day on which it is replaced or ends."""
        for term, start, end in self.spans():
            if start <= day and (end is None or day < end):
                return term, end
        return None, None

    def follows(self, plan_id: str, day: date) -> bool:
        """Whether it has the version of that plan which is in force on the day."""
        term = self.terms_on(day)
        return term is not None and term.plan_id == plan_id and term.plan_version is None

    def terms_on(self, day: date) -> Term | None:
        """What holds on that day; `None` before the start and from the end on."""
        if day < self.start or (self.end is not None and day >= self.end):
            return None
        if not self.terms:
            return self.first if self.first.start <= day else None
        for term in reversed(self.terms):
            if term.start <= day:
                return term
        return None

    def spans(self) -> Iterator[tuple[Term, date, date | None]]:
        """Each term with the days that it holds, from the first to (exclusive, open when `None`) the last."""
        terms = self.timeline
        for index, term in enumerate(terms):
            replaced_on = terms[index + 1].start if index + 1 < len(terms) else None
            end = min((day for day in (replaced_on, self.end) if day is not None), default=None)
            if end is None or term.start < end:
                yield term, term.start, end

    def plans(self) -> list[str]:
        """Every plan that it has had, will have, or is charged for."""
        return sorted({term.plan_id for term in self.timeline} | {line.plan_id for line in self.charged})


def _rest(days: Period, taken: Period) -> Iterator[Period]:
    """What of the days lies before and after those taken."""
    if days.start < min(days.end, taken.start):
        yield Period(days.start, min(days.end, taken.start))
    if max(days.start, taken.end) < days.end:
        yield Period(max(days.start, taken.end), days.end)


def set_up_key(plan_id: str, price_index: int) -> str:
    """Which one-time price a `set_up` is about."""
    return f"{plan_id}/{price_index}"

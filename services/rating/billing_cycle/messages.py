"""A billing calendar, which accounts are opened with: when their periods begin.

    DefineBillingCycle(name="Monthly", terms=CycleTerms("monthly", "month", anchor_day=1, "Europe/Paris"))
    -> BillingCycleDefined
    ChangeBillingCycle(name="Monthly, on the first", terms=…)   -> BillingCycleChanged
    DeleteBillingCycle(cycle_id="monthly")                      -> BillingCycleDeleted

Reference data: it lives in partition 0. Dates are in the time zone of the calendar, periods half-open.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

import msgspec

from shared.kernel.bounds import Count
from shared.kernel.calendar import Frequency
from shared.kernel.message import Command, Event, Message

Anchor = Literal["calendar", "subscription"]


class CycleTerms(msgspec.Struct, frozen=True, kw_only=True):
    """The billing calendar of an account: `frequency` is month, quarter, year or n days; `anchor_day` 1 to 31.

    Periods of n days count from `counts_from`; others have none. With the anchor `subscription` (an anniversary cycle)
    an account gets the days of its first subscription, and `counts_from` names that day from then on.
    """

    cycle_id: str
    frequency: Frequency
    anchor_day: Count
    time_zone: str
    anchor_month: Count | None = None
    counts_from: date | None = None
    anchor: Anchor = "calendar"

    def anchored_at(self, first_day: date) -> CycleTerms:
        """An anniversary cycle with the days of an account whose first subscription begins then; others as they are."""
        if self.anchor != "subscription" or self.counts_from is not None:
            return self
        return msgspec.structs.replace(
            self, anchor_day=first_day.day, anchor_month=first_day.month, counts_from=first_day
        )

    def same_days(self, other: CycleTerms) -> bool:
        """Whether both divide time alike, whatever they are called and wherever they are."""
        return _days(self) == _days(other)


class OfTerms(Message, frozen=True, kw_only=True):
    """What is asked or said of a calendar as a whole."""

    REFERENCE: ClassVar[bool] = True

    name: str
    terms: CycleTerms

    @property
    def key(self) -> str:
        return self.terms.cycle_id


class DefineBillingCycle(OfTerms, Command, frozen=True, kw_only=True):
    """Define a billing calendar. Refused: `billing_cycle_exists`, `invalid`."""


class ChangeBillingCycle(OfTerms, Command, frozen=True, kw_only=True):
    """Give a calendar another name, and other days while no account uses it.

    Refused: `cycle_not_found`, `cycle_in_use`, `version_mismatch`, `invalid`.
    """


class DeleteBillingCycle(Command, frozen=True, kw_only=True):
    """Take a calendar away that no account uses. Refused: `cycle_not_found`, `cycle_in_use`, `version_mismatch`."""

    KEY_FIELD = "cycle_id"

    REFERENCE: ClassVar[bool] = True

    cycle_id: str


class BillingCycleDefined(OfTerms, Event, frozen=True, kw_only=True):
    """There is a calendar, version 1 of it."""


class BillingCycleChanged(OfTerms, Event, frozen=True, kw_only=True):
    """The calendar is called and divided like this from now on. `version` is its own, from 2."""

    version: Count


class BillingCycleDeleted(Event, frozen=True, kw_only=True):
    """The calendar is gone; its id may be used again."""

    KEY_FIELD = "cycle_id"

    cycle_id: str


def _days(terms: CycleTerms) -> tuple[object, ...]:
    return terms.frequency, terms.anchor_day, terms.anchor_month, terms.counts_from, terms.anchor

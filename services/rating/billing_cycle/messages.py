"""A billing calendar, which accounts are opened with: when their periods begin.

    DefineBillingCycle(name="Monthly", terms=CycleTerms("monthly", "month", anchor_day=1, "Europe/Paris"))
    -> BillingCycleDefined

Reference data: it lives in partition 0. Dates are in the time zone of the calendar, periods half-open.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from shared.kernel.bounds import Count
from shared.kernel.calendar import Frequency
from shared.kernel.message import Command, Event


class CycleTerms(msgspec.Struct, frozen=True, kw_only=True):
    """The billing calendar of an account: `frequency` is month, quarter, year or n days; `anchor_day` 1 to 31."""

    cycle_id: str
    frequency: Frequency
    anchor_day: Count
    time_zone: str
    anchor_month: Count | None = None


class DefineBillingCycle(Command, frozen=True, kw_only=True):
    """Define a billing calendar. Refused: `billing_cycle_exists`, `unsupported` (periods of n days)."""

    REFERENCE: ClassVar[bool] = True

    name: str
    terms: CycleTerms

    @property
    def key(self) -> str:
        return self.terms.cycle_id


class BillingCycleDefined(Event, frozen=True, kw_only=True):
    name: str
    terms: CycleTerms

    @property
    def key(self) -> str:
        return self.terms.cycle_id

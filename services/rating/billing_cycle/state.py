"""A billing calendar that accounts can be opened with."""

from __future__ import annotations

from typing import ClassVar

from services.rating.billing_cycle.messages import CycleTerms
from shared.kernel.decider import Home, State


class BillingCycle(State, frozen=True, kw_only=True):
    """A billing calendar that accounts can be opened with."""

    HOME: ClassVar[Home] = Home.REFERENCE

    name: str
    terms: CycleTerms

    @property
    def key(self) -> str:
        return self.terms.cycle_id

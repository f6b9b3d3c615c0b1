"""A billing calendar that accounts can be opened with, and who uses it."""

from __future__ import annotations

from typing import ClassVar

from services.rating.billing_cycle.messages import CycleTerms
from shared.kernel.decider import Home, State


class BillingCycle(State, frozen=True, kw_only=True):
    """A billing calendar that accounts can be opened with."""

    HOME: ClassVar[Home] = Home.REFERENCE

    name: str
    terms: CycleTerms
    version: int = 1

    @property
    def key(self) -> str:
        return self.terms.cycle_id


class CycleUse(State, frozen=True, kw_only=True):
    """How many accounts of all partitions are on a cycle or are going to be, and some of them. None is no state.

    Counted in the tables (rows.py) for one batch: an account that is opened at the same moment may be missed. It has
    the terms that the cycle had.
    """

    KEY_FIELD = "cycle_id"
    STORED: ClassVar[bool] = False

    cycle_id: str
    accounts: int
    examples: tuple[str, ...]

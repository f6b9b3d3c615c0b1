"""How dunning stands with an account: whose policy it has, whether it is left alone, and the case that is open."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

import msgspec

from services.payments.dunning_policy.messages import Restriction
from shared.kernel.decider import State


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """For what was due on the day `since`, this many steps were taken."""

    since: date
    steps: int


class Pause(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing happens up to before the day `until`, or (`None`) until somebody says so."""

    until: date | None = None

    def on(self, day: date) -> bool:
        return self.until is None or day < self.until


class Case(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An open case: `overdue` is open since `since`, `stage` steps are taken, the last on `stage_on`.

    `restriction` is what rating was asked for. `taken` remembers the steps of each earliest day there was, so that none
    is taken twice for the same.
    """

    case_id: str
    policy_id: str
    policy_version: int
    currency: str
    opened_on: date
    since: date
    overdue: Decimal
    stage: int = 0
    stage_on: date | None = None
    pause: Pause | None = None
    restriction: Restriction | None = None
    taken: tuple[Taken, ...] = ()

    def taken_for(self, since: date) -> int:
        return next((one.steps for one in self.taken if one.since == since), 0)


class DunningAccount(State, frozen=True, kw_only=True):
    """An account as dunning knows it. None is one of which nothing was said, and nothing is due."""

    account_id: str
    time_zone: str = "UTC"
    policy_id: str | None = None
    exempt: Pause | None = None
    look_on: date | None = None
    cases: int = 0
    case: Case | None = None


class Debtors(State, frozen=True, kw_only=True):
    """The next accounts of the partition, after `after`, that owe something. Read from the tables (rows.py)."""

    KEY_FIELD: ClassVar[str] = "after"
    STORED: ClassVar[bool] = False

    after: str
    accounts: tuple[str, ...]
    last: bool

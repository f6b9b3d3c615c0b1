"""Who takes which plan, and from when.

StartSubscription(subscription_id="sub-1", account_id="acc-1", plan_id="fiber", start=date(2026, 9, 1))
-> SubscriptionStarted
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from shared.kernel.claims import Claim, claim_chosen
from shared.kernel.errors import Rejection
from shared.kernel.message import Command, Event
from shared.kernel.period import Period


class StartSubscription(Command, frozen=True, kw_only=True):
    """Let an account take a plan from `start` to `end` (exclusive; open when `None`).

    Refused: `subscription_exists`, `account_not_found`, `account_closed`, `plan_not_found`, `currency_mismatch`,
    `invalid_period`, `no_version_in_force`, `period_closed`, `out_of_bounds`.
    """

    subscription_id: str
    account_id: str
    plan_id: str
    start: date
    end: date | None = None

    @property
    def key(self) -> str:
        return self.account_id

    def claims(self, command_id: str) -> Sequence[Claim]:
        return claim_chosen("subscription", self.subscription_id, subscription_exists, command_id=command_id)


class SubscriptionStarted(Event, frozen=True, kw_only=True):
    """An account takes a plan from `start` (to `end`, exclusive, open when `None`).

    `period` is the account's open period afterwards: the first one that will be closed and invoiced.
    """

    subscription_id: str
    account_id: str
    plan_id: str
    start: date
    period: Period
    end: date | None = None

    @property
    def key(self) -> str:
        return self.account_id


def subscription_exists(subscription_id: str) -> Rejection:
    """What the decider and the owner of the id both say."""
    return Rejection(
        "subscription_exists", f"{subscription_id} exists already; choose another id", pointer="/id", status=409
    )

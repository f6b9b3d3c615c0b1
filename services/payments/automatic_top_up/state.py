"""The rule of an account, and where it stands."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from services.payments.automatic_top_up.messages import AutomaticTopUpTerms
from shared.kernel.decider import State


class AutomaticTopUp(State, frozen=True, kw_only=True):
    """`running` is the top-up that is under way; `n` and `month_amount` are what was asked for in the month that begins
    on `month`. After `failures` soft declines the next try is at `retry_at`, as long as `short` is above zero: what was
    missing when the wallet became low, less the money that has come since. `held` is the month whose limit was told.
    """

    account_id: str
    terms: AutomaticTopUpTerms
    enabled: bool
    version: int
    running: str | None = None
    month: date | None = None
    n: int = 0
    month_amount: Decimal = Decimal(0)
    failures: int = 0
    retry_at: datetime | None = None
    short: Decimal = Decimal(0)
    held: date | None = None

    def in_month(self, month: date) -> tuple[int, Decimal]:
        """How many were asked for in that month, and how much."""
        return (self.n, self.month_amount) if self.month == month else (0, Decimal(0))

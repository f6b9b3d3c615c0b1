"""The rule of an account, and where it stands."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from services.payments.automatic_top_up.messages import AutomaticTopUpTerms
from services.payments.exposure.state import Exposure
from shared.kernel.decider import State, View


class AutomaticTopUp(State, frozen=True, kw_only=True):
    """`running` is the top-up that is under way, over `asked`; `n` and `month_amount` are what was asked for in the
    month that begins on `month`. After `failures` soft declines, where the month's limit is reached, and where nobody
    answers, it looks again at `retry_at`. `low`: the wallet is; `fell`: the last move made it so.
    `off_by_itself`: nobody has set it since it has switched itself off.
    """

    account_id: str
    terms: AutomaticTopUpTerms
    enabled: bool
    version: int
    running: str | None = None
    asked: Decimal = Decimal(0)
    month: date | None = None
    n: int = 0
    month_amount: Decimal = Decimal(0)
    failures: int = 0
    retry_at: datetime | None = None
    low: bool = False
    fell: bool = False
    off_by_itself: bool = False

    def in_month(self, month: date) -> tuple[int, Decimal]:
        """How many were asked for in that month, and how much."""
        return (self.n, self.month_amount) if self.month == month else (0, Decimal(0))


def is_low(account_id: str, threshold: Decimal, view: View) -> bool:
    """Whether the wallet is low for a rule, by what is known of it."""
    account = view.get(Exposure, account_id)
    shown = None if account is None else account.shown
    return shown is not None and becomes_low(account_id, threshold, shown.available, view)


def becomes_low(account_id: str, threshold: Decimal, available: Decimal | None, view: View) -> bool:
    """Whether it is where so much is available; the wallet of a postpaid account never is."""
    account = view.get(Exposure, account_id)
    is_prepaid = account is not None and account.mode == "prepaid"
    return is_prepaid and available is not None and available <= threshold

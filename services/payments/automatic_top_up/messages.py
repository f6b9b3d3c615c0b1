"""A rule by which an account tops itself up when its wallet is low: how much, by which method, how often in a month.

SetAutomaticTopUp(threshold=5, amount=20)       -> AutomaticTopUpSet
ExposureMoved, 4.10 available                   -> FireAutomaticTopUp -> AutomaticTopUpFired, WalletTopUpAsked, …
CollectionSucceeded                             -> EndAutomaticTopUp  -> AutomaticTopUpDone
CollectionFailed, hard                          -> EndAutomaticTopUp  -> AutomaticTopUpSwitchedOff    until set again
CollectionFailed, soft                          -> EndAutomaticTopUp  -> AutomaticTopUpPostponed      1 and 3 days
the month's limit is reached                    -> AutomaticTopUpHeld                          until the next month
nobody answers for 3 days                       -> AutomaticTopUpSwitchedOff
(timer)  -> RetryAutomaticTopUp                 -> AutomaticTopUpFired, or AutomaticTopUpDropped where money has come

One at a time, and one for each time the wallet becomes low: each step follows from an event of the account's own
partition, in its transaction.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from shared.kernel.bounds import Checked, Count
from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event


class AutomaticTopUpTerms(Checked, frozen=True, kw_only=True):
    """When `threshold` or less becomes available to the prepaid account, `amount` is charged by `method_id` (`None`:
    the preferred one), at most `monthly_count` times and `monthly_amount` in a calendar month of the account. A charge
    that failed counts to neither."""

    threshold: Decimal
    amount: Decimal
    currency: Currency
    monthly_count: Count
    monthly_amount: Decimal
    method_id: str | None = None


class SetAutomaticTopUp(Command, frozen=True, kw_only=True):
    """From now on; at once where the wallet is low already. A top-up that is under way goes on.

    Refused: `account_not_found`, `account_closed`, `currency_mismatch`, `amount_not_positive`, `too_many_decimals`,
    `out_of_bounds`, `below_minimum`, `above_maximum`, `no_payment_method`, `payment_method_not_found`,
    `not_of_a_gateway`, `payment_method_declined`, `version_mismatch`.
    """

    account_id: str
    terms: AutomaticTopUpTerms
    enabled: bool


class FireAutomaticTopUp(Command, frozen=True, kw_only=True):
    """The wallet has become low. Decided in place."""

    account_id: str


class EndAutomaticTopUp(Command, frozen=True, kw_only=True):
    """What came of the charge. Decided in place."""

    account_id: str
    top_up_id: str
    succeeded: bool
    hard: bool = False
    code: str = ""


class RetryAutomaticTopUp(Command, frozen=True, kw_only=True):
    """The timer of a charge that was postponed has fired."""

    account_id: str


class AutomaticTopUpSet(Event, frozen=True, kw_only=True):
    account_id: str
    terms: AutomaticTopUpTerms
    enabled: bool
    version: Count


class AutomaticTopUpFired(Event, frozen=True, kw_only=True):
    """The rule has asked for top-up `top_up_id`: the `n`-th of the month that begins on `month`, which comes to
    `month_amount` with it."""

    account_id: str
    top_up_id: str
    amount: Decimal
    currency: Currency
    month: date
    n: Count
    month_amount: Decimal


class AutomaticTopUpHeld(Event, frozen=True, kw_only=True):
    """The wallet is low, and the rule has asked for as much as it may in the month: it looks again at `retry_at`, when
    the next one begins."""

    account_id: str
    month: date
    n: Count
    month_amount: Decimal
    retry_at: datetime


class AutomaticTopUpDone(Event, frozen=True, kw_only=True):
    """The money is on the account."""

    account_id: str
    top_up_id: str


class AutomaticTopUpPostponed(Event, frozen=True, kw_only=True):
    """The charge was declined and may work another day: it is tried again at `retry_at`, unless money comes before."""

    account_id: str
    top_up_id: str
    code: str
    failures: Count
    retry_at: datetime


class AutomaticTopUpDropped(Event, frozen=True, kw_only=True):
    """Money has come meanwhile: nothing is charged any more for this time."""

    account_id: str


class AutomaticTopUpSwitchedOff(Event, frozen=True, kw_only=True):
    """The rule is off until somebody sets it again: its method was declined for good, or too often, or is gone."""

    account_id: str
    reason: str
    version: Count
    top_up_id: str | None = None

"""Late fees: which invoices are watched, what is asked for when they stay unpaid.

InvoiceIssued, with a policy (invoicing)   -> WatchLateFees        -> LateFeesWatched
LateFeePolicyAssigned (invoicing)          -> FollowLateFeePolicy  -> LateFeesWatched, LateFeesEnded
(timer, at midnight of the account)        -> ChargeLateFees       -> LateFeeRequested, LateFeeStepPassed, InterestBegan
paid in full                               -> SettleInterest       -> LateFeeRequested, LateFeesEnded
LateFeeRequested                           -> AddLateFee, to invoicing
LateFeeRefused (invoicing)                 -> DropLateFee          -> LateFeeDropped
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from services.invoicing.late_fee.messages import LateFeeAsked
from services.invoicing.late_fee_policy.messages import DaysInYear, PolicyInForce
from shared.kernel.bounds import Checked, Count
from shared.kernel.message import Command, Event

WhyPassed = Literal["nothing_overdue", "below_minimum", "cap_reached"]


class RunningInterest(Checked, frozen=True, kw_only=True):
    """Interest by day, of step `step`: asked for up to before `since`, looked at last on `looked_on`."""

    step: Count
    annual_rate: Decimal
    days_in_year: DaysInYear
    since: date
    looked_on: date


class WatchLateFees(Command, frozen=True, kw_only=True):
    """An invoice was issued under a policy. Decided in place."""

    account_id: str
    invoice_id: str
    policy: PolicyInForce


class FollowLateFeePolicy(Command, frozen=True, kw_only=True):
    """The account has this policy from now on, or none. Decided in place."""

    account_id: str
    policy: PolicyInForce | None = None


class ChargeLateFees(Command, frozen=True, kw_only=True):
    """The timer of an invoice's next day has fired. What is not due or was asked for is ignored."""

    account_id: str
    invoice_id: str
    day: date


class SettleInterest(Command, frozen=True, kw_only=True):
    """Nothing is open of the invoice any more: ask for the interest up to then. Decided in place."""

    account_id: str
    invoice_id: str


class DropLateFee(Command, frozen=True, kw_only=True):
    """Invoicing has not added the fee: it does not count. Decided in place."""

    account_id: str
    fee_id: str
    invoice_id: str
    amount: Decimal
    currency: str
    reason: str


class LateFeesWatched(Event, frozen=True, kw_only=True):
    """An open invoice is asked late fees for by this version of a policy, whatever becomes of that.

    `amount` is its total without the `late_fees` that are part of it. `passed` steps are behind it, as they lie before
    the day `watched_on` or on it; `charged` was asked for before, by another policy.
    """

    account_id: str
    invoice_id: str
    number: str
    due_on: date
    currency: str
    time_zone: str
    amount: Decimal
    late_fees: Decimal
    policy: PolicyInForce
    watched_on: date
    passed: Count = 0
    charged: Decimal = Decimal(0)
    interest: RunningInterest | None = None


class LateFeesEnded(Event, frozen=True, kw_only=True):
    """No late fee is asked for of the invoice any more."""

    account_id: str
    invoice_id: str


class LateFeeRequested(Event, frozen=True, kw_only=True):
    """The invoice was overdue: invoicing is asked to put the fee on the account's next invoice (R54)."""

    account_id: str
    fee: LateFeeAsked


class LateFeeStepPassed(Event, frozen=True, kw_only=True):
    """The day of a step came, and nothing is asked for."""

    account_id: str
    invoice_id: str
    step: Count
    on: date
    reason: WhyPassed


class InterestBegan(Event, frozen=True, kw_only=True):
    """From the day `interest.since` on the overdue amount bears interest."""

    account_id: str
    invoice_id: str
    interest: RunningInterest


class InterestPutOff(Event, frozen=True, kw_only=True):
    """On the day `on` the interest so far was nothing, rounded: it is looked at again a month later, as a whole."""

    account_id: str
    invoice_id: str
    on: date


class LateFeeDropped(Event, frozen=True, kw_only=True):
    """Invoicing did not add the fee, for a `reason`: it counts to no cap."""

    account_id: str
    fee_id: str
    invoice_id: str
    amount: Decimal
    currency: str
    reason: str

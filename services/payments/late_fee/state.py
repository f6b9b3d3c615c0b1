"""The invoices of an account that are watched for late fees."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from services.invoicing.late_fee_policy.messages import PolicyInForce
from services.payments.late_fee.messages import RunningInterest
from shared.kernel.decider import State


class Paid(msgspec.Struct, frozen=True, kw_only=True):
    """So much less is overdue from that day on."""

    day: date
    amount: Decimal


class Watch(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An open invoice under a policy: `passed` steps are behind it, `charged` was asked for.

    `paid` since interest was asked for last, while it runs or may: what was open on a day is what is open now and what
    was paid after it. A credit note is no such payment: what it credits was never owed.
    """

    invoice_id: str
    number: str
    due_on: date
    currency: str
    time_zone: str
    amount: Decimal
    late_fees: Decimal
    policy: PolicyInForce
    passed: int = 0
    charged: Decimal = Decimal(0)
    interest: RunningInterest | None = None
    paid: tuple[Paid, ...] = ()


class PastWatch(State, frozen=True, kw_only=True):
    """The policy of an invoice that was paid or given up, and what was asked for: it may be open again."""

    KEY_FIELD = "invoice_id"

    invoice_id: str
    policy: PolicyInForce
    charged: Decimal = Decimal(0)


class LateFeeWatches(State, frozen=True, kw_only=True):
    """All of an account. None is no state."""

    account_id: str
    watches: tuple[Watch, ...]

    def of(self, invoice_id: str) -> Watch | None:
        return next((watch for watch in self.watches if watch.invoice_id == invoice_id), None)

"""A customer disputes an invoice: the amount is on hold, neither dunned nor charged for, until it is resolved.

OpenDispute("inv-1", 15.00)            DisputeOpened
ResolveDispute(outcome="accepted")     DisputeResolved, CreditGranted 15.00, CreditAllocated to inv-1
ResolveDispute(outcome="rejected")     DisputeResolved                                  all of it is owed as before
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from shared.kernel.message import Command, Event
from shared.kernel.money import Money

Outcome = Literal["accepted", "rejected"]


class OpenDispute(Command, frozen=True, kw_only=True):
    """Put `amount` of an invoice on hold, or all that is open of it.

    Refused: `invoice_not_found`, `nothing_open`, `over_open`, `dispute_exists`, `amount_not_positive`,
    `too_many_decimals`, `currency_mismatch`.
    """

    dispute_id: str
    account_id: str
    invoice_id: str
    reason: str
    amount: Money | None = None
    note: str = ""


class ResolveDispute(Command, frozen=True, kw_only=True):
    """Decide it: what is accepted is credited, of what is rejected nothing. `amount`: so much of it is accepted. What
    was credited of the invoice since the dispute was opened counts. `role` is the caller's, whose limit counts.

    Refused: `dispute_not_found`, `over_disputed`, `not_of_rejected`, `amount_not_positive`, `too_many_decimals`,
    `currency_mismatch`, `above_approval_limit` (403).
    """

    account_id: str
    invoice_id: str
    outcome: Outcome
    amount: Money | None = None
    note: str = ""
    role: str = "admin"


class DisputeOpened(Event, frozen=True, kw_only=True):
    """`amount` of an invoice is on hold from now on."""

    dispute_id: str
    account_id: str
    invoice_id: str
    amount: Decimal
    currency: str
    reason: str
    opened_on: date
    note: str = ""


class DisputeResolved(Event, frozen=True, kw_only=True):
    """Nothing of the invoice is on hold any more; `accepted` of the `amount` is credited (`CreditGranted` follows), but
    for what is `covered`: it was credited since the dispute was opened, by a credit note or by hand."""

    dispute_id: str
    account_id: str
    invoice_id: str
    amount: Decimal
    currency: str
    outcome: Outcome
    accepted: Decimal
    resolved_on: date
    note: str = ""
    covered: Decimal = Decimal(0)

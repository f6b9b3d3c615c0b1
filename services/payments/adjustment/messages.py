"""Adjustments: what an account owes is more or less than its invoices say, for a reason, by somebody who may.

AdjustBalance(direction="debit", amount=5.00)     BalanceAdjusted                     5.00 more is owed, due on a day
AdjustBalance(direction="credit", amount=5.00)    BalanceAdjusted, CreditGranted      and what that pays

A debit is something owed of its own, `ADJ-…` on statements; a credit is granted credit of the reason `adjustment`. No
tax changes by either: what was supplied is corrected by a credit note or a debit note.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final, Literal

from shared.kernel.message import Command, Event
from shared.kernel.money import Money

Direction = Literal["debit", "credit"]

ADJUSTMENT: Final = "adjustment"
"""The reason of granted credit that is an adjustment."""


def adjustment_number(adjustment_id: str) -> str:
    """What statements call a debit by."""
    return f"ADJ-{adjustment_id[:8].upper()}"


class AdjustBalance(Command, frozen=True, kw_only=True):
    """Let the account owe more (`debit`) or less (`credit`); `role` is the caller's, whose limit counts.

    `invoice_id`: a credit pays this invoice first. `due_on` is of a debit, today without one.

    Refused: `account_not_found`, `invoice_not_found`, `currency_mismatch`, `amount_not_positive`, `too_many_decimals`,
    `out_of_bounds`, `above_approval_limit` (403), `in_past`, `too_many_credits`, `not_of_debits`, `not_of_credits`,
    `over_credited`.
    """

    adjustment_id: str
    account_id: str
    direction: Direction
    amount: Money
    reason_code: str
    role: str
    note: str = ""
    invoice_id: str | None = None
    due_on: date | None = None


class BalanceAdjusted(Event, frozen=True, kw_only=True):
    """The account owes `amount` more or less. A debit is owed under the id `adjustment_id` and the `number`, by
    `due_on`; a credit follows as `CreditGranted` under the same id."""

    adjustment_id: str
    account_id: str
    direction: Direction
    amount: Decimal
    currency: str
    reason_code: str
    adjusted_on: date
    due_on: date
    number: str
    note: str = ""
    invoice_id: str | None = None

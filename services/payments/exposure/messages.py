"""What an account owes and will owe, what it may, and what happens when nothing is left of that.

    SetPaymentMode(mode="prepaid")                 -> PaymentModeChanged
    (rated usage comes in; 4.10 of the wallet is left, the account is told at 5.00)   -> WalletBalanceLow
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Literal

from shared.kernel.message import Event

PaymentMode = Literal["postpaid", "prepaid"]


class PaymentModeChanged(Event, frozen=True, kw_only=True):
    """The account pays so from the instant `at` on: after its invoices (`postpaid`), or before it uses (`prepaid`)."""

    account_id: str
    mode: PaymentMode
    at: datetime
    reason: str = ""


class WalletBalanceLow(Event, frozen=True, kw_only=True):
    """What is `available` to the account has come down to `threshold` or less at the instant `at`: told once, and again
    after it was above the threshold in between. `available` is below zero where more was used than there was."""

    account_id: str
    currency: str
    available: Decimal
    threshold: Decimal
    at: datetime

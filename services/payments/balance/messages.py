"""What is asked and reported of an account's balance: that the account can owe and pay, and what paid for what.

PaymentAllocated(payment_id="pay-1", invoice_id="inv-1", account_id="acc-1", amount=Decimal("40.00"), currency="EUR",
                 open=Decimal("0.00"), unallocated=Decimal("10.00"))
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from shared.kernel.bounds import Seq
from shared.kernel.message import Command, Event


class OpenPayer(Command, frozen=True, kw_only=True):
    """An account was opened in rating; from now on it can owe and pay. Decided in place."""

    account_id: str
    currency: str
    time_zone: str = "UTC"


class PayerOpened(Event, frozen=True, kw_only=True):
    """The account can owe and pay, in one currency. Its days are those of `time_zone`."""

    account_id: str
    currency: str
    time_zone: str = "UTC"


class CreditAllocated(Event, frozen=True, kw_only=True):
    """`amount` of a credit note pays another invoice than the one it corrects. `open` is what that still owes,
    `unallocated` what the credit note has left, afterwards. With `granted` it is credit that the operator granted, and
    `credit_note_id` the id of that."""

    credit_note_id: str
    invoice_id: str
    account_id: str
    amount: Decimal
    currency: str
    open: Decimal
    unallocated: Decimal
    granted: bool = False


class PaymentAllocated(Event, frozen=True, kw_only=True):
    """`amount` of a payment pays an invoice (R48). `open` is what the invoice still owes, `unallocated` what the
    payment has left, afterwards."""

    payment_id: str
    invoice_id: str
    account_id: str
    amount: Decimal
    currency: str
    open: Decimal
    unallocated: Decimal


class PaymentDeallocated(Event, frozen=True, kw_only=True):
    """`amount` of a payment pays an invoice no longer, from `deallocated_on` on. `open` is what the invoice owes
    then, `unallocated` what the payment has; `number`, `due_on` and `series_n` are the invoice's, which may owe again
    what was paid in full."""

    payment_id: str
    invoice_id: str
    account_id: str
    amount: Decimal
    currency: str
    open: Decimal
    unallocated: Decimal
    number: str
    due_on: date
    deallocated_on: date
    series_n: Seq | None = None

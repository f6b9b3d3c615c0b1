"""What payments reports: what is owed, what was paid, and what paid for what."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from shared.kernel.message import Event, catalogue


class PayerOpened(Event, frozen=True, kw_only=True):
    """The account can owe and pay, in one currency. Its days are those of `time_zone`."""

    account_id: str
    currency: str
    time_zone: str = "UTC"

    @property
    def key(self) -> str:
        return self.account_id


class ReceivableOpened(Event, frozen=True, kw_only=True):
    """An issued invoice is owed: `amount` by `due_on`. `credit_applied` is what credit of the account pays of it at
    once; each such allocation follows as `PaymentAllocated`."""

    invoice_id: str
    account_id: str
    number: str
    amount: Decimal
    currency: str
    issued_on: date
    due_on: date
    credit_applied: Decimal = Decimal(0)

    @property
    def key(self) -> str:
        return self.account_id


class PaymentRecorded(Event, frozen=True, kw_only=True):
    """Money came in. What of it pays which invoice is told by `PaymentAllocated`; the rest is credit."""

    payment_id: str
    account_id: str
    amount: Decimal
    currency: str
    method: str
    received_on: date
    invoice_id: str | None = None
    external_key: str | None = None

    @property
    def key(self) -> str:
        return self.account_id


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

    @property
    def key(self) -> str:
        return self.account_id


EVENTS = catalogue("payments", PayerOpened, ReceivableOpened, PaymentRecorded, PaymentAllocated)

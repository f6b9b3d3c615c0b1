"""What is asked and reported of receivables: an issued invoice is owed.

OpenReceivable(invoice_id="inv-1", account_id="acc-1", number="INV-000001", amount=Decimal("40.00"), currency="EUR",
               issued_on=date(2026, 10, 1), due_on=date(2026, 10, 15))
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from shared.kernel.bounds import Seq
from shared.kernel.message import Command, Event


class OpenReceivable(Command, frozen=True, kw_only=True):
    """An invoice was issued: it is owed, and credit the account has pays for it at once. Decided in place."""

    invoice_id: str
    account_id: str
    number: str
    amount: Decimal
    currency: str
    issued_on: date
    due_on: date
    series_n: Seq | None = None
    late_fees: Decimal = Decimal(0)
    legal_entity: str | None = None


class WithdrawReceivable(Command, frozen=True, kw_only=True):
    """An invoice shall be void: take the claim back, unless something was paid of it. Decided in place."""

    invoice_id: str
    account_id: str


class ReceivableWithdrawn(Event, frozen=True, kw_only=True):
    """The invoice is void: nothing of it is owed from the day `withdrawn_on` on."""

    invoice_id: str
    account_id: str
    amount: Decimal
    currency: str
    withdrawn_on: date


class WithdrawalRefused(Event, frozen=True, kw_only=True):
    """The claim stands, for `paid` of it was paid: the invoice can't be void."""

    invoice_id: str
    account_id: str
    currency: str
    paid: Decimal


class ReceivableOpened(Event, frozen=True, kw_only=True):
    """An issued invoice is owed: `amount` by `due_on`. `credit_applied` is what credit of the account pays of it at
    once; each such allocation follows as `PaymentAllocated`. `series_n` is the invoice's place in its numbering series;
    receivables from before it was told have none. `late_fees` are part of the amount, with their tax. `legal_entity`
    has issued the invoice, or else the operator."""

    invoice_id: str
    account_id: str
    number: str
    amount: Decimal
    currency: str
    issued_on: date
    due_on: date
    credit_applied: Decimal = Decimal(0)
    series_n: Seq | None = None
    late_fees: Decimal = Decimal(0)
    legal_entity: str | None = None

"""Deposits: money that a customer leaves as security. It is held apart from the balance, and stays the customer's.

RequestDeposit(amount=100.00, purpose="equipment")   -> DepositRequested
ReceiveDeposit(method="cash", received_on=…)         -> DepositReceived    100.00 are held
ApplyDeposit(invoice_id="inv-9")                     -> DepositApplied, PaymentRecorded(method="deposit"), …Allocated
ReturnDeposit                                        -> DepositReturned    what is left is paid back
CancelDeposit                                        -> DepositCancelled   one that never came
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from shared.kernel.message import Command, Event
from shared.kernel.money import Money

DEPOSIT: Final = "deposit"
"""The method of a payment that is made of a deposit."""


class RequestDeposit(Command, frozen=True, kw_only=True):
    """Ask the account for a deposit.

    Refused: `account_not_found`, `currency_mismatch`, `amount_not_positive`, `too_many_decimals`, `out_of_bounds`.
    """

    deposit_id: str
    account_id: str
    amount: Money
    purpose: str
    note: str = ""
    due_on: date | None = None


class ReceiveDeposit(Command, frozen=True, kw_only=True):
    """The money has come in, all of it. Refused: `deposit_not_found`, `deposit_not_open`, `in_future`."""

    deposit_id: str
    account_id: str
    method: str
    received_on: date


class ApplyDeposit(Command, frozen=True, kw_only=True):
    """Pay of what is held: an invoice, or what is due first; `amount`, or as much as is held and open.

    Refused: `deposit_not_found`, `deposit_not_held`, `over_held`, `invoice_not_found`, `nothing_open`,
    `amount_not_positive`, `too_many_decimals`, `currency_mismatch`, `version_mismatch`.
    """

    deposit_id: str
    account_id: str
    amount: Money | None = None
    invoice_id: str | None = None


class ReturnDeposit(Command, frozen=True, kw_only=True):
    """What is held was paid back, `amount` of it or all. Refused as `ApplyDeposit`, but for what is open."""

    deposit_id: str
    account_id: str
    reference: str
    amount: Money | None = None


class CancelDeposit(Command, frozen=True, kw_only=True):
    """Nobody waits for it any more. Refused: `deposit_not_found`, `deposit_not_open`, `version_mismatch`."""

    deposit_id: str
    account_id: str


class DepositRequested(Event, frozen=True, kw_only=True):
    """The account is asked for a deposit, by the day `due_on`. It is no receivable: nothing was supplied for it."""

    deposit_id: str
    account_id: str
    amount: Decimal
    currency: str
    purpose: str
    requested_on: date
    note: str = ""
    due_on: date | None = None


class DepositReceived(Event, frozen=True, kw_only=True):
    """The money is held. It is the customer's, and pays nothing by itself."""

    deposit_id: str
    account_id: str
    amount: Decimal
    currency: str
    method: str
    received_on: date


class DepositApplied(Event, frozen=True, kw_only=True):
    """`amount` of it became payment `payment_id`; so much is `held` afterwards."""

    deposit_id: str
    account_id: str
    payment_id: str
    amount: Decimal
    currency: str
    held: Decimal
    applied_on: date
    invoice_id: str | None = None


class DepositReturned(Event, frozen=True, kw_only=True):
    """`amount` of it was paid back, as `reference` says; so much is `held` afterwards."""

    deposit_id: str
    account_id: str
    amount: Decimal
    currency: str
    held: Decimal
    reference: str
    returned_on: date


class DepositCancelled(Event, frozen=True, kw_only=True):
    """Nobody waits for it any more."""

    deposit_id: str
    account_id: str
    cancelled_on: date

"""Requests for deposits that payments has made, with all that their paper says.

DepositRequested (payments)                    -> NoteDepositRequest   -> DepositRequestNoted
DepositReceived, DepositCancelled (payments)   -> CloseDepositRequest  -> DepositRequestClosed
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event
from shared.kernel.sealed import Sealed


class NoteDepositRequest(Command, frozen=True, kw_only=True):
    """The account is asked for a deposit, of which it shall have a paper."""

    deposit_id: str
    account_id: str
    amount: Decimal
    currency: Currency
    purpose: str
    requested_on: date
    due_on: date | None = None
    note: str = ""


class CloseDepositRequest(Command, frozen=True, kw_only=True):
    """Nobody waits for the money any more: it was `received`, or the request was `cancelled`."""

    deposit_id: str
    account_id: str
    why: str


class DepositRequestNoted(Event, frozen=True, kw_only=True):
    """What a request for a deposit asks, and of whom; name and details are the customer's, sealed."""

    deposit_id: str
    account_id: str
    amount: Decimal
    currency: Currency
    purpose: str
    requested_on: date
    name: Sealed
    details: Sealed | None = None
    legal_entity: str | None = None
    due_on: date | None = None
    note: str = ""


class DepositRequestClosed(Event, frozen=True, kw_only=True):
    """Nothing is asked for any more."""

    deposit_id: str
    account_id: str
    why: str

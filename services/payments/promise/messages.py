"""Promises to pay: a customer pledges an amount by a day, and dunning waits for it (R58).

MakePromise(amount=36.04, pay_by=20 Nov)   -> PromiseMade       no step of dunning, no late fee on it until then
money comes in, 36.04 or more              -> PromiseKept
(timer, 21 Nov)                            -> PromiseBroken     dunning goes on where it stood
CancelPromise                              -> PromiseCancelled
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from shared.kernel.bounds import Checked
from shared.kernel.message import Command, Event
from shared.kernel.money import Money


class PromisedPart(Checked, frozen=True, kw_only=True):
    """How much of an invoice is promised."""

    invoice_id: str
    amount: Decimal


class OfPromise(Command, frozen=True, kw_only=True):
    """Which promise of which account."""

    promise_id: str
    account_id: str


class MakePromise(OfPromise, frozen=True, kw_only=True):
    """The customer pays `amount`, or all that is open, until the end of the day `pay_by`. With `restores` service is
    given back until then.

    Refused: `account_not_found`, `nothing_open`, `over_open`, `promise_open`, `out_of_bounds`,
    `currency_mismatch`, `amount_not_positive`, `too_many_decimals`.
    """

    pay_by: date
    amount: Money | None = None
    note: str = ""
    restores: bool = False


class CancelPromise(OfPromise, frozen=True, kw_only=True):
    """Dunning waits for it no longer. Refused: `promise_not_found`, `promise_closed`."""

    reason: str = ""


class ReviewPromise(OfPromise, frozen=True, kw_only=True):
    """Its day is over, or money came in. What is not open any more is ignored. A timer sends it, or it is decided in
    place."""


class PromiseMade(Event, frozen=True, kw_only=True):
    """The customer has promised `amount`, which is of these invoices, by the day `pay_by`, which counts."""

    promise_id: str
    account_id: str
    amount: Decimal
    currency: str
    parts: tuple[PromisedPart, ...]
    made_on: date
    pay_by: date
    time_zone: str
    note: str = ""
    restores: bool = False


class PromiseKept(Event, frozen=True, kw_only=True):
    """So much as was promised was paid, or is not owed any more."""

    promise_id: str
    account_id: str
    currency: str
    paid: Decimal
    kept_on: date


class PromiseBroken(Event, frozen=True, kw_only=True):
    """The day is over, and `paid` is less than was promised."""

    promise_id: str
    account_id: str
    currency: str
    paid: Decimal
    broken_on: date


class PromiseCancelled(Event, frozen=True, kw_only=True):
    """Nobody waits for it any more."""

    promise_id: str
    account_id: str
    cancelled_on: date
    reason: str = ""

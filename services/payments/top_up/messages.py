"""Money is put on an account by charging a card or wallet of its customer, because somebody or its own rule says so.

TopUpWallet(20.00 EUR)    -> WalletTopUpAsked, CollectionAsked, PaymentRecorded pending
(the gateway says yes)    -> CollectionSucceeded, PaymentSucceeded         20.00 are on the account
(it says no)              -> CollectionFailed, PaymentFailed               nothing is

A top-up is a collection that names no invoice, and so a payment: the three share their id. What is open is paid of it
first; what is left is the account's credit, which is its wallet.
"""

from __future__ import annotations

from decimal import Decimal

from shared.kernel.message import Command, Event
from shared.kernel.money import Money


class TopUpWallet(Command, frozen=True, kw_only=True):
    """Charge `amount` by a method of the account, or by the preferred one, now and once.

    Refused: `account_not_found`, `account_closed`, `below_minimum`, `above_maximum`, `top_up_running`,
    `no_payment_method`, `payment_method_not_found`, `not_of_a_gateway`, `currency_mismatch`, `amount_not_positive`,
    `too_many_decimals`, `out_of_bounds`.
    """

    account_id: str
    top_up_id: str
    amount: Money
    method_id: str | None = None


class WalletTopUpAsked(Event, frozen=True, kw_only=True):
    """Money is to come; whether it does is told of the collection of the same id. `automatic`: the account's rule has
    asked for it."""

    account_id: str
    top_up_id: str
    amount: Decimal
    currency: str
    method_id: str
    automatic: bool = False

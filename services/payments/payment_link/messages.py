"""Links by which an invoice can be paid without a login: short, and nobody guesses one.

MakePaymentLink(invoice_id="inv-7", token="k3v…")         -> PaymentLinkMade     once for an invoice
MakeTopUpLink(amount=Money("20.00", "EUR"), token="9f2…") -> TopUpLinkMade       for money on the account
"""

from __future__ import annotations

from decimal import Decimal

from shared.kernel.message import Command, Event
from shared.kernel.money import Money


class MakePaymentLink(Command, frozen=True, kw_only=True):
    """`token` is signed with the vault's key, so it is the same each time. Refused: `invoice_not_found`, `nothing_open`
    of an invoice that is void."""

    account_id: str
    invoice_id: str
    token: str


class PaymentLinkMade(Event, frozen=True, kw_only=True):
    """Whoever has the token sees what is open of the invoice, and where to pay it."""

    account_id: str
    invoice_id: str
    token: str


class MakeTopUpLink(Command, frozen=True, kw_only=True):
    """`token` is signed as well. Refused: `account_not_found`, `account_closed`, `below_minimum`, `above_maximum`,
    `currency_mismatch`, `amount_not_positive`, `too_many_decimals`, `out_of_bounds`."""

    account_id: str
    link_id: str
    token: str
    amount: Money


class TopUpLinkMade(Event, frozen=True, kw_only=True):
    """Whoever has the token sees where to pay `amount`. What comes with the reference of `statement_key` is
    money of the account, whatever amount it is."""

    account_id: str
    link_id: str
    token: str
    amount: Decimal
    currency: str
    statement_key: str

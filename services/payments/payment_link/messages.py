"""Links by which an invoice can be paid without a login: short, and nobody guesses one.

MakePaymentLink(invoice_id="inv-7", token="k3v…")   -> PaymentLinkMade     once for an invoice
"""

from __future__ import annotations

from shared.kernel.message import Command, Event


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

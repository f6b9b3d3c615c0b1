"""Granted credit: what an operator gives an account, for a reason, to be taken off what it has to pay.

GrantCredit(credit_id="cr-1", account_id="acc-1", amount=Money(Decimal("10.00"), "EUR"), reason="goodwill",
            expires_on=date(2026, 12, 31))
-> CreditGranted, CreditAllocated(granted=True) for each open invoice that it pays
ReverseCredit                                  -> CreditReversed      what is left of it is taken back
(timer, behind the last day on which it counts) -> ExpireCredit -> CreditExpired
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from shared.kernel.message import Command, Event
from shared.kernel.money import Money

OF_VOUCHER: Final = "voucher"
"""The reason of credit that a voucher has brought: money that somebody paid for it, and no gift."""


class GrantCredit(Command, frozen=True, kw_only=True):
    """Give the account credit, which pays what is open and then what is issued, until `expires_on` (included). The
    limit of the `role` counts, which is the caller's.

    Refused: `account_not_found`, `currency_mismatch`, `amount_not_positive`, `too_many_decimals`, `out_of_bounds`,
    `in_past`, `too_many_credits`, `above_approval_limit` (403).
    """

    credit_id: str
    account_id: str
    amount: Money
    reason: str
    note: str = ""
    expires_on: date | None = None
    role: str = "admin"


class ReverseCredit(Command, frozen=True, kw_only=True):
    """Take back what is left of it; what it has paid stays paid.

    Refused: `credit_not_found`, `credit_closed`, `version_mismatch`.
    """

    credit_id: str
    account_id: str
    reason: str


class ExpireCredit(Command, frozen=True, kw_only=True):
    """The timer of its last day has fired. What is used up or was taken back is ignored."""

    credit_id: str
    account_id: str


class CreditGranted(Event, frozen=True, kw_only=True):
    """The account has so much credit; what of it pays which invoice is told by `CreditAllocated`.

    It lowers what is to be paid, after tax: no invoice's net or tax changes (R41). Its days are those of `time_zone`.
    With `invoice_id` it corrects that invoice: an accepted dispute, an adjustment that names it, a refund.
    """

    credit_id: str
    account_id: str
    amount: Decimal
    currency: str
    reason: str
    granted_on: date
    time_zone: str
    note: str = ""
    expires_on: date | None = None
    invoice_id: str | None = None


class CreditReversed(Event, frozen=True, kw_only=True):
    """`amount`, all that was left of it, is taken back; `invoice_id` is what it had corrected. `granted_for`: `voucher`
    where a voucher had brought it."""

    credit_id: str
    account_id: str
    amount: Decimal
    currency: str
    reason: str
    reversed_on: date
    granted_for: str = ""
    invoice_id: str | None = None


class CreditExpired(Event, frozen=True, kw_only=True):
    """`amount`, all that was left of it, is gone with its last day. `granted_for` as of `CreditReversed`."""

    credit_id: str
    account_id: str
    amount: Decimal
    currency: str
    expired_on: date
    granted_for: str = ""

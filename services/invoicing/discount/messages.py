"""Discounts of an account: what comes off its invoices before tax, period by period (R41).

    CouponRedeemed (partition 0)  -> GrantDiscount  -> DiscountGranted(discount_id="d-1", coupon_id="WELCOME", ...)
    GrantDiscount(terms=DiscountTerms(percent=Decimal(10), ...), code="retention")   -> DiscountGranted
    EndDiscount(discount_id="d-1", on=date(2027, 1, 1))                              -> DiscountEnded

What a discount takes off an invoice is in `InvoiceLocked.allowances`; from there its periods are counted.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from services.invoicing.coupon.messages import DiscountTerms
from shared.kernel.bounds import Count
from shared.kernel.message import Command, Event

DISCOUNTS_MAX: Final = 200
"""Discounts of one account, past and future."""


class GrantDiscount(Command, frozen=True, kw_only=True):
    """Give an account a discount, for a reason (`code`) or because it has redeemed a coupon. From today on, if
    `starts_on` does not say otherwise.

    Refused: `account_not_found`, `currency_mismatch`, `out_of_bounds`.
    """

    discount_id: str
    account_id: str
    terms: DiscountTerms
    code: str
    note: str = ""
    coupon_id: str | None = None
    starts_on: date | None = None


class EndDiscount(Command, frozen=True, kw_only=True):
    """Periods that begin on or after the day `on` do without it; today is meant where none is given.

    Refused: `discount_not_found`, `invalid`, `version_mismatch`.
    """

    discount_id: str
    account_id: str
    on: date | None = None


class DiscountGranted(Event, frozen=True, kw_only=True):
    """Periods that end after `starts_on` are invoiced with this discount, as long as its terms say."""

    discount_id: str
    account_id: str
    terms: DiscountTerms
    code: str
    starts_on: date
    note: str = ""
    coupon_id: str | None = None


class DiscountEnded(Event, frozen=True, kw_only=True):
    """Periods that begin on or after the day `on` are invoiced without it."""

    discount_id: str
    account_id: str
    on: date
    version: Count

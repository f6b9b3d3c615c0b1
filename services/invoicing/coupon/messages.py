"""Coupons: what a customer who has one is given, how often, and until when. Reference data, in partition 0.

    DefineCoupon("WELCOME", terms=DiscountTerms(name="Welcome", percent=Decimal(10), periods=3))   -> CouponDefined
    ChangeCoupon(...)      -> CouponChanged       its name, last day and limit; what it takes off stays
    RetireCoupon(...)      -> CouponRetired       nobody is given it any more; discounts that were given go on
    DeleteCoupon(...)      -> CouponDeleted       while nobody has redeemed it
    RedeemCoupon(..., account_id="acc-1", discount_id="d-1")   -> CouponRedeemed -> GrantDiscount to p(account)

Who redeems a coupon is decided here, one after the other, so that its limit holds however many ask at once.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from shared.kernel.bounds import Checked, Count
from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event, Message


class DiscountTerms(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """What a discount takes off: `percent` of the net, or an `amount` of it in one currency, for each billing period.

    It is taken of the lines of `plans` and of plans that sell one of the `services`, of all where none are named. It
    lasts for `periods` that were invoiced (1 is once), and for periods that begin before `until`; without either it
    lasts until it is ended. Documents print `name`.
    """

    name: str
    percent: Decimal | None = None
    amount: Decimal | None = None
    currency: Currency | None = None
    periods: Count | None = None
    until: date | None = None
    plans: tuple[str, ...] = ()
    services: tuple[str, ...] = ()

    @property
    def is_limited(self) -> bool:
        """Whether it is taken of some lines only."""
        return bool(self.plans or self.services)


class OfCoupon(Message, frozen=True, kw_only=True):
    """What is asked or said of a coupon."""

    KEY_FIELD = "coupon_id"
    REFERENCE: ClassVar[bool] = True

    coupon_id: str


class DefineCoupon(OfCoupon, Command, frozen=True, kw_only=True):
    """`redeem_by` is the last day on which it is redeemed, `max_redemptions` by how many accounts.

    Refused: `coupon_exists`.
    """

    terms: DiscountTerms
    redeem_by: date | None = None
    max_redemptions: Count | None = None


class ChangeCoupon(OfCoupon, Command, frozen=True, kw_only=True):
    """Say something else of a coupon. Discounts that were given keep what they were given as.

    Refused: `coupon_not_found`, `coupon_retired`, `version_mismatch`.
    """

    name: str
    redeem_by: date | None = None
    max_redemptions: Count | None = None


class RetireCoupon(OfCoupon, Command, frozen=True, kw_only=True):
    """Give it to nobody any more. Refused: `coupon_not_found`, `version_mismatch`."""


class DeleteCoupon(OfCoupon, Command, frozen=True, kw_only=True):
    """Take back a coupon that nobody has redeemed. Refused: `coupon_not_found`, `coupon_in_use`, `version_mismatch`."""


class RedeemCoupon(OfCoupon, Command, frozen=True, kw_only=True):
    """Give an account, which is billed in `currency` and lives in `time_zone`, the discount of a coupon.

    Refused: `coupon_not_found`, `coupon_retired`, `coupon_expired`, `coupon_used_up`, `coupon_redeemed`,
    `currency_mismatch`.
    """

    account_id: str
    discount_id: str
    currency: Currency
    time_zone: str
    starts_on: date | None = None


class CouponDefined(OfCoupon, Event, frozen=True, kw_only=True):
    """There is a coupon, version 1 of it."""

    terms: DiscountTerms
    redeem_by: date | None = None
    max_redemptions: Count | None = None


class CouponChanged(OfCoupon, Event, frozen=True, kw_only=True):
    """This is said of the coupon from now on."""

    version: Count
    name: str
    redeem_by: date | None = None
    max_redemptions: Count | None = None


class CouponRetired(OfCoupon, Event, frozen=True, kw_only=True):
    """Nobody is given it any more."""

    version: Count


class CouponDeleted(OfCoupon, Event, frozen=True, kw_only=True):
    """The coupon is gone; its id may be given again."""


class CouponRedeemed(OfCoupon, Event, frozen=True, kw_only=True):
    """An account is given the discount of the coupon: the `n`-th that is."""

    account_id: str
    discount_id: str
    n: Count
    terms: DiscountTerms
    starts_on: date

"""A coupon with how often it was redeemed, and by whom."""

from __future__ import annotations

from datetime import date

from services.invoicing.coupon.messages import DiscountTerms
from shared.kernel.decider import State


class Coupon(State, frozen=True, kw_only=True):
    """A coupon; `redeemed` counts the accounts that have it."""

    KEY_FIELD = "coupon_id"

    coupon_id: str
    terms: DiscountTerms
    redeem_by: date | None = None
    max_redemptions: int | None = None
    redeemed: int = 0
    retired: bool = False
    version: int = 1


class Redemption(State, frozen=True, kw_only=True):
    """That an account has redeemed a coupon, which it does once."""

    coupon_id: str
    account_id: str
    discount_id: str

    @property
    def key(self) -> str:
        return redemption_key(self.coupon_id, self.account_id)


def redemption_key(coupon_id: str, account_id: str) -> str:
    """Where `Redemption` finds what an account has of a coupon. No id has a slash."""
    return f"{coupon_id}/{account_id}"

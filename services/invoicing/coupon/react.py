"""CouponRedeemed -> GrantDiscount, in the partition of the account."""

from __future__ import annotations

from collections.abc import Iterable

from services.invoicing.coupon.messages import CouponRedeemed
from services.invoicing.discount.messages import GrantDiscount
from shared.kernel.decider import Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields

COUPON = "coupon"
"""Why an account has the discount of a coupon."""


def react(event: CouponRedeemed, envelope: Envelope, view: View) -> Iterable[Send]:
    yield Send(same_fields(GrantDiscount, event, code=COUPON), to="invoicing")

"""Coupons, in partition 0."""

from __future__ import annotations

from typing import Final

from services.invoicing.coupon import api, rows
from services.invoicing.coupon.decide import decide_change, decide_definition, decide_redemption, evolve_coupon
from services.invoicing.coupon.messages import CouponDefined
from services.invoicing.coupon.react import react
from services.invoicing.coupon.state import Coupon, Redemption
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_definition, decide_change, decide_redemption),
    folds=(evolve_coupon,),
    follows=(react,),
    states=(Coupon, Redemption),
    project=rows.TABLES.projection(rows.rows, anew=(CouponDefined,)),
    routers=(api.router,),
)

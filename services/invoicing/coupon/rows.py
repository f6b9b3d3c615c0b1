"""Coupons as rows: what they take off, and how many accounts have redeemed them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from services.invoicing.coupon.messages import (
    CouponChanged,
    CouponDefined,
    CouponDeleted,
    CouponRedeemed,
    CouponRetired,
)
from shared.engine.rows import Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, update, upsert


class CouponKey(Columns, frozen=True, kw_only=True):
    """Which row of `coupon_row`."""

    TABLE = "coupon_row"
    KEY = ("coupon_id",)

    coupon_id: str


class CouponRow(CouponKey, Row, frozen=True, kw_only=True):
    """A coupon; one that was deleted stays as such until its id is given again."""

    name: str
    terms: Jsonb
    redeem_by: date | None
    max_redemptions: int | None
    redeemed: int = 0
    version: int = 1
    defined_at: datetime
    retired_at: datetime | None = None
    deleted_at: datetime | None = None


class ChangedCoupon(CouponKey, Change, frozen=True, kw_only=True):
    name: str
    redeem_by: date | None
    max_redemptions: int | None
    version: int


class RetiredCoupon(CouponKey, Change, frozen=True, kw_only=True):
    retired_at: datetime
    version: int


class DeletedCoupon(CouponKey, Change, frozen=True, kw_only=True):
    deleted_at: datetime


class RedeemedCoupon(CouponKey, Change, frozen=True, kw_only=True):
    redeemed: int


TABLES: Final = Tables(
    upsert(CouponRow), update(ChangedCoupon), update(RetiredCoupon), update(DeletedCoupon), update(RedeemedCoupon)
)


Shown = CouponDefined | CouponChanged | CouponRetired | CouponDeleted | CouponRedeemed
"""The events that these rows are made of."""


def rows(applied: AppliedOf[Shown]) -> Iterator[Columns]:
    event, at = applied.event, applied.envelope.recorded_at
    match event:
        case CouponDefined():
            yield CouponRow.of(event, name=event.terms.name, terms=jsonb(event.terms), defined_at=at)
        case CouponChanged():
            yield ChangedCoupon.of(event)
        case CouponRetired():
            yield RetiredCoupon.of(event, retired_at=at)
        case CouponDeleted():
            yield DeletedCoupon.of(event, deleted_at=at)
        case CouponRedeemed():
            yield RedeemedCoupon.of(event, redeemed=event.n)

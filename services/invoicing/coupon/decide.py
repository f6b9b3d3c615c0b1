"""Coupons: each defined once, redeemed once by an account and by no more accounts than it says.

    WELCOME, at most 2      acc-1 redeems it     CouponRedeemed, n = 1
                            acc-1 once more      refused `coupon_redeemed`
                            acc-2 redeems it     CouponRedeemed, n = 2
                            acc-3                refused `coupon_used_up`

One that was redeemed stays redeemed, also when its discount has ended or its invoice is void.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

import msgspec

from services.invoicing.coupon.messages import (
    ChangeCoupon,
    CouponChanged,
    CouponDefined,
    CouponDeleted,
    CouponRedeemed,
    CouponRetired,
    DefineCoupon,
    DeleteCoupon,
    RedeemCoupon,
    RetireCoupon,
)
from services.invoicing.coupon.state import Coupon, Redemption, redemption_key
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection, absent
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_definition(command: DefineCoupon, view: View, context: Context) -> Sequence[Event]:
    if view.get(Coupon, command.coupon_id) is not None:
        detail = f"there is a coupon {command.coupon_id}; choose another id"
        raise Rejection("coupon_exists", detail, pointer="/id", status=409)
    return [same_fields(CouponDefined, command)]


def decide_change(command: ChangeCoupon | RetireCoupon | DeleteCoupon, view: View, context: Context) -> Sequence[Event]:
    coupon = view.get(Coupon, command.coupon_id)
    if coupon is None:
        raise absent("coupon", command.coupon_id)
    context.check_version(coupon.version)
    match command:
        case ChangeCoupon():
            _check_not_retired(coupon, None)
            return [same_fields(CouponChanged, command, version=coupon.version + 1)]
        case RetireCoupon():
            return [] if coupon.retired else [same_fields(CouponRetired, command, version=coupon.version + 1)]
        case DeleteCoupon():
            _check_unused(coupon)
            return [same_fields(CouponDeleted, command)]
        case _ as never:
            assert_never(never)


def decide_redemption(command: RedeemCoupon, view: View, context: Context) -> Sequence[Event]:
    """Raises `Rejection`; see `RedeemCoupon`."""
    coupon = view.get(Coupon, command.coupon_id)
    if coupon is None:
        raise absent("coupon", command.coupon_id, pointer="/coupon")
    held = view.get(Redemption, redemption_key(command.coupon_id, command.account_id))
    if held is not None and held.discount_id == command.discount_id:
        return []
    today = local_date(context.now, command.time_zone)
    _check_not_retired(coupon, "/coupon")
    if coupon.redeem_by is not None and coupon.redeem_by < today:
        raise _refused(coupon, f"was to be redeemed by {coupon.redeem_by}", code="coupon_expired")
    if held is not None:
        raise _refused(coupon, f"is the account's discount {held.discount_id} already", code="coupon_redeemed")
    if coupon.max_redemptions is not None and coupon.redeemed >= coupon.max_redemptions:
        raise _refused(coupon, f"was redeemed by {coupon.redeemed} accounts, and by no more", code="coupon_used_up")
    if coupon.terms.currency not in (None, command.currency):
        detail = f"coupon {coupon.coupon_id} is in {coupon.terms.currency}, the account in {command.currency}"
        raise Rejection("currency_mismatch", detail, pointer="/coupon")
    starts_on = command.starts_on or today
    return [
        same_fields(CouponRedeemed, command, n=coupon.redeemed + 1, terms=coupon.terms, starts_on=starts_on),
    ]


def evolve_coupon(
    event: CouponDefined | CouponChanged | CouponRetired | CouponDeleted | CouponRedeemed,
    envelope: Envelope,
    view: View,
) -> Iterable[State | Gone]:
    match event:
        case CouponDefined():
            yield same_fields(Coupon, event)
        case CouponDeleted():
            yield Gone(Coupon, event.coupon_id)
        case CouponChanged():
            coupon = _known(event.coupon_id, view)
            terms = msgspec.structs.replace(coupon.terms, name=event.name)
            changed = {name: getattr(event, name) for name in ("redeem_by", "max_redemptions", "version")}
            yield msgspec.structs.replace(coupon, terms=terms, **changed)
        case CouponRetired():
            yield msgspec.structs.replace(_known(event.coupon_id, view), retired=True, version=event.version)
        case CouponRedeemed():
            yield msgspec.structs.replace(_known(event.coupon_id, view), redeemed=event.n)
            yield same_fields(Redemption, event)
        case _ as never:
            assert_never(never)


def _known(coupon_id: str, view: View) -> Coupon:
    coupon = view.get(Coupon, coupon_id)
    if coupon is None:
        raise NeverBegan(f"coupon {coupon_id} was never defined")
    return coupon


def _check_not_retired(coupon: Coupon, pointer: str | None) -> None:
    if coupon.retired:
        detail = f"coupon {coupon.coupon_id} is retired; define another one"
        raise Rejection("coupon_retired", detail, pointer=pointer, status=409)


def _check_unused(coupon: Coupon) -> None:
    if coupon.redeemed:
        detail = f"{coupon.redeemed} accounts have redeemed coupon {coupon.coupon_id}; retire it instead"
        raise Rejection("coupon_in_use", detail, status=409)


def _refused(coupon: Coupon, why: str, *, code: str) -> Rejection:
    return Rejection(code, f"coupon {coupon.coupon_id} {why}", pointer="/coupon", status=409)

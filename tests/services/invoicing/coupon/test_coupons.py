"""Coupons: redeemed once by an account, by no more accounts than they say, and not once they are retired."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from services.invoicing.coupon.messages import (
    ChangeCoupon,
    CouponChanged,
    CouponDeleted,
    CouponRedeemed,
    CouponRetired,
    DefineCoupon,
    DeleteCoupon,
    DiscountTerms,
    RedeemCoupon,
    RetireCoupon,
)
from services.invoicing.coupon.state import Coupon
from services.invoicing.discount.messages import GrantDiscount
from tests.kit.decider import Specification
from tests.services.invoicing.story import invoicing

TEN = DiscountTerms(name="Welcome", percent=Decimal(10), periods=3)
FIVE = DiscountTerms(name="Five off", amount=Decimal("5.00"), currency="EUR", periods=1)


def defined(terms: DiscountTerms = TEN, **limits: Any) -> Specification:
    return invoicing().when(DefineCoupon(coupon_id="WELCOME", terms=terms, **limits))


def redeem(account: str = "acc-1", discount: str = "d-1", **other: Any) -> RedeemCoupon:
    said: dict[str, Any] = {"coupon_id": "WELCOME", "currency": "EUR", "time_zone": "Europe/Paris"}
    return RedeemCoupon(account_id=account, discount_id=discount, **said | other)


def test_who_redeems_a_coupon_is_granted_its_discount_where_the_account_lives() -> None:
    story = defined().when(redeem())
    given = CouponRedeemed(
        coupon_id="WELCOME", account_id="acc-1", discount_id="d-1", n=1, terms=TEN, starts_on=date(2026, 10, 1)
    )
    assert given in story.events
    (send,) = story.sends
    assert send.message == GrantDiscount(
        discount_id="d-1",
        account_id="acc-1",
        terms=TEN,
        code="coupon",
        coupon_id="WELCOME",
        starts_on=date(2026, 10, 1),
    )
    story.when(redeem()).then_nothing()


def test_no_more_accounts_redeem_it_than_it_says() -> None:
    story = defined(max_redemptions=2)
    outcomes = []
    for n in range(1, 5):
        story.when(redeem(f"acc-{n}", f"d-{n}"))
        outcomes.append(any(isinstance(event, CouponRedeemed) for event in story.events))
    assert outcomes == [True, True, False, False]
    story.then_refused("coupon_used_up", pointer="/coupon")
    story.when(redeem("acc-1", "d-1")).then_nothing()
    story.when(ChangeCoupon(coupon_id="WELCOME", name="Welcome", max_redemptions=3))
    story.when(redeem("acc-4", "d-4"))
    assert story.get(Coupon, "WELCOME").redeemed == 3  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("limits", "command", "code"),
    [
        pytest.param({}, redeem(discount="d-2"), "coupon_redeemed", id="the same account again"),
        pytest.param({}, redeem("acc-2", coupon_id="OTHER"), "coupon_not_found", id="another coupon"),
        pytest.param({"terms": FIVE}, redeem("acc-2", currency="USD"), "currency_mismatch", id="another currency"),
    ],
)
def test_a_coupon_is_refused_with_the_reason(limits: dict[str, Any], command: RedeemCoupon, code: str) -> None:
    defined(**limits).when(redeem()).when(command).then_refused(code, pointer="/coupon")


def test_it_is_redeemed_until_the_end_of_its_last_day_where_the_account_lives() -> None:
    story = defined(redeem_by=date(2026, 10, 1))
    late_in_paris = datetime(2026, 10, 1, 22, 30, tzinfo=UTC)
    story.when(redeem(), now=late_in_paris).then_refused("coupon_expired", pointer="/coupon")
    story.when(redeem("acc-2", "d-2", time_zone="America/New_York"), now=late_in_paris)
    assert isinstance(story.events[0], CouponRedeemed)


def test_a_retired_coupon_is_given_to_nobody_and_changes_no_more() -> None:
    story = defined().when(RetireCoupon(coupon_id="WELCOME"))
    assert CouponRetired(coupon_id="WELCOME", version=2) in story.events
    story.when(RetireCoupon(coupon_id="WELCOME")).then_nothing()
    story.when(redeem()).then_refused("coupon_retired", pointer="/coupon")
    story.when(ChangeCoupon(coupon_id="WELCOME", name="x")).then_refused("coupon_retired")


def test_what_was_redeemed_is_retired_and_not_deleted() -> None:
    story = defined().when(redeem())
    story.when(DeleteCoupon(coupon_id="WELCOME")).then_refused("coupon_in_use")
    unused = defined().when(DeleteCoupon(coupon_id="WELCOME"))
    assert CouponDeleted(coupon_id="WELCOME") in unused.events
    unused.when(redeem()).then_refused("coupon_not_found")
    unused.when(DefineCoupon(coupon_id="WELCOME", terms=FIVE)).when(redeem())
    assert any(isinstance(event, CouponRedeemed) and event.terms == FIVE for event in unused.events)


def test_a_coupon_is_defined_once_and_its_name_changes() -> None:
    story = defined().when(DefineCoupon(coupon_id="WELCOME", terms=FIVE)).then_refused("coupon_exists", pointer="/id")
    story.when(ChangeCoupon(coupon_id="WELCOME", name="Hello"))
    assert CouponChanged(coupon_id="WELCOME", version=2, name="Hello") in story.events
    story.when(redeem())
    assert any(isinstance(event, CouponRedeemed) and event.terms.name == "Hello" for event in story.events)

"""Buckets at the close: which one pays for what, what rolls over, what expires (R18). Amounts are computed by hand."""

from __future__ import annotations

from datetime import date

from services.rating.allowance.state import AllowanceBalance
from services.rating.one_time_charge.messages import OneTimeChargeAdded
from tests.services.rating.allowance.story import (
    UNITS,
    Guide,
    allowance,
    charges,
    customer,
    fates,
    held,
    included,
    settled,
    top_up,
)
from tests.services.rating.world import TIERED, at, bill, close


def test_r18_included_units_come_off_before_tiers() -> None:
    """115 units, 100 included: 15 are priced, 10 × 1.50 and 5 × 1.00 = 20.00."""
    story = customer(allowance("100"), prices=(TIERED,))
    Guide(story).use(115, "2026-09-05")
    assert bill(close(story)) == [("usage", "2026-09-01", "2026-10-01", "115", "20.00")]
    (line,) = charges(story)
    assert [(step.tier, step.label, step.quantity, step.amount) for step in line.steps] == [
        ("included", "data@2026-09-01", "100", "0.00"),
        ("1", None, "10", "15.00"),
        ("2", None, "5", "5.00"),
    ]
    assert (line.records, line.covered_records) == (1, 0)


def test_r18_records_that_buckets_pay_for_are_covered() -> None:
    story = customer(allowance("100"))
    Guide(story).use(40, "2026-09-05")
    assert bill(close(story)) == [("usage", "2026-09-01", "2026-10-01", "40", "0.00")]
    (line,) = charges(story)
    assert (line.records, line.covered_records) == (1, 1)
    assert fates(settled(story)["sub-1"]) == {"data@2026-09-01": ("40", "0", "60")}


def test_r18_lower_priority_first_then_what_expires_first() -> None:
    """40 of night (priority 0), then of two with priority 1 the one that expires with the month, then the other."""
    story = customer(
        allowance("40", "night", priority=0),
        allowance("50", "long", priority=1, validity={"periods": 3}),
        allowance("50", "month", priority=1),
    )
    Guide(story).use(100, "2026-09-05")
    assert bill(close(story)) == [("usage", "2026-09-01", "2026-10-01", "100", "0.00")]
    assert included(charges(story)[0]) == {"night@2026-09-01": "40", "month@2026-09-01": "50", "long@2026-09-01": "10"}
    # 40 of long are still valid for October and November.
    assert held(settled(story)["sub-1"]) == {"long@2026-09-01": ("40", date(2026, 12, 1))}


def test_r18_rollover_with_a_limit_over_three_periods() -> None:
    """100 a month, what is left is valid for two more months, at most 120 of it in all.

    September uses 20: 80 left, 80 roll over (to the end of November).
    October uses 30. Its own expires on 1 November, before September's, so it pays: 70 are left, and there is room for
    120 − 80 = 40 of them (to the end of December). 30 expire.
    November uses 230: September's 80 and November's own 100, both until 1 December, then October's 40; 10 are priced.
    """
    story = customer(allowance("100", rollover=(2, "120")))
    usage = Guide(story)
    usage.use(20, "2026-09-05")
    assert bill(close(story)) == [("usage", "2026-09-01", "2026-10-01", "20", "0.00")]
    assert held(settled(story)["sub-1"]) == {"data@2026-09-01/rollover": ("80", date(2026, 12, 1))}

    usage.use(30, "2026-10-05")
    close(story)
    # October's own expires on 1 November, before what September left: it pays first.
    assert fates(settled(story)["sub-1"]) == {
        "data@2026-09-01/rollover": ("0", "0", "0"),
        "data@2026-10-01": ("30", "40", "30"),
    }
    assert held(settled(story)["sub-1"]) == {
        "data@2026-09-01/rollover": ("80", date(2026, 12, 1)),
        "data@2026-10-01/rollover": ("40", date(2027, 1, 1)),
    }

    usage.use(230, "2026-11-05")
    assert bill(close(story)) == [("usage", "2026-11-01", "2026-12-01", "230", "10.00")]
    assert included(charges(story)[0]) == {
        "data@2026-09-01/rollover": "80",
        "data@2026-11-01": "100",
        "data@2026-10-01/rollover": "40",
    }
    assert held(settled(story)["sub-1"]) == {}


def test_r18_what_has_rolled_over_does_not_roll_over_again() -> None:
    story = customer(allowance("100", rollover=1))
    close(story)
    assert held(settled(story)["sub-1"]) == {"data@2026-09-01/rollover": ("100", date(2026, 11, 1))}
    close(story)
    assert fates(settled(story)["sub-1"]) == {
        "data@2026-09-01/rollover": ("0", "0", "100"),
        "data@2026-10-01": ("0", "100", "0"),
    }


def test_r18_a_bucket_of_days_is_valid_for_the_periods_that_begin_before_it_expires() -> None:
    """45 days from 1 September reach into October: 60 left of it pay there, together with October's own."""
    story = customer(allowance("100", validity={"days": 45}))
    usage = Guide(story)
    usage.use(40, "2026-09-05")
    close(story)
    assert held(settled(story)["sub-1"]) == {"data@2026-09-01": ("60", date(2026, 10, 16))}
    usage.use(170, "2026-10-05")
    assert bill(close(story)) == [("usage", "2026-10-01", "2026-11-01", "170", "10.00")]
    assert held(settled(story)["sub-1"]) == {}


def test_r18_two_lines_share_a_pool_and_each_shows_its_part() -> None:
    """Each brings 100. sub-1 uses 150 and sub-2 uses 70: 20 are too many, and sub-2, served last, pays them."""
    story = customer(allowance("100", shared=True), subscriptions=("sub-1", "sub-2"))
    usage = Guide(story)
    usage.use(70, "2026-09-03", "sub-2")
    usage.use(150, "2026-09-05", "sub-1")
    close(story)
    first, second = charges(story)
    assert (first.subscription_id, str(first.amount), included(first)) == ("sub-1", "0.00", {"data@2026-09-01": "150"})
    assert (second.subscription_id, str(second.amount), included(second)) == (
        "sub-2",
        "20.00",
        {"data@2026-09-01": "50"},
    )


def test_r18_without_a_pool_lines_do_not_share() -> None:
    story = customer(allowance("100"), subscriptions=("sub-1", "sub-2"))
    Guide(story).use(150, "2026-09-05", "sub-1")
    assert bill(close(story)) == [("usage", "2026-09-01", "2026-10-01", "150", "50.00")]


def test_r18_a_top_up_lasts_until_it_expires_or_is_used_up() -> None:
    """100 and a top-up of 50 until 1 November: September uses 120, October 125: 100 + 30 − 5 are free of it."""
    story = customer(allowance("100"))
    usage = Guide(story)
    story.when(top_up("50", expires_on="2026-11-01"), now=at("2026-09-10 12:00"))
    usage.use(120, "2026-09-12")
    assert bill(close(story)) == [("usage", "2026-09-01", "2026-10-01", "120", "0.00")]
    assert held(settled(story)["sub-1"]) == {"more": ("30", date(2026, 11, 1))}
    usage.use(125, "2026-10-05")
    assert bill(close(story)) == [("usage", "2026-10-01", "2026-11-01", "125", "0.00")]
    assert fates(settled(story)["sub-1"]) == {"more": ("25", "0", "5"), "data@2026-10-01": ("100", "0", "0")}
    usage.use(101, "2026-11-05")
    assert bill(close(story)) == [("usage", "2026-11-01", "2026-12-01", "101", "1.00")]


def test_a_top_up_of_an_allowance_has_its_meter_and_priority() -> None:
    story = customer(allowance("100", priority=3))
    story.when(top_up("50", meter=None, allowance="data"), now=at("2026-09-10 12:00"))
    balance = story.get(AllowanceBalance, "sub-1")
    assert balance is not None and [(b.meter, b.priority) for b in balance.held] == [("data.octets", 3)]


def test_a_top_up_with_a_price_is_charged_once() -> None:
    story = customer(allowance("100"))
    story.when(top_up("50", price="4.90"), now=at("2026-09-10 12:00"))
    (charge,) = [event for event in story.events if isinstance(event, OneTimeChargeAdded)]
    assert (str(charge.amount), charge.item, charge.on) == ("4.90", "top_up", date(2026, 9, 10))
    assert bill(close(story)) == [("one_time", "2026-09-10", "2026-09-11", None, "4.90")]
    assert bill(close(story)) == []


def test_bad_top_ups_are_refused_at_the_field() -> None:
    story = customer(allowance("100"))
    now = at("2026-09-10 12:00")
    story.when(top_up("0"), now=now).then_refused("invalid", pointer="/quantity")
    story.when(top_up("1", expires_on="2026-09-10"), now=now).then_refused("invalid", pointer="/expires_on")
    story.when(top_up("1", price="1.001"), now=now).then_refused("too_many_decimals", pointer="/price/amount")
    story.when(top_up("1", price="1", currency="USD"), now=now).then_refused(
        "currency_mismatch", pointer="/price/currency"
    )
    story.when(top_up("1", meter=None, allowance="calls"), now=now).then_refused("invalid", pointer="/allowance")
    story.when(top_up("1", meter="voice.seconds"), now=now).then_refused("no_price", pointer="/meter")
    story.when(top_up("1"), now=now).when(top_up("1"), now=now).then_refused("top_up_exists", pointer="/id")


def test_r34_late_usage_takes_what_its_period_had_left_and_then_pays() -> None:
    """September: 100 granted, 40 used, 60 expired. 80 come late: 60 are included, 20 cost 20.00."""
    story = customer(allowance("100"))
    usage = Guide(story)
    usage.use(40, "2026-09-05")
    close(story)
    usage.use(80, "2026-09-06")
    assert bill(close(story)) == [("usage", "2026-09-01", "2026-10-01", "80", "20.00")]
    assert included(charges(story)[0]) == {"data@2026-09-01": "60"}
    usage.use(5, "2026-09-07")
    balance = story.get(AllowanceBalance, "sub-1")
    assert balance is not None and date(2026, 9, 1) in balance.past


def test_r34_late_usage_never_takes_what_has_rolled_over() -> None:
    """60 of 100 rolled over to October: late usage of September pays, and October still has 160."""
    story = customer(allowance("100", rollover=1))
    usage = Guide(story)
    usage.use(40, "2026-09-05")
    close(story)
    usage.use(10, "2026-09-06")
    usage.use(160, "2026-10-05")
    assert bill(close(story)) == [
        ("usage", "2026-09-01", "2026-10-01", "10", "10.00"),
        ("usage", "2026-10-01", "2026-11-01", "160", "0.00"),
    ]


def test_who_leaves_takes_no_bucket_along() -> None:
    story = customer(allowance("100", rollover=3), prices=(UNITS,))
    assert story.get(AllowanceBalance, "sub-1") is None
    close(story)
    balance = story.get(AllowanceBalance, "sub-1")
    assert balance is not None and [f"{bucket.left:f}" for bucket in balance.held] == ["100"]

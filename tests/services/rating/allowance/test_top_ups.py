"""Top-ups that are taken back: what is not used goes, with its share of the price (R8). Computed by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from services.rating.allowance.messages import CancelTopUp, TopUpCancelled
from services.rating.allowance.state import AllowanceBalance
from services.rating.one_time_charge.messages import OneTimeChargeAdded, OneTimeChargeCancelled
from tests.kit.decider import Specification
from tests.services.rating.allowance.story import (
    Guide,
    allowance,
    charges,
    customer,
    fates,
    included,
    settled,
    top_up,
)
from tests.services.rating.world import at, bill, close

BOUGHT, LATER = at("2026-09-10 12:00"), at("2026-09-15 12:00")


def cancel(**options: Any) -> CancelTopUp:
    given = {"top_up_id": "more", "subscription_id": "sub-1", "account_id": "acc-1", "reason": "Ordered twice"}
    return CancelTopUp(**{**given, **options})


def cancelled(story: Specification) -> tuple[str, str]:
    """How much of it goes, and what comes back."""
    (event,) = [event for event in story.events if isinstance(event, TopUpCancelled)]
    return f"{event.unused:f}", f"{event.credited:f}"


def bought(price: str | None = "4.90") -> Specification:
    """100 with the plan, 50 on top."""
    story = customer(allowance("100"))
    return story.when(top_up("50", price=price) if price else top_up("50"), now=BOUGHT)


def test_an_unused_top_up_that_is_not_billed_costs_nothing() -> None:
    story = bought().when(cancel(), now=LATER)
    assert cancelled(story) == ("50", "4.90")
    assert [type(event) for event in story.events] == [TopUpCancelled, OneTimeChargeCancelled]
    assert story.get(AllowanceBalance, "sub-1") is None
    Guide(story).use(110, "2026-09-20")
    assert bill(close(story)) == [("usage", "2026-09-01", "2026-10-01", "110", "10.00")]


def test_r8_a_part_used_top_up_gives_back_the_rest_and_pays_for_what_was_used() -> None:
    """120 used, 20 of them of the top-up: 30 of 50 come back, 4.90 × 30 ÷ 50 = 2.94. 7 more cost 7.00."""
    story = bought()
    usage = Guide(story)
    usage.use(120, "2026-09-12")
    story.when(cancel(), now=LATER)
    assert cancelled(story) == ("30", "2.94")
    usage.use(7, "2026-09-20")
    lines = bill(close(story))
    assert lines == [
        ("usage", "2026-09-01", "2026-10-01", "127", "7.00"),
        ("one_time", "2026-09-10", "2026-09-11", None, "4.90"),
        ("credit", "2026-09-15", "2026-09-16", None, "-2.94"),
    ]
    usage_line, paid, credit = charges(story)
    assert included(usage_line) == {"data@2026-09-01": "100", "more": "20"}
    assert (credit.credits, credit.item, credit.description) == (
        paid.charge_id,
        "top_up",
        "Top-up cancelled: Ordered twice",
    )
    assert fates(settled(story)["sub-1"])["more"] == ("20", "0", "0")


def test_r9_a_billed_top_up_comes_back_with_the_next_close_and_never_more_than_it_cost() -> None:
    story = bought()
    assert bill(close(story)) == [("one_time", "2026-09-10", "2026-09-11", None, "4.90")]
    story.when(cancel(), now=at("2026-10-15 12:00"))
    assert cancelled(story) == ("50", "4.90")
    assert bill(close(story)) == [("credit", "2026-10-15", "2026-10-16", None, "-4.90")]
    assert bill(close(story)) == []


def test_a_top_up_expires_now_where_nothing_is_to_be_credited() -> None:
    story = bought().when(cancel(credit=False), now=LATER)
    assert cancelled(story) == ("50", "0")
    assert not [event for event in story.events if isinstance(event, OneTimeChargeAdded | OneTimeChargeCancelled)]
    assert bill(close(story)) == [("one_time", "2026-09-10", "2026-09-11", None, "4.90")]


def test_a_free_top_up_gives_nothing_back() -> None:
    assert cancelled(bought(None).when(cancel(), now=LATER)) == ("50", "0")


def test_what_is_kept_for_usage_ends_with_the_period_even_where_usage_goes_away() -> None:
    story = bought()
    usage = Guide(story)
    usage.use(120, "2026-09-12")
    story.when(cancel(), now=LATER)
    usage.use(-15, "2026-09-12")
    close(story)
    assert fates(settled(story)["sub-1"])["more"] == ("5", "0", "15")
    assert not settled(story)["sub-1"].held


@pytest.mark.parametrize(
    ("used", "command", "code"),
    [
        (150, cancel(), "top_up_used_up"),
        (0, cancel(top_up_id="other"), "unknown_aggregate"),
        (0, cancel(subscription_id="sub-9"), "unknown_aggregate"),
    ],
)
def test_what_has_nothing_left_is_not_taken_back(used: int, command: CancelTopUp, code: str) -> None:
    story = bought()
    if used:
        Guide(story).use(used, "2026-09-12")
    story.when(command, now=LATER).then_refused(code)


def test_a_top_up_is_taken_back_once() -> None:
    story = bought()
    Guide(story).use(120, "2026-09-12")
    story.when(cancel(), now=LATER).when(cancel()).then_refused("top_up_used_up")
    bought().when(cancel(), now=LATER).when(cancel()).then_refused("unknown_aggregate")


def test_the_line_of_a_top_up_says_its_quantity_as_people_do() -> None:
    story = customer(allowance("100"))
    story.when(top_up("10000000000", price="4.90"), now=BOUGHT)
    (charge,) = [event for event in story.events if isinstance(event, OneTimeChargeAdded)]
    assert charge.description == "Top-up: 10 GB, Data volume"
    assert charge.amount == Decimal("4.90")

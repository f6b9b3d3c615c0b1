"""A rule tried on a month that has been: what would be left, when it would have throttled. Computed by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from services.rating.allowance.messages import Allowance, FairUseStep
from services.rating.buckets.trying import UsedOnDay, tried
from tests.services.rating.allowance.story import METER, allowance
from tests.services.rating.world import SEPTEMBER

DAYS = ((3, "40"), (14, "45"), (20, "30"))
USAGE = [UsedOnDay(date(2026, 9, day), METER, Decimal(quantity)) for day, quantity in DAYS]


def steps(*rule: Allowance) -> list[tuple[str, date | None]]:
    return [(one.step.at, one.on) for one in tried(rule, USAGE, SEPTEMBER).steps]


def test_r18_a_rule_says_on_which_day_it_would_have_throttled() -> None:
    """100 granted: 40 on the 3rd, 85 by the 14th, 115 by the 20th."""
    then = (FairUseStep(at="80%", profile="slow"), FairUseStep(at="100%", profile="slowest"))
    assert steps(allowance("100", then=then)) == [("80%", date(2026, 9, 14)), ("100%", date(2026, 9, 20))]
    assert steps(allowance("200", then=then)) == [("80%", None), ("100%", None)]


def test_r18_a_rule_says_what_would_be_left_and_what_priced() -> None:
    """115 used: 50 of night, then 65 of 100; 35 are left, of which 20 roll over."""
    found = tried([allowance("100", rollover=(1, "20"), priority=1), allowance("50", "night")], USAGE, SEPTEMBER)
    shown = [(one.allowance.id, f"{one.used:f}", f"{one.left:f}", f"{one.rolls_over:f}") for one in found.allowances]
    assert shown == [("data", "65", "35", "20"), ("night", "50", "0", "0")]
    assert (found.used, found.over) == ({METER: Decimal(115)}, {METER: Decimal(0)})
    assert tried([allowance("100")], USAGE, SEPTEMBER).over == {METER: Decimal(15)}


def test_a_month_without_usage_leaves_everything() -> None:
    found = tried([allowance("100")], [], SEPTEMBER)
    assert [f"{one.left:f}" for one in found.allowances] == ["100"]

"""Usage that comes late for a rerated period is settled at the corrected price, as all that was charged of it is."""

from __future__ import annotations

from decimal import Decimal

from services.rating.rerating.late_prices import CorrectedPrices, CorrectingRun
from services.rating.rerating.messages import ReratingTerms
from tests.services.rating.rerating.test_reratings import RIGHT, WRONG, book
from tests.services.rating.world import OCTOBER, SEPTEMBER, TIERED, priced, used


def test_r34_usage_that_comes_late_for_a_rerated_period_costs_the_corrected_price() -> None:
    """100.00 becomes 80.00; 500 more are 40.00 at 0.08, whether they came before the rerating or after."""
    story = book(WRONG).use(used(1000, "2026-09-05 10:00"))
    story.close()
    story.use(used(200, "2026-09-06 10:00"))
    assert story.differences(RIGHT) == [("2026-09-01", "-20.00")]
    story.use(used(300, "2026-09-07 10:00"))
    (late,) = [charge for charge in story.close() if charge.settles and charge.kind == "usage"]
    assert (str(late.amount), str(late.quantity)) == ("40.00", "500")
    assert story.in_all("2026-09-01") == Decimal("120.00")
    assert story.rerate(RIGHT) == []


def test_r16_late_usage_fills_the_tiers_of_the_rerated_price() -> None:
    """111 units are 10 × 1.50, 90 × 1.00 and 11 × 0.50; with 0.90 in the second tier 15.00 + 81.00 + 5.50."""
    first, second, third = TIERED["tiers"]
    cheaper = {**TIERED, "tiers": [first, {**second, "unit_price": "0.90"}, third]}  # type: ignore[dict-item]
    story = book(TIERED).use(used(95, "2026-09-05 10:00"))
    story.close()
    story.rerate(cheaper)
    story.use(used(16, "2026-09-06 10:00"))
    story.close()
    at_once = book(cheaper).use(used(111, "2026-09-05 10:00"))
    at_once.close()
    assert story.in_all("2026-09-01") == at_once.in_all("2026-09-01") == Decimal("101.50")


def test_a_dry_run_leaves_late_usage_at_the_published_price_until_it_is_confirmed() -> None:
    story = book(WRONG).use(used(1000, "2026-09-05 10:00"))
    story.close()
    story.rerate(RIGHT, dry_run=True)
    story.use(used(500, "2026-09-06 10:00"))
    (late,) = [charge for charge in story.close() if charge.settles]
    assert str(late.amount) == "50.00"


def test_late_usage_outside_the_months_and_accounts_of_a_run_keeps_its_price() -> None:
    story = book(WRONG).use(used(1000, "2026-09-05 10:00"))
    story.close()
    story.rerate(RIGHT, start="2026-10-01")
    story.use(used(500, "2026-09-06 10:00"))
    (late,) = [charge for charge in story.close() if charge.settles]
    assert str(late.amount) == "50.00"
    prices = CorrectedPrices(
        plan_id="fiber",
        runs=(
            CorrectingRun(
                rerating_id="rr-1",
                terms=ReratingTerms(
                    plan_id="fiber", version=1, prices=priced(RIGHT), start=SEPTEMBER.start, end=OCTOBER.end
                ),
                through="acc-2",
                named=("acc-1",),
                left_out=((("acc-1", "sub-2", 0), SEPTEMBER),),
            ),
        ),
    )
    found = [
        prices.price(1, account_id, subscription_id, 0, period) is not None
        for account_id, subscription_id, period in (
            ("acc-1", "sub-1", SEPTEMBER),
            ("acc-1", "sub-2", SEPTEMBER),
            ("acc-1", "sub-2", OCTOBER),
            ("acc-2", "sub-9", SEPTEMBER),
        )
    ]
    assert found == [True, False, True, False]

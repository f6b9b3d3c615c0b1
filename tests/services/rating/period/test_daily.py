"""A usage charge tells its days where they add up to what it counts, and costs the same where it does not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.rating.period.messages import ChargeFixed, ClosePeriod, DailyUsage
from services.rating.period.preload import preload_close
from services.rating.rated_usage.messages import UsageRated
from services.rating.rated_usage.state import DayOfUsage, UsageOfPeriod, of_period_key
from services.usage.record.messages import GuidedRecord
from shared.kernel.period import Period
from tests.kit.decider import Specification
from tests.services.rating.world import (
    FLAT,
    OCTETS,
    SEPTEMBER,
    account,
    at,
    close,
    cycle,
    guided,
    plan,
    rating,
    subscription,
    used,
)

COUNTED = {"model": "per_unit", "unit_price": "0.10", "meter": "calls"}


def charged(*records: GuidedRecord, table: bool = True, **options: Any) -> ChargeFixed:
    """The usage charge of September for those records, with the table as the batch before left it."""
    prices = options.pop("prices", (OCTETS,))
    story = rating(cycle(), *plan(*prices, **options), account(), subscription())
    story.when_event(guided(*records))
    if table:
        keep_days(story)
    close(story)
    return next(event for event in story.events if isinstance(event, ChargeFixed) and event.kind == "usage")


def keep_days(story: Specification) -> None:
    sums = [one for event in story.events if isinstance(event, UsageRated) for one in event.sums]
    days = [
        DayOfUsage(one.period_start, one.day, one.meter, one.plan, one.version, one.quantity, len(one.indexes))
        for one in sums
    ]
    key = of_period_key("sub-1", SEPTEMBER)
    story.state.keep({UsageOfPeriod: {key: UsageOfPeriod(name=key, days=days)}})


def test_a_charge_tells_each_day_from_the_first_to_the_last_with_usage() -> None:
    charge = charged(
        used("9.5", "2026-09-03 10:00"),
        used("0.25", "2026-09-03 22:00", index=1),
        used(11, "2026-09-06 10:00", index=2),
    )
    assert charge.daily == DailyUsage(first=date(2026, 9, 3), quantities=["9.75", "0", "0", "11"])


def test_where_records_are_counted_the_days_count_records() -> None:
    charge = charged(
        used(3, "2026-09-03 10:00", meter="calls"),
        used(5, "2026-09-04 10:00", meter="calls", index=1),
        used(7, "2026-09-04 11:00", meter="calls", index=2),
        prices=(COUNTED,),
        aggregations={"calls": "count"},
    )
    assert charge.daily == DailyUsage(first=date(2026, 9, 3), quantities=["1", "2"])


def test_a_maximum_is_of_no_day() -> None:
    charge = charged(used(3, "2026-09-03 10:00"), aggregations={"data.octets": "max"})
    assert charge.quantity == Decimal(3) and charge.daily is None


def test_usage_that_the_table_does_not_have_yet_is_charged_without_days() -> None:
    charge = charged(used(250, "2026-09-03 10:00"), table=False)
    assert (str(charge.amount), charge.daily) == ("2.50", None)


def test_a_flat_price_has_no_days() -> None:
    story = rating(cycle(), *plan(FLAT), account(), subscription())
    close(story)
    assert [event.daily for event in story.events if isinstance(event, ChargeFixed)] == [None, None]


@pytest.mark.parametrize(
    ("end", "asked"),
    [(date(2026, 11, 2), 1), (date(2026, 11, 3), 0)],
    ids=["62 days", "63 days"],
)
def test_a_period_of_more_than_two_months_is_not_asked_for_by_day(end: date, asked: int) -> None:
    period = Period(date(2026, 9, 1), end)
    command = ClosePeriod(account_id="acc-1", period=period, due_at=at("2026-11-04 00:00"), subscriptions=("sub-1",))
    assert [kind for kind, _ in preload_close(command)].count(UsageOfPeriod) == asked

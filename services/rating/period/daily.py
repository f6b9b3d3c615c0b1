"""The days of usage behind a charge, for the document to show. Pure.

daily_of(charge, september, view)     # DailyUsage(first=2026-09-03, quantities=["9000000", "0", "11000000"])

A charge tells its days where they add up to its quantity, which is where its price counts the sum (or the number) of
the records of one meter. A maximum or a percentile is of no day, and what came late is of another period. Days are read
from the table, which is of the batch before: usage that is rated in the batch of the close is in the sums alone. Then
the charge has no days; it never waits for them, since what it costs does not depend on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from services.rating.period.charging import Charge
from services.rating.period.messages import DAILY_MAX, DailyUsage
from services.rating.pricing import Price
from services.rating.pricing.engine.aggregation import COUNT
from services.rating.pricing.engine.lines import USAGE
from services.rating.pricing.engine.measuring import MeterMeasure, measures_of
from services.rating.rated_usage.state import DayOfUsage, UsageOfPeriod, of_period_key
from shared.kernel.decider import View
from shared.kernel.decimals import exact, format_decimal
from shared.kernel.money import micro_decimal
from shared.kernel.period import Period


def daily_of(charge: Charge, period: Period, view: View) -> DailyUsage | None:
    """`None` where nothing was used, or not in a way that days add up to it."""
    if charge.line.kind != USAGE or not charge.line.quantity or charge.settles is not None or not tells_days(period):
        return None
    measure = _summed(charge)
    found = view.get(UsageOfPeriod, of_period_key(charge.subscription_id, period)) if measure else None
    if measure is None or found is None:
        return None
    quantities = _by_day(found.days, charge, measure, period.start)
    with exact():
        agrees = sum(quantities.values(), Decimal(0)) == charge.line.quantity
    return _without_gaps(quantities) if agrees else None


def tells_days(period: Period) -> bool:
    """Whether all days of a period are few enough."""
    return (period.end - period.start).days <= DAILY_MAX


def _summed(charge: Charge) -> MeterMeasure | None:
    version = charge.plan.versions[charge.plan_version - 1]
    price = version.prices[charge.price_index]
    measures = measures_of(price, version.aggregation_of) if type(price) is Price else ()
    return measures[0] if len(measures) == 1 and measures[0].plain else None


def _by_day(days: Iterable[DayOfUsage], charge: Charge, measure: MeterMeasure, start: date) -> Mapping[date, Decimal]:
    which = (start, measure.meter, charge.plan.plan_id, charge.plan_version)
    return {
        day.day: Decimal(day.records) if measure.aggregation == COUNT else micro_decimal(day.quantity)
        for day in days
        if (day.period_start, day.meter, day.plan, day.version) == which
    }


def _without_gaps(quantities: Mapping[date, Decimal]) -> DailyUsage | None:
    used = [day for day, quantity in quantities.items() if quantity]
    if not used:
        return None
    first, days = min(used), (max(used) - min(used)).days + 1
    every = (quantities.get(first + timedelta(days=n), Decimal(0)) for n in range(days))
    return DailyUsage(first=first, quantities=[format_decimal(quantity) for quantity in every])

"""What was charged for days of service as such: a commitment, samples that are missing, a fee without usage.

    charged_for_days(account, sub_1, date(2026, 9, 10), [september], view)      # "fiber"

The late line of a closed period tells what usage costs more or less. Where the days themselves cost something, fewer of
them are no line of usage, and an end that is put there would not give back what was charged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import msgspec

from services.rating.account.state import Account
from services.rating.period.charging import plans_of, priced
from services.rating.period.flat_charges import UsageDays, usage_days
from services.rating.pricing.engine.contract import ZERO
from services.rating.pricing.engine.measuring import measures_of
from services.rating.pricing.engine.price import Price
from services.rating.pricing.engine.usage import price_measured
from services.rating.pricing_context import pricing_context
from services.rating.rated_usage.state import BilledUsage
from services.rating.recurring.calendar import cycle_of
from services.rating.subscription.state import Subscription
from services.rating.used import Used, billed_detail
from shared.kernel.decider import View
from shared.kernel.period import Period

_DAY: Final = timedelta(days=1)


def charged_for_days(
    account: Account, subscription: Subscription, end: date, periods: Sequence[Period], view: View
) -> str | None:
    """The first plan that charged for days which an end takes away from those closed periods."""
    plans = plans_of(subscription, view)
    after = msgspec.structs.replace(subscription, end=end)
    for period in periods:
        left = {(d.plan.plan_id, d.version.version): d.part for d in usage_days(after, plans, period)}
        used = _billed(subscription.subscription_id, period.start, view)
        for days, index in priced(subscription, plans, period):
            if days.part is None or not isinstance(days.version.prices[index], Price):
                continue
            part = left.get((days.plan.plan_id, days.version.version))
            now = part or period.overlap(Period(subscription.start, max(end, subscription.start + _DAY))) or period
            is_kept = _cost(account, days, index, used, now, view) == _cost(account, days, index, used, days.part, view)
            if not is_kept or (part is None and _cost(account, days, index, Used({}, {}), now, view)):
                return days.plan.plan_id
    return None


def _cost(account: Account, days: UsageDays, index: int, used: Used, part: Period, view: View) -> Decimal:
    price = days.version.prices[index]
    period = account.period_on(part.start)
    which = (period.start, days.plan.plan_id, days.version.version)
    lines = price_measured(
        price,
        tuple(used.measured(*which, measure) for measure in measures_of(price, days.version.aggregation_of)),
        context=replace(pricing_context(account, period, view), period=part),
        cycle=cycle_of(account.terms_of(period.start)),
    )
    return sum((line.amount for line in lines), ZERO)


def _billed(subscription_id: str, start: date, view: View) -> Used:
    known = view.get(BilledUsage, subscription_id)
    held = known.periods.get(start) if known else None
    return Used({start: held.billed if held else {}}, {start: billed_detail(subscription_id, start, view)})

"""Where and when usage of an account is priced: the one place that looks up what a price names by id."""

from __future__ import annotations

from services.rating.account.state import Account
from services.rating.holiday_calendar.lookup import holidays_of
from services.rating.pricing.engine.contract import PricingContext
from services.rating.rate_table.lookup import StoredRates
from shared.kernel.calendar import known_zone
from shared.kernel.decider import View
from shared.kernel.period import Period


def pricing_context(account: Account, period: Period, view: View) -> PricingContext:
    """The context of what is priced for an account in `period`. `view` is where stored tables are read."""
    rates = StoredRates(view, since=period.start)
    return PricingContext(
        currency=account.currency,
        period=period,
        time_zone=known_zone(account.terms.time_zone),
        holidays=holidays_of(view),
        rate_of=rates.rate_of,
        want_rates=rates.want_rates,
    )

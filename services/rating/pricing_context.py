"""Where and when usage of an account is priced: the one place that looks up what a price names by id."""

from __future__ import annotations

from services.rating.account.state import Account
from services.rating.pricing.engine.contract import PricingContext
from shared.kernel.calendar import known_zone
from shared.kernel.decider import View
from shared.kernel.period import Period


def pricing_context(account: Account, period: Period, view: View) -> PricingContext:
    """The context of what is priced for an account in `period`. `view` is where stored tables are read."""
    return PricingContext(currency=account.currency, period=period, time_zone=known_zone(account.terms.time_zone))

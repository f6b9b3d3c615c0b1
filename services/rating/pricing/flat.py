"""`flat`: a fixed amount for each period of time.

10.00 a month costs 10.00 for a whole month. For the last 14 of 31 days the share is 14 ÷ 31, rounded to 9 decimals:
10.00 × 0.451612903 = 4.51612903, on the bill 4.52 (R5, R6).

Which periods there are, what share a part of one is, and when it is billed are the business of the recurring engine
(services/rating/recurring/lines.py).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal

from services.rating.pricing.engine.contract import Example, RecurringModel, RecurringTerms, Step
from shared.kernel.money import PriceString


class FlatPrice(RecurringTerms):
    """`amount` for each whole period of `interval`."""

    model: Literal["flat"]
    amount: PriceString


def steps(parameters: FlatPrice, share: Decimal) -> tuple[Step, ...]:
    """One step: the share (0 to 1) of a period at the amount of a whole one."""
    return (Step("1", share, parameters.amount, parameters.amount * share),)


EXAMPLES: Final = (
    Example({"amount": "10.00"}, "1", "10"),
    Example({"amount": "10.00"}, "0.451612903", "4.51612903"),
    Example({"amount": "29.90", "interval": "quarter", "bill": "arrears"}, "0.5", "14.95"),
    Example({"amount": "29.90", "interval": {"days": 28}, "proration": "none"}, "0", "0"),
)

MODEL: Final = RecurringModel(FlatPrice, steps, EXAMPLES)

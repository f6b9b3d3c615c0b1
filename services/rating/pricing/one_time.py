"""`one_time`: an amount that is charged once, such as 49.00 for setting up a line.

It has no period and no share: it is due on the day the service starts, whatever part of a month that is.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, Literal

from services.rating.pricing.engine.contract import Example, PriceTerms, Problem, RecurringModel, Step, about_usage
from shared.kernel.money import PriceString


class OneTimePrice(PriceTerms):
    """`amount`, once."""

    model: Literal["one_time"]
    amount: PriceString

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        yield from about_usage(self)


def steps(parameters: OneTimePrice, share: Decimal) -> tuple[Step, ...]:
    """One step; the share is 1."""
    return (Step("1", share, parameters.amount, parameters.amount * share),)


EXAMPLES: Final = (
    Example({"amount": "49.00"}, "1", "49"),
    Example({"amount": "0"}, "1", "0"),
)

MODEL: Final = RecurringModel(OneTimePrice, steps, EXAMPLES, once=True)

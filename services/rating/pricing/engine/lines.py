"""Priced lines and quotes, and how they look on the wire.

A `Line` keeps its exact amount beside the rounded one, and the steps that explain it, which add up to the exact amount:

    per_unit 0.015 × 350 units      unrounded 5.25, amount 5.25, step: 350 at 0.015
    the same with a minimum of 6    unrounded 6.00, amount 6.00, steps: 350 at 0.015 = 5.25, minimum 0.75

Events and answers carry numbers as text without exponents (`line_body`, `step_body`): `str` of a small `Decimal` may
read "1E-9", which other languages do not all take for a decimal string.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from services.rating.pricing.engine.contract import ONE, ZERO, Step
from shared.kernel.currency import minor_units
from shared.kernel.decimals import exact, format_decimal
from shared.kernel.period import Period
from shared.kernel.rounding import SHARE_DECIMALS

USAGE: Final = "usage"
TRUE_UP: Final = "true_up"
RECURRING: Final = "recurring"
CREDIT: Final = "credit"
ONE_TIME: Final = "one_time"
RERATING: Final = "rerating"
OUTAGE: Final = "outage"

Moment = date | datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One priced line.

    `start` and `end` are dates, or UTC instants where a price is prorated by the second and cut within a day.
    `fraction` is the share of the whole period that a recurring line covers (1 for usage; a true-up's is its
    commitment's). A credit's fraction is positive, its amount negative.
    `price_index` is the place of the line's price among those priced together.
    """

    kind: str
    start: Moment
    end: Moment
    amount: Decimal
    unrounded: Decimal
    steps: tuple[Step, ...]
    fraction: Decimal = ONE
    quantity: Decimal | None = None
    meter: str | None = None
    price_index: int = 0

    @property
    def period(self) -> Period | None:
        """The line's days; `None` where it begins or ends within a day."""
        if isinstance(self.start, datetime) or isinstance(self.end, datetime):
            return None
        return Period(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Quote:
    """The lines of one pricing, all in `currency`."""

    currency: str
    lines: tuple[Line, ...]

    @property
    def amount(self) -> Decimal:
        """The sum of the rounded lines."""
        with exact():
            return sum((line.amount for line in self.lines), ZERO)

    @property
    def unrounded(self) -> Decimal:
        """The sum of the lines before rounding."""
        with exact():
            return sum((line.unrounded for line in self.lines), ZERO)


def quote_body(quote: Quote) -> dict[str, Any]:
    """The answer of `POST /v1/pricing/quotes`."""
    return {
        "amount": {
            "amount": format_decimal(quote.amount, decimals_min=_decimals(quote)),
            "currency": quote.currency,
        },
        "unrounded": format_decimal(quote.unrounded, decimals_min=SHARE_DECIMALS),
        "lines": [line_body(line, quote.currency) for line in quote.lines],
    }


def line_body(line: Line, currency: str) -> dict[str, Any]:
    """One line as the API shows it; `quantity` and `meter` only where the line has them."""
    body: dict[str, Any] = {
        "period": {"start": moment_text(line.start), "end": moment_text(line.end)},
        "kind": line.kind,
        "fraction": fraction_text(line.fraction),
        "amount": format_decimal(line.amount, decimals_min=max(minor_units(currency), _places(line.amount))),
        "unrounded": format_decimal(line.unrounded, decimals_min=SHARE_DECIMALS),
        "price_index": str(line.price_index),
        "steps": [step_body(step, currency) for step in line.steps],
    }
    if line.quantity is not None:
        body["quantity"] = format_decimal(line.quantity)
    if line.meter is not None:
        body["meter"] = line.meter
    return body


def step_body(step: Step, currency: str) -> dict[str, str]:
    """One step as the API and events show it; amounts are exact, with at least the currency's decimals."""
    body = {
        "tier": step.tier,
        "quantity": format_decimal(step.quantity),
        "unit_price": format_decimal(step.unit_price),
        "amount": format_decimal(step.amount, decimals_min=minor_units(currency)),
    }
    if step.unit_size is not None:
        body["unit_size"] = format_decimal(step.unit_size)
    if step.flat_fee:
        body["flat_fee"] = format_decimal(step.flat_fee, decimals_min=minor_units(currency))
    if step.label is not None:
        body["label"] = step.label
    if step.count is not None:
        body["count"] = str(step.count)
    return body


def fraction_text(fraction: Decimal) -> str:
    """ "1" for a whole period, else 9 decimals."""
    return "1" if fraction == ONE else format_decimal(fraction, decimals_min=SHARE_DECIMALS)


def moment_text(moment: Moment) -> str:
    """A date as `YYYY-MM-DD`, an instant as RFC 3339 in UTC."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return moment.isoformat()


def _decimals(quote: Quote) -> int:
    """Decimals that the sum is shown with: the currency's, or more where a line is rounded to more."""
    return max([minor_units(quote.currency), *(_places(line.amount) for line in quote.lines)])


def _places(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0

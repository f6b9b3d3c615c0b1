"""What a policy may say. Every refusal points at the field.

steps after 30 and 10 days          refused: /steps/1/after_days, later steps come later
5.005 EUR                           refused: /steps/0/fee/flat, EUR has 2 decimals
5.00 and no currency                refused: /currency, an amount has one
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from services.invoicing.late_fee_policy.messages import Fee, LateFeeTerms
from shared.kernel.currency import minor_units
from shared.kernel.errors import Rejection
from shared.kernel.rounding import HALF_UP, round_amount

STEPS_MAX: Final = 10
DAYS_MAX: Final = 3650
GRACE_MAX: Final = 365
PERCENT_MAX: Final = Decimal(100)
RATE_MAX: Final = Decimal(1000)

_OF_KIND: Final = {
    "flat": ("flat",),
    "percent": ("percent",),
    "greater_of": ("flat", "percent"),
    "daily_interest": ("annual_rate", "days_in_year"),
}


def check_terms(terms: LateFeeTerms) -> None:
    """Raises `Rejection`: `required`, `invalid`, `out_of_bounds`, `too_many_decimals`."""
    _check_steps(terms)
    _between("grace_days", terms.grace_days, 0, GRACE_MAX, "/grace_days")
    if terms.cap is not None and terms.cap_percent is not None:
        raise Rejection("invalid", "a cap is an amount or a percentage, not both", pointer="/cap")
    if terms.cap_percent is not None:
        _check_percent(terms.cap_percent, PERCENT_MAX, "/cap/percent")
    for pointer, amount in _amounts(terms):
        _check_amount(amount, terms.currency, pointer)


def _check_steps(terms: LateFeeTerms) -> None:
    if not 1 <= len(terms.steps) <= STEPS_MAX:
        raise Rejection("out_of_bounds", f"a policy has 1 to {STEPS_MAX} steps", pointer="/steps")
    before = 0
    for n, step in enumerate(terms.steps):
        at = f"/steps/{n}"
        _between("after_days", step.after_days, 1, DAYS_MAX, f"{at}/after_days")
        if step.after_days <= before:
            detail = f"steps are in the order of their days: {step.after_days} does not come after {before}"
            raise Rejection("invalid", detail, pointer=f"{at}/after_days")
        before = step.after_days
        _check_fee(step.fee, f"{at}/fee")


def _check_fee(fee: Fee, at: str) -> None:
    inside = f"{at}/{fee.kind}" if len(_OF_KIND[fee.kind]) > 1 else at
    for name in ("flat", "percent", "annual_rate", "days_in_year"):
        if (getattr(fee, name) is None) is (name in _OF_KIND[fee.kind]):
            raise Rejection("invalid", f"a fee of kind {fee.kind} has {' and '.join(_OF_KIND[fee.kind])}", pointer=at)
    if fee.percent is not None:
        _check_percent(fee.percent, PERCENT_MAX, f"{inside}/percent")
    if fee.annual_rate is not None:
        _check_percent(fee.annual_rate, RATE_MAX, f"{inside}/annual_rate")


def _amounts(terms: LateFeeTerms) -> Iterator[tuple[str, Decimal]]:
    for n, step in enumerate(terms.steps):
        if step.fee.flat is not None:
            yield f"/steps/{n}/fee/{'greater_of/' if step.fee.kind == 'greater_of' else ''}flat", step.fee.flat
    if terms.minimum_overdue is not None:
        yield "/minimum_overdue", terms.minimum_overdue
    if terms.cap is not None:
        yield "/cap/amount", terms.cap


def _check_amount(amount: Decimal, currency: str | None, pointer: str) -> None:
    if currency is None:
        raise Rejection("required", f"{amount} is an amount of a currency; say which", pointer="/currency")
    if amount <= 0:
        raise Rejection("out_of_bounds", f"an amount here is above 0, not {amount}", pointer=pointer)
    if round_amount(amount, HALF_UP, currency) != amount:
        detail = f"{currency} has {minor_units(currency)} decimals, {amount} has more"
        raise Rejection("too_many_decimals", detail, pointer=pointer)


def _check_percent(percent: Decimal, most: Decimal, pointer: str) -> None:
    if not 0 < percent <= most:
        raise Rejection(
            "out_of_bounds", f"give a percentage above 0 and at most {most}, not {percent}", pointer=pointer
        )


def _between(name: str, number: int, least: int, most: int, pointer: str) -> None:
    if not least <= number <= most:
        raise Rejection("out_of_bounds", f"{name} is {least} to {most}, not {number}", pointer=pointer)

"""A late-fee policy as people write it, and as it is shown: a fee has one of its forms, a cap likewise.

{"name": "Standard", "currency": "EUR", "grace_days": 3, "cap": {"percent": "10"}, "steps": [
    {"after_days": 1, "fee": {"flat": "5.00"}},
    {"after_days": 30, "fee": {"daily_interest": {"annual_rate": "9", "days_in_year": "365"}}}]}
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, StrictBool, StrictInt

from services.invoicing.late_fee_policy.checking import DAYS_MAX, GRACE_MAX, STEPS_MAX
from services.invoicing.late_fee_policy.messages import DaysInYear, Fee, LateFeeStep, LateFeeTerms
from shared.kernel.bodies import Body, PrintableText
from shared.kernel.decimals import format_decimal
from shared.kernel.errors import Rejection
from shared.kernel.money import CurrencyCode, PriceString, format_amount


class GreaterOfBody(Body):
    """Whichever is more."""

    flat: PriceString
    percent: PriceString


class DailyInterestBody(Body):
    """Interest by day: overdue amount × `annual_rate` percent ÷ `days_in_year`."""

    annual_rate: PriceString
    days_in_year: DaysInYear = "365"


class FeeBody(Body):
    """One of these."""

    flat: PriceString | None = None
    percent: PriceString | None = None
    greater_of: GreaterOfBody | None = None
    daily_interest: DailyInterestBody | None = None

    def to_fee(self, at: str) -> Fee:
        """Raises `Rejection` unless exactly one form is given."""
        given = [name for name in FeeBody.model_fields if getattr(self, name) is not None]
        if len(given) != 1:
            detail = f"a fee has exactly one of {', '.join(FeeBody.model_fields)}, not {len(given)}"
            raise Rejection("required" if not given else "invalid", detail, pointer=at)
        if self.greater_of is not None:
            return Fee(kind="greater_of", flat=self.greater_of.flat, percent=self.greater_of.percent)
        if (interest := self.daily_interest) is not None:
            rate, days = interest.annual_rate, interest.days_in_year
            return Fee(kind="daily_interest", annual_rate=rate, days_in_year=days)
        return Fee(kind="flat" if self.flat is not None else "percent", flat=self.flat, percent=self.percent)


class StepBody(Body):
    """The step begins with the day that is `after_days` after the due date and the days of grace."""

    after_days: Annotated[StrictInt, Field(ge=1, le=DAYS_MAX)]
    fee: FeeBody


class CapBody(Body):
    """The most that all fees of an invoice come to: an amount, or a percentage of the invoice's total."""

    amount: PriceString | None = None
    percent: PriceString | None = None


class LateFeePolicyChange(Body):
    """What a policy says, all of it."""

    name: Annotated[PrintableText, Field(min_length=1, max_length=200)]
    steps: Annotated[list[StepBody], Field(min_length=1, max_length=STEPS_MAX)]
    currency: CurrencyCode | None = None
    grace_days: Annotated[StrictInt, Field(ge=0, le=GRACE_MAX)] = 0
    minimum_overdue: PriceString | None = None
    cap: CapBody | None = None
    tax_class: Annotated[str, Field(strict=True, pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")] | None = None
    fee_on_fees: StrictBool = False

    def terms(self) -> LateFeeTerms:
        """Raises `Rejection`."""
        if self.cap is not None and self.cap.amount is None and self.cap.percent is None:
            raise Rejection("required", "a cap has an amount or a percent", pointer="/cap")
        return LateFeeTerms(
            name=self.name,
            steps=tuple(
                LateFeeStep(after_days=step.after_days, fee=step.fee.to_fee(f"/steps/{n}/fee"))
                for n, step in enumerate(self.steps)
            ),
            currency=self.currency,
            grace_days=self.grace_days,
            minimum_overdue=self.minimum_overdue,
            cap=self.cap.amount if self.cap else None,
            cap_percent=self.cap.percent if self.cap else None,
            tax_class=self.tax_class,
            fee_on_fees=self.fee_on_fees,
        )


def shown(terms: LateFeeTerms) -> dict[str, Any]:
    """The terms as `LateFeePolicyChange` would be sent."""
    currency = terms.currency
    cap = {"amount": _amount(terms.cap, currency), "percent": _number(terms.cap_percent)}
    given = {name: value for name, value in cap.items() if value is not None}
    return {
        "name": terms.name,
        "currency": currency,
        "grace_days": terms.grace_days,
        "minimum_overdue": _amount(terms.minimum_overdue, currency),
        "cap": given or None,
        "tax_class": terms.tax_class,
        "fee_on_fees": terms.fee_on_fees,
        "steps": [{"after_days": step.after_days, "fee": shown_fee(step.fee, currency)} for step in terms.steps],
    }


def shown_fee(fee: Fee, currency: str | None) -> dict[str, Any]:
    """A fee as `FeeBody` would be sent."""
    flat, percent = _amount(fee.flat, currency), _number(fee.percent)
    match fee.kind:
        case "flat":
            return {"flat": flat}
        case "percent":
            return {"percent": percent}
        case "greater_of":
            return {"greater_of": {"flat": flat, "percent": percent}}
        case "daily_interest":
            days = fee.days_in_year or "365"
            return {"daily_interest": {"annual_rate": _number(fee.annual_rate), "days_in_year": days}}


def _amount(amount: Decimal | None, currency: str | None) -> str | None:
    return None if amount is None else format_amount(amount, currency) if currency else format_decimal(amount)


def _number(number: Decimal | None) -> str | None:
    return None if number is None else format_decimal(number)

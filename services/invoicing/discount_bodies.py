"""What a discount takes off and how long, as bodies say it and answers show it: coupons and discounts alike.

{"discount": {"percent": "10"}, "duration": {"periods": 3}}
{"discount": {"amount": {"amount": "5.00", "currency": "EUR"}}, "duration": "once", "applies_to": {"plans": ["home"]}}
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, Self

import msgspec
from pydantic import BaseModel, BeforeValidator, Field, StrictInt, model_validator

from services.invoicing.coupon.messages import DiscountTerms
from shared.http.money import money
from shared.kernel.bodies import BillingDate, Body, IdText
from shared.kernel.currency import minor_units
from shared.kernel.decimals import format_decimal
from shared.kernel.errors import Rejection
from shared.kernel.money import MoneyBody, PriceString
from shared.kernel.rounding import HALF_UP, round_amount

PERIODS_MAX: Final = 1_200
PLANS_MAX: Final = 100
ONCE: Final = 1


class DiscountValue(Body):
    """Either a percentage of the net or an amount for each billing period."""

    percent: PriceString | None = None
    amount: MoneyBody | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.percent is None) == (self.amount is None):
            raise ValueError("give either percent or amount")
        return self


class PeriodsBody(Body):
    """So many billing periods that are invoiced."""

    periods: Annotated[StrictInt, Field(ge=1, le=PERIODS_MAX)]


class UntilBody(Body):
    """Periods that begin before this day."""

    until: BillingDate


class AppliesTo(Body):
    """The plans whose lines it is taken of, and the services: of lines of a plan that sells one of them."""

    plans: Annotated[list[IdText], Field(max_length=PLANS_MAX)] = []
    services: Annotated[list[IdText], Field(max_length=PLANS_MAX)] = []

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.plans and not self.services:
            raise ValueError("name plans or services, or leave applies_to out: then it is taken of all lines")
        return self


def _one_form(value: Any) -> Any:
    """The form that was meant: else what is wrong with one is told together with why it is none of the others."""
    match value:
        case Mapping() if "until" in value:
            return UntilBody.model_validate(value)
        case Mapping() if "periods" in value:
            return PeriodsBody.model_validate(value)
        case "once" | "forever" | PeriodsBody() | UntilBody():
            return value
        case _:
            raise ValueError('give "once", "forever", {"periods": 3} or {"until": "2027-01-01"}')


Duration = Annotated[Literal["once", "forever"] | PeriodsBody | UntilBody, BeforeValidator(_one_form)]


class TermsBody(Body):
    """What is taken off, how long, and of which lines; of all where nothing is said."""

    discount: DiscountValue
    duration: Duration
    applies_to: AppliesTo | None = None

    def terms(self, name: str) -> DiscountTerms:
        """Raises `Rejection` for a percentage or an amount that takes nothing, or too much."""
        amount = _checked(self.discount)
        return DiscountTerms(
            name=name,
            percent=self.discount.percent,
            amount=amount,
            currency=None if self.discount.amount is None else self.discount.amount.currency,
            periods=ONCE if self.duration == "once" else getattr(self.duration, "periods", None),
            until=getattr(self.duration, "until", None),
            plans=tuple(dict.fromkeys(self.applies_to.plans)) if self.applies_to else (),
            services=tuple(dict.fromkeys(self.applies_to.services)) if self.applies_to else (),
        )


class ValueShape(BaseModel):
    percent: str | None
    amount: MoneyBody | None


class PeriodsShape(BaseModel):
    periods: int


class UntilShape(BaseModel):
    until: date


class AppliesToShape(BaseModel):
    plans: list[str]
    services: list[str]


class TermsShape(BaseModel):
    """What a discount takes off; `applies_to` of none is all lines."""

    discount: ValueShape
    duration: Literal["once", "forever"] | PeriodsShape | UntilShape
    applies_to: AppliesToShape | None


def terms_shape(stored: str) -> dict[str, Any]:
    """The column `terms` as `TermsShape`."""
    terms = msgspec.json.decode(stored, type=DiscountTerms)
    amount = None if terms.amount is None else money(terms.amount, terms.currency or "XXX")
    percent = None if terms.percent is None else format_decimal(terms.percent)
    return {
        "discount": {"percent": percent, "amount": amount},
        "duration": _duration(terms),
        "applies_to": {"plans": list(terms.plans), "services": list(terms.services)} if terms.is_limited else None,
    }


def _duration(terms: DiscountTerms) -> str | Mapping[str, Any]:
    if terms.until is not None:
        return {"until": terms.until}
    if terms.periods is None:
        return "forever"
    return "once" if terms.periods == ONCE else {"periods": terms.periods}


def _checked(value: DiscountValue) -> Decimal | None:
    if value.percent is not None and not 0 < value.percent <= 100:
        detail = f"a discount is above 0 and at most 100 percent, not {value.percent}"
        raise Rejection("out_of_bounds", detail, pointer="/discount/percent")
    if value.amount is None:
        return None
    amount, currency = value.amount.amount, value.amount.currency
    if amount <= 0:
        detail = f"a discount is above zero, not {amount}"
        raise Rejection("amount_not_positive", detail, pointer="/discount/amount/amount")
    rounded = round_amount(amount, HALF_UP, currency)
    if rounded != amount:
        detail = f"{currency} has {minor_units(currency)} decimals, {amount} has more"
        raise Rejection("too_many_decimals", detail, pointer="/discount/amount/amount")
    return rounded

"""Bodies of requests about plans, and what they say in the words of messages."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import Field, StrictBool, StrictInt, WithJsonSchema, model_validator

from services.rating.buckets.bodies import AllowanceBodies
from services.rating.fields import Body, NameText, VersionNumber
from services.rating.plan.messages import NO_TERMS, PlanTerms
from services.rating.plan.prices import PRICES_MAX
from services.rating.subscription.messages import ContractTerm
from shared.http.schemas import named
from shared.kernel.bodies import BillingDate, IdText, PrintableText
from shared.kernel.errors import Rejection
from shared.kernel.money import CurrencyCode, PriceString

Prices = Annotated[
    list[Any],
    Field(min_length=1, max_length=PRICES_MAX),
    WithJsonSchema({"type": "array", "minItems": 1, "maxItems": PRICES_MAX, "items": named("Price")}),
]
CodeText = Annotated[PrintableText, Field(min_length=1, max_length=64)]
DescriptionText = Annotated[PrintableText, Field(max_length=2000)]


class EarlyTerminationBody(Body):
    """What leaving before the end costs: a percentage of the recurring prices that are left, or an amount."""

    percent: PriceString | None = None
    amount: PriceString | None = None

    @model_validator(mode="after")
    def _either(self) -> Self:
        if (self.percent is None) == (self.amount is None):
            raise ValueError("a fee is a percentage or an amount")
        if self.percent is not None and self.percent > 100:
            raise ValueError(f"at most 100 percent of what is left can be charged, not {self.percent}")
        return self


class TermBody(Body):
    """How long a subscription binds that names no term of its own; amounts in the plan's currency."""

    months: Annotated[StrictInt, Field(ge=1, le=120)]
    notice_days: Annotated[StrictInt, Field(ge=0, le=366)] = 30
    early_termination: EarlyTerminationBody | None = None

    def term(self) -> ContractTerm:
        fee = self.early_termination
        return ContractTerm(
            months=self.months,
            notice_days=self.notice_days,
            percent=fee.percent if fee else None,
            amount=fee.amount if fee else None,
        )


class TermsBody(Body):
    """What a version says beside its name and prices; all optional. `service_id` is one of `/v1/services`.

    `prices_include_tax`: its amounts are what the customer pays, tax included; else tax comes on top.
    """

    code: CodeText | None = None
    description: DescriptionText | None = None
    service_id: IdText | None = None
    bandwidth_profile_id: IdText | None = None
    add_on: StrictBool = False
    term: TermBody | None = None
    allowances: AllowanceBodies = []
    prices_include_tax: StrictBool = False

    def terms(self, *, kept: PlanTerms = NO_TERMS) -> PlanTerms:
        """The terms as said; what the body does not name is as in `kept`."""
        said = {name: getattr(self, name) for name in PlanTerms.__struct_fields__ if name in self.model_fields_set}
        if self.term is not None:
            said["term"] = self.term.term()
        if "allowances" in said:
            said["allowances"] = tuple(allowance.terms() for allowance in self.allowances)
        return PlanTerms(**{name: getattr(kept, name) for name in PlanTerms.__struct_fields__} | said)


class PlanBody(TermsBody):
    """A plan; its prices are version 1, a draft."""

    id: IdText | None = None
    name: NameText
    currency: CurrencyCode
    prices: Prices


class VersionBody(TermsBody):
    """The next version of a plan, a draft. What it does not name is as in the version before; its currency stays."""

    name: NameText | None = None
    currency: CurrencyCode | None = None
    prices: Prices

    def check_currency(self, plan_id: str, currency: str) -> None:
        """Raises `currency_mismatch`."""
        if self.currency not in (None, currency):
            detail = f"{plan_id} is in {currency} for good, not {self.currency}; draft another plan"
            raise Rejection("currency_mismatch", detail, pointer="/currency")


class DraftBody(VersionBody):
    """All that a draft says from now on: terms that it does not name are gone. Without `name` it keeps its own."""


class PublicationBody(Body):
    """From `effective_from` on, a date in the time zone of each account, the version prices what happens.

    With `revision` only while the draft is at that one (412).
    """

    effective_from: BillingDate
    revision: VersionNumber | None = None


class RetirementBody(Body):
    """The first day on which no subscription begins; today (UTC) without one."""

    on: BillingDate | None = None


class CloneBody(Body):
    """A new plan with the prices and terms of a version, of the latest without `version`: a draft."""

    id: IdText | None = None
    name: NameText
    version: VersionNumber | None = None

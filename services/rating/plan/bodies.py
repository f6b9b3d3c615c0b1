"""Bodies of requests about plans, and what they say in the words of messages."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import Field, StrictBool, StrictInt, WithJsonSchema, model_validator

from services.rating.fields import Body, NameText
from services.rating.plan.messages import NO_TERMS, ContractTerm, PlanTerms, SetupFee
from services.rating.plan.prices import PRICES_MAX
from services.rating.pricing.engine.contract import Slug
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


class TermBody(Body):
    """A minimum term; leaving before its end costs `leaving_amount` + `leaving_percent` % of what flat prices remain.

    The amount is in the plan's currency.
    """

    months: Annotated[StrictInt, Field(ge=1, le=120)]
    notice_days: Annotated[StrictInt, Field(ge=0, le=366)] = 0
    leaving_percent: Annotated[PriceString, WithJsonSchema({"type": "string", "format": "decimal"})] | None = None
    leaving_amount: PriceString | None = None

    @model_validator(mode="after")
    def _at_most_all(self) -> Self:
        if self.leaving_percent is not None and self.leaving_percent > 100:
            raise ValueError(f"leaving_percent is 0 to 100, not {self.leaving_percent}")
        return self


class SetupBody(Body):
    """A fee for setting up, once for each subscription, in the plan's currency."""

    amount: PriceString
    description: Annotated[PrintableText, Field(max_length=200)] = ""
    tax_class: Slug | None = None


class TermsBody(Body):
    """What a version says beside its name and prices; all optional. `service_id` is one of `/v1/services`."""

    code: CodeText | None = None
    description: DescriptionText | None = None
    service_id: IdText | None = None
    bandwidth_profile_id: IdText | None = None
    add_on: StrictBool = False
    term: TermBody | None = None
    setup: SetupBody | None = None

    def terms(self, *, kept: PlanTerms = NO_TERMS) -> PlanTerms:
        """The terms as said; what the body does not name is as in `kept`."""
        said = {name: getattr(self, name) for name in PlanTerms.__struct_fields__ if name in self.model_fields_set}
        if said.get("term") is not None:
            said["term"] = ContractTerm(**self.term.model_dump(exclude_none=True)) if self.term else None
        if said.get("setup") is not None:
            said["setup"] = SetupFee(**self.setup.model_dump(exclude_none=True)) if self.setup else None
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
    revision: Annotated[StrictInt, Field(ge=1)] | None = None


class RetirementBody(Body):
    """The first day on which no subscription begins; today (UTC) without one."""

    on: BillingDate | None = None


class CloneBody(Body):
    """A new plan with the prices and terms of a version, of the latest without `version`: a draft."""

    id: IdText | None = None
    name: NameText
    version: Annotated[StrictInt, Field(ge=1)] | None = None

"""A discount of a service is taken of the lines of plans that sell it, as rating said when they were drafted (R41)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest
from pydantic import ValidationError

from services.invoicing.coupon.messages import DiscountTerms
from services.invoicing.discount.messages import GrantDiscount
from services.invoicing.discount_bodies import TermsBody, terms_shape
from services.invoicing.discounting import take
from services.invoicing.invoice.messages import InvoiceDrafted
from services.invoicing.plan_service.messages import PlanServiceKnown
from services.invoicing.plan_service.state import PlanServices
from services.rating.plan.messages import PlanDrafted, PlanDraftEdited, PlanTerms
from shared.kernel.wire import write
from tests.services.invoicing.discount.test_discounting import START, THREE, nets, percent
from tests.services.invoicing.story import ACCOUNT, SEPTEMBER, charge, closed, invoicing, opened, tell

SOLD = {
    "home": PlanServices(plan_id="home", services={1: "internet", 2: "voice"}),
    "tv": PlanServices(plan_id="tv", services={1: "iptv"}),
}


def drafted(plan: str, service: str | None, version: int = 1) -> PlanDrafted:
    terms = PlanTerms(service_id=service)
    return PlanDrafted(plan_id=plan, version=version, name=plan, currency="EUR", prices=[], terms=terms)


@pytest.mark.parametrize(
    ("plans", "services", "left"),
    [
        ((), ("iptv",), ["10.00", "10.00", "9.00"]),
        ((), ("internet",), ["9.00", "9.00", "10.00"]),
        (("home",), ("iptv",), ["9.00", "9.00", "9.00"]),
        ((), ("voice",), ["10.00", "10.00", "10.00"]),
        ((), (), ["9.00", "9.00", "9.00"]),
    ],
    ids=["a service", "another", "a plan and a service", "of another version", "all lines"],
)
def test_it_is_taken_of_the_lines_of_its_services_r41(
    plans: tuple[str, ...], services: tuple[str, ...], left: list[str]
) -> None:
    ten = percent("10")
    ten = msgspec.structs.replace(ten, terms=msgspec.structs.replace(ten.terms, plans=plans, services=services))
    found = take(THREE, [ten], invoice_id="i-1", period=SEPTEMBER, currency="EUR", sold=SOLD)
    assert nets(found) == left


def test_what_rating_says_of_a_plan_is_known_once_and_a_draft_may_change_its_mind() -> None:
    story = tell(invoicing(), drafted("home", "internet"))
    assert story.events == [PlanServiceKnown(plan_id="home", version=1, service_id="internet")]
    assert tell(story, drafted("home", "internet")).events == []
    edit: dict[str, Any] = {"plan_id": "home", "version": 1, "name": "home", "prices": []}
    tell(story, PlanDraftEdited(revision=2, terms=PlanTerms(service_id="voice"), **edit))
    assert (known := story.get(PlanServices, "home")) is not None and known.services == {1: "voice"}
    tell(story, PlanDraftEdited(revision=3, terms=PlanTerms(), **edit))
    assert (known := story.get(PlanServices, "home")) is not None and known.services == {}
    assert tell(story, drafted("other", None)).events == []


def test_an_account_with_a_discount_of_a_service_is_given_it_on_its_draft() -> None:
    story = tell(invoicing(), drafted("fibre", "internet"), opened())
    terms = DiscountTerms(name="Internet", percent=Decimal(10), services=("internet",))
    story.when(GrantDiscount(account_id=ACCOUNT, discount_id="d-1", terms=terms, code="goodwill", starts_on=START))
    tell(story, charge(1, "10.00"), closed(1, "10.00"))
    [draft] = [event for event in story.events if isinstance(event, InvoiceDrafted)]
    assert (draft.net, draft.allowances[0].lines) == (Decimal("9.00"), [1])


def test_a_body_names_plans_or_services_and_is_shown_as_it_was_sent() -> None:
    said = {"discount": {"percent": "10"}, "duration": "forever"}
    limited = TermsBody.model_validate(said | {"applies_to": {"services": ["internet", "internet"]}}).terms("x")
    assert terms_shape(write(limited).decode())["applies_to"] == {"plans": [], "services": ["internet"]}
    with pytest.raises(ValidationError, match="name plans or services"):
        TermsBody.model_validate(said | {"applies_to": {}})

"""The catalogue of services, and that what plans sell can't be deleted."""

from __future__ import annotations

from typing import Any

from services.rating.plan.messages import DraftPlan, DraftPlanVersion, EditPlanVersion, PlanTerms
from services.rating.service_offering.messages import (
    ChangeServiceOffering,
    DefineServiceOffering,
    DeleteServiceOffering,
    ServiceOfferingChanged,
    ServiceOfferingDefined,
    ServiceOfferingDeleted,
    ServiceTerms,
)
from services.rating.service_offering.state import ServiceOffering
from shared.kernel.outcome import CommandRejected
from tests.kit.decider import Specification
from tests.services.rating.world import FLAT, priced, rating

INTERNET = ServiceTerms(name="Internet", kind="internet", meters=("data.octets",))
DEFINED = ServiceOfferingDefined(service_id="internet", terms=INTERNET)
DELETE = DeleteServiceOffering(service_id="internet")


def sells(service_id: str | None, plan_id: str = "fiber") -> DraftPlan:
    terms = PlanTerms(service_id=service_id)
    return DraftPlan(plan_id=plan_id, name="Fiber", currency="EUR", prices=priced(FLAT), terms=terms)


def refusal(story: Specification) -> tuple[Any, ...]:
    (rejection,) = [event for event in story.events if isinstance(event, CommandRejected)]
    return rejection.code, rejection.status, rejection.detail


def test_a_service_is_defined_once_changed_by_version_and_deleted() -> None:
    story = rating().when(DefineServiceOffering(service_id="internet", terms=INTERNET)).then(DEFINED)
    story.when(DefineServiceOffering(service_id="internet", terms=INTERNET)).then_refused(
        "service_exists", pointer="/id"
    )
    story.when(ChangeServiceOffering(service_id="internet", terms=INTERNET)).then_nothing()
    other = ServiceTerms(name="Internet", kind="internet", tax_class="reduced")
    story.when(ChangeServiceOffering(service_id="internet", terms=other), expected_version=1)
    story.then(ServiceOfferingChanged(service_id="internet", version=2, terms=other))
    story.when(ChangeServiceOffering(service_id="internet", terms=INTERNET), expected_version=1)
    story.then_refused("version_mismatch")
    story.when(DELETE).then(ServiceOfferingDeleted(service_id="internet"))
    story.when(DELETE).then_refused("service_not_found")
    story.when(DefineServiceOffering(service_id="internet", terms=INTERNET)).then(DEFINED)


def test_a_service_that_plans_sell_is_not_deleted_and_they_are_named() -> None:
    story = rating(DEFINED)
    for number in range(7):
        story.when(sells("internet", f"plan-{number}"))
    code, status, detail = refusal(story.when(DELETE))
    assert (code, status) == ("service_in_use", 409)
    assert "plan-0, plan-1, plan-2, plan-3, plan-4 and 2 more" in detail


def test_a_service_is_free_once_no_version_of_a_plan_sells_it() -> None:
    story = rating(DEFINED).when(sells("internet"))
    story.when(EditPlanVersion(plan_id="fiber", version=1, prices=priced(FLAT)))
    story.when(DELETE).then(ServiceOfferingDeleted(service_id="internet"))


def test_a_version_that_sells_another_service_does_not_free_the_one_before() -> None:
    tv = ServiceOfferingDefined(service_id="tv", terms=ServiceTerms(name="TV", kind="tv"))
    story = rating(DEFINED, tv).when(sells("internet"))
    story.when(DraftPlanVersion(plan_id="fiber", prices=priced(FLAT), terms=PlanTerms(service_id="tv")))
    story.when(DELETE).then_refused("service_in_use")
    sold = [story.get(ServiceOffering, service_id) for service_id in ("internet", "tv")]
    assert [known.plans if known else None for known in sold] == [("fiber",), ("fiber",)]

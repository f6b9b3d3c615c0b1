"""The catalogue of services: what is defined once, changed by version, and deleted only while nobody sells it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from services.rating.catalogue_item import Catalogue
from services.rating.plan.messages import PlanDrafted, PlanDraftEdited
from services.rating.service_offering.messages import (
    ChangeServiceOffering,
    DefineServiceOffering,
    DeleteServiceOffering,
    ServiceOfferingChanged,
    ServiceOfferingDefined,
    ServiceOfferingDeleted,
)
from services.rating.service_offering.state import ServiceOffering
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event

SERVICES: Final = Catalogue(
    name="service",
    code="service_exists",
    item=ServiceOffering,
    named="services",
    define=DefineServiceOffering,
    delete=DeleteServiceOffering,
    defined=ServiceOfferingDefined,
    changed=ServiceOfferingChanged,
    deleted=ServiceOfferingDeleted,
)


def decide_service_offering(
    command: DefineServiceOffering | ChangeServiceOffering | DeleteServiceOffering, view: View, context: Context
) -> Sequence[Event]:
    return SERVICES.decide(command, view, context)


def evolve_service_offering(
    event: ServiceOfferingDefined | ServiceOfferingChanged | ServiceOfferingDeleted, envelope: Envelope, view: View
) -> list[State | Gone]:
    return SERVICES.evolve(event, view)


def evolve_sold_services(event: PlanDrafted | PlanDraftEdited, envelope: Envelope, view: View) -> list[State]:
    """The services that a draft begins to sell, or no version of its plan sells any more."""
    return SERVICES.evolve_named(event, view)

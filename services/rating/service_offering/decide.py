"""The catalogue of services: what is defined once, changed by version, and deleted only while nobody sells it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

import msgspec

from services.rating.plan.messages import PlanDrafted, PlanDraftEdited
from services.rating.plan.state import Plan, with_draft
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
from shared.kernel.errors import NeverBegan, Rejection, absent, in_use

ServiceOfferingCommand = DefineServiceOffering | ChangeServiceOffering | DeleteServiceOffering
ServiceOfferingEvent = ServiceOfferingDefined | ServiceOfferingChanged | ServiceOfferingDeleted


def decide_service_offering(
    command: ServiceOfferingCommand, view: View, context: Context
) -> Sequence[ServiceOfferingEvent]:
    known = view.get(ServiceOffering, command.service_id)
    if isinstance(command, DefineServiceOffering):
        if known is not None:
            detail = f"{command.service_id} exists already; choose another id, or change it"
            raise Rejection("service_exists", detail, pointer="/id", status=409)
        return [ServiceOfferingDefined(service_id=command.service_id, terms=command.terms)]
    if known is None:
        raise absent("service", command.service_id)
    context.check_version(known.version)
    match command:
        case ChangeServiceOffering():
            if command.terms == known.terms:
                return []
            version = known.version + 1
            return [ServiceOfferingChanged(service_id=known.service_id, version=version, terms=command.terms)]
        case DeleteServiceOffering():
            if known.plans:
                raise in_use("service", known.service_id, "plan", known.plans)
            return [ServiceOfferingDeleted(service_id=known.service_id)]
        case _:
            assert_never(command)


def evolve_service_offering(event: ServiceOfferingEvent, envelope: Envelope, view: View) -> list[State | Gone]:
    match event:
        case ServiceOfferingDefined():
            return [ServiceOffering(service_id=event.service_id, terms=event.terms)]
        case ServiceOfferingChanged():
            known = _known(event.service_id, view)
            return [msgspec.structs.replace(known, version=event.version, terms=event.terms)]
        case ServiceOfferingDeleted():
            return [Gone(ServiceOffering, event.service_id)]
        case _:
            assert_never(event)


def evolve_sold_services(event: PlanDrafted | PlanDraftEdited, envelope: Envelope, view: View) -> list[State]:
    """The services that a draft begins to sell, or no version of its plan sells any more."""
    plan = view.get(Plan, event.plan_id)
    before = plan.services if plan else frozenset()
    after = with_draft(plan, event).services
    changed: list[State] = []
    for service_id in sorted(before ^ after):
        known = _known(service_id, view)
        plans = {*known.plans, event.plan_id} if service_id in after else {*known.plans} - {event.plan_id}
        changed.append(msgspec.structs.replace(known, plans=tuple(sorted(plans))))
    return changed


def _known(service_id: str, view: View) -> ServiceOffering:
    known = view.get(ServiceOffering, service_id)
    if known is None:
        raise NeverBegan(f"the service {service_id} was never defined")
    return known

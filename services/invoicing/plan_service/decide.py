"""What rating says of a plan's service is noted where it is new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from services.invoicing.plan_service.messages import NotePlanService, PlanServiceKnown
from services.invoicing.plan_service.state import PlanServices
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_service(command: NotePlanService, view: View, context: Context) -> Sequence[Event]:
    known = view.get(PlanServices, command.plan_id)
    before = known.services.get(command.version) if known else None
    return [] if before == command.service_id else [same_fields(PlanServiceKnown, command)]


def evolve_service(event: PlanServiceKnown, envelope: Envelope, view: View) -> Iterable[State]:
    known = view.get(PlanServices, event.plan_id)
    services = dict(known.services) if known else {}
    services.pop(event.version, None)
    if event.service_id is not None:
        services[event.version] = event.service_id
    yield PlanServices(plan_id=event.plan_id, services=services)

"""A plan that rating drafts, or edits as a draft, says which service it sells."""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.plan_service.messages import NotePlanService
from services.rating.plan.messages import PlanDrafted, PlanDraftEdited
from shared.kernel.decider import Do, View
from shared.kernel.envelope import Envelope


def react(event: PlanDrafted | PlanDraftEdited, envelope: Envelope, view: View) -> Iterator[Do]:
    service_id = None if event.terms is None else event.terms.service_id
    yield Do(NotePlanService(plan_id=event.plan_id, version=event.version, service_id=service_id))

"""Which service the versions of plans sell, as rating says: what a discount of a service is taken of.

PlanDrafted, PlanDraftEdited (rating)  -> NotePlanService -> PlanServiceKnown("home", version=2, service_id="internet")

Reference data: it lives in partition 0.
"""

from __future__ import annotations

from shared.kernel.bounds import Count
from shared.kernel.message import Command, Event, Message


class OfPlanService(Message, frozen=True, kw_only=True):
    """Which version of which plan, and its service; none for `None`."""

    KEY_FIELD = "plan_id"
    REFERENCE = True

    plan_id: str
    version: Count
    service_id: str | None = None


class NotePlanService(OfPlanService, Command, frozen=True, kw_only=True):
    """Rating has said so. Decided in place."""


class PlanServiceKnown(OfPlanService, Event, frozen=True, kw_only=True):
    """The version of the plan sells this service; a draft may yet say another."""

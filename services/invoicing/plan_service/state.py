"""The services that the versions of a plan sell."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import ClassVar

from shared.kernel.decider import Home, State, View


class PlanServices(State, frozen=True, kw_only=True):
    """`services` by version of the plan; one that is not there sells none that is named."""

    KEY_FIELD = "plan_id"
    HOME: ClassVar[Home] = Home.REFERENCE

    plan_id: str
    services: dict[int, str] = {}


def services_of(plans: Collection[str], view: View) -> Mapping[str, PlanServices]:
    """Those of the plans that sell a service, in one question."""
    return view.get_many(PlanServices, sorted(plan for plan in plans if plan)) if plans else {}

"""What plans name, whatever it costs: services and bandwidth profiles, in partition 0.

    defined once   ->   changed by version   ->   deleted, but only while no version of a plan names it

SERVICES = Catalogue(name="service", code="service_exists", item=ServiceOffering, named="services", ...)
SERVICES.decide(command, view, context)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import msgspec

from services.rating.plan.messages import PlanDrafted, PlanDraftEdited
from services.rating.plan.state import Plan, with_draft
from shared.kernel.decider import Context, Gone, Home, State, View
from shared.kernel.errors import NeverBegan, Rejection, absent, in_use
from shared.kernel.message import Command, Event
from shared.kernel.same_fields import same_fields


class CatalogueItem(State, frozen=True, kw_only=True):
    """`plans` are those any version of which names it, in order of their ids."""

    HOME: ClassVar[Home] = Home.REFERENCE

    version: int = 1
    plans: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Items of one kind. `code` refuses one that is there; `named` is what a plan says which of them it names by."""

    name: str
    code: str
    item: type[CatalogueItem]
    named: str
    define: type[Command]
    delete: type[Command]
    defined: type[Event]
    changed: type[Event]
    deleted: type[Event]

    def decide(self, command: Any, view: View, context: Context) -> Sequence[Event]:
        """Refused: `code`, `<name>_not_found`, `<name>_in_use`, `version_mismatch`."""
        known: Any = view.get(self.item, command.key)
        if isinstance(command, self.define):
            if known is not None:
                detail = f"{command.key} exists already; choose another id, or change it"
                raise Rejection(self.code, detail, pointer="/id", status=409)
            return [same_fields(self.defined, command)]
        if known is None:
            raise absent(self.name, command.key)
        context.check_version(known.version)
        if isinstance(command, self.delete):
            if known.plans:
                raise in_use(self.name, command.key, "plan", known.plans)
            return [same_fields(self.deleted, command)]
        if command.terms == known.terms:
            return []
        return [same_fields(self.changed, command, version=known.version + 1)]

    def evolve(self, event: Any, view: View) -> list[State | Gone]:
        if isinstance(event, self.deleted):
            return [Gone(self.item, event.key)]
        if isinstance(event, self.defined):
            return [same_fields(self.item, event)]
        return [msgspec.structs.replace(self._known(event.key, view), version=event.version, terms=event.terms)]

    def evolve_named(self, event: PlanDrafted | PlanDraftEdited, view: View) -> list[State]:
        """The items that a draft begins to name, or no version of its plan names any more."""
        plan = view.get(Plan, event.plan_id)
        before = getattr(plan, self.named) if plan else frozenset()
        after = getattr(with_draft(plan, event), self.named)
        changed: list[State] = []
        for key in sorted(before ^ after):
            known = self._known(key, view)
            plans = {*known.plans, event.plan_id} if key in after else {*known.plans} - {event.plan_id}
            changed.append(msgspec.structs.replace(known, plans=tuple(sorted(plans))))
        return changed

    def _known(self, key: str, view: View) -> CatalogueItem:
        known = view.get(self.item, key)
        if known is None:
            raise NeverBegan(f"the {self.name.replace('_', ' ')} {key} was never defined")
        return known

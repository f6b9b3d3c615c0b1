"""Plans in versions that never change once they are published.

A plan starts as a draft. Publishing a version puts it in force from a date, and the one before it ends there:

    DraftPlan("fiber")          -> version 1, draft
    PublishPlanVersion(1, 2026-01-01)
    DraftPlanVersion            -> version 2, draft
    EditPlanVersion(2)          -> version 2, draft, revision 2
    PublishPlanVersion(2, 2026-10-01)   version 1 prices September, version 2 October
    UnpublishPlanVersion(2)     before October has begun anywhere: version 2 is a draft again

Retiring a plan ends its sale and nothing else: whoever has it keeps it, and gets its later versions.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, assert_never

import msgspec

from services.rating.bandwidth_profile.state import BandwidthProfile
from services.rating.meter.state import aggregation_of, hidden_of
from services.rating.plan.allowances import check_allowances, check_summed
from services.rating.plan.messages import (
    NO_TERMS,
    ClonePlan,
    DraftPlan,
    DraftPlanVersion,
    EditPlanVersion,
    PlanDrafted,
    PlanDraftEdited,
    PlanReactivated,
    PlanRetired,
    PlanTerms,
    PlanVersionPublished,
    PlanVersionRetired,
    PlanVersionUnpublished,
    PublishPlanVersion,
    ReactivatePlan,
    RetirePlan,
    RetirePlanVersion,
    UnpublishPlanVersion,
)
from services.rating.plan.prices import check_measures, check_prices, check_readable
from services.rating.plan.state import Plan, PlanVersion, with_draft
from services.rating.plan.stored import check_stored
from services.rating.pricing import Price
from services.rating.pricing.engine.aggregation import SUM
from services.rating.pricing.engine.measuring import measures_of
from services.rating.pricing.engine.price import UnreadablePrice
from services.rating.service_offering.state import ServiceOffering
from shared.kernel.currency import check_currency, minor_units
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection, absent
from shared.kernel.rounding import HALF_UP, round_amount

PlanCommand = (
    DraftPlan
    | DraftPlanVersion
    | EditPlanVersion
    | PublishPlanVersion
    | UnpublishPlanVersion
    | RetirePlan
    | RetirePlanVersion
    | ReactivatePlan
    | ClonePlan
)
VersionEvent = PlanVersionPublished | PlanVersionUnpublished | PlanVersionRetired
PlanEvent = PlanDrafted | PlanDraftEdited | VersionEvent | PlanRetired | PlanReactivated

# The day begins so long before UTC's where it begins first (Pacific/Kiritimati).
EARLIEST_ZONE: Final = timedelta(hours=14)


def decide_plan(command: PlanCommand, view: View, context: Context) -> Sequence[PlanEvent]:
    match command:
        case DraftPlan():
            return _draft(command, view)
        case DraftPlanVersion():
            return _draft_version(command, view, context)
        case EditPlanVersion():
            return _edit(command, view, context)
        case PublishPlanVersion():
            return _publish(command, view, context)
        case UnpublishPlanVersion():
            return _unpublish(command, view, context)
        case RetirePlan():
            return _retire(command, view, context)
        case RetirePlanVersion():
            return _retire_version(command, view, context)
        case ReactivatePlan():
            return _reactivate(command, view, context)
        case ClonePlan():
            return _clone(command, view)
        case _:
            assert_never(command)


def evolve_plan(event: PlanEvent, envelope: Envelope, view: View) -> list[State]:
    plan = view.get(Plan, event.plan_id)
    if isinstance(event, PlanDrafted | PlanDraftEdited):
        return [with_draft(plan, event)]
    if plan is None:
        raise NeverBegan(f"{event.plan_id} was never drafted")
    if isinstance(event, VersionEvent) and not 1 <= event.version <= plan.latest:
        return []  # of no version that the plan has
    match event:
        case PlanVersionPublished():
            return [_with(plan, _in_force(plan.versions[event.version - 1], event))]
        case PlanVersionUnpublished():
            return [_with(plan, _draft_again(plan.versions[event.version - 1]))]
        case PlanVersionRetired():
            retired = msgspec.structs.replace(plan.versions[event.version - 1], retired_on=event.on)
            return [_with(plan, retired)]
        case PlanRetired():
            return [msgspec.structs.replace(plan, retired_on=event.on)]
        case PlanReactivated():
            return [msgspec.structs.replace(plan, retired_on=None)]
        case _:
            assert_never(event)


def _draft(command: DraftPlan, view: View) -> list[PlanDrafted]:
    _check_new(command.plan_id, view)
    check_currency(command.currency)
    check_prices(command.prices, command.currency)
    _check_terms(command.terms, command.currency, view)
    _check_included(command.terms, command.prices, view)
    return [
        PlanDrafted(
            plan_id=command.plan_id,
            version=1,
            name=command.name,
            currency=command.currency,
            prices=list(command.prices),
            terms=_said(command.terms),
        )
    ]


def _draft_version(command: DraftPlanVersion, view: View, context: Context) -> list[PlanDrafted]:
    plan = _known_plan(command.plan_id, view)
    context.check_version(plan.latest)
    check_prices(command.prices, plan.currency)
    _check_terms(command.terms, plan.currency, view)
    _check_included(command.terms or plan.versions[-1].terms, command.prices, view)
    return [
        PlanDrafted(
            plan_id=plan.plan_id,
            version=plan.latest + 1,
            name=command.name or plan.name,
            currency=plan.currency,
            prices=list(command.prices),
            terms=_said(command.terms or plan.versions[-1].terms),
        )
    ]


def _edit(command: EditPlanVersion, view: View, context: Context) -> list[PlanDraftEdited]:
    plan = _known_plan(command.plan_id, view)
    draft = _known_version(plan, command.version)
    if draft.effective_from is not None:
        raise _is_published(draft)
    context.check_version(draft.revision)
    check_prices(command.prices, plan.currency)
    _check_terms(command.terms, plan.currency, view)
    _check_included(command.terms, command.prices, view)
    name, terms = command.name or plan.name_of(draft.version), _said(command.terms)
    said = name, tuple(price.to_wire() for price in command.prices), terms or NO_TERMS
    if said == (plan.name_of(draft.version), tuple(price.to_wire() for price in draft.prices), draft.terms):
        return []
    return [
        PlanDraftEdited(
            plan_id=plan.plan_id,
            version=draft.version,
            revision=draft.revision + 1,
            name=name,
            prices=list(command.prices),
            terms=terms,
        )
    ]


def _clone(command: ClonePlan, view: View) -> list[PlanDrafted]:
    source = _known_plan(command.source_id, view)
    version = _known_version(source, command.version or source.latest)
    _check_new(command.plan_id, view)
    check_prices(version.prices, source.currency)
    return [
        PlanDrafted(
            plan_id=command.plan_id,
            version=1,
            name=command.name,
            currency=source.currency,
            prices=list(version.prices),
            terms=_said(version.terms),
            cloned_from=f"{source.plan_id}/{version.version}",
        )
    ]


def _publish(command: PublishPlanVersion, view: View, context: Context) -> list[PlanVersionPublished]:
    """The first published version may take effect on any day, since nobody can have subscribed before it."""
    plan = _known_plan(command.plan_id, view)
    context.check_version(plan.latest)
    draft = _known_version(plan, command.version)
    if draft.effective_from is not None:
        raise _is_published(draft)
    if command.revision is not None and command.revision != draft.revision:
        detail = f"the draft is at revision {draft.revision}, not {command.revision}; read it again"
        raise Rejection("version_mismatch", detail, pointer="/revision", status=412)
    _check_effective_from(command, plan, context)
    check_measures(draft.prices, lambda meter_id: aggregation_of(meter_id, view))
    check_readable(draft.prices, lambda meter_id: aggregation_of(meter_id, view), lambda meter: hidden_of(meter, view))
    check_summed(draft.allowances, lambda meter_id: aggregation_of(meter_id, view))
    check_stored(draft.prices, plan.currency, view)
    known = {meter: aggregation_of(meter, view) for meter in draft.meters}
    service = view.get(ServiceOffering, draft.terms.service_id) if draft.terms.service_id else None
    return [
        PlanVersionPublished(
            plan_id=plan.plan_id,
            version=command.version,
            effective_from=command.effective_from,
            aggregations={meter: aggregation for meter, aggregation in known.items() if aggregation != SUM},
            tax_class=service.terms.tax_class if service else None,
        )
    ]


def _check_effective_from(command: PublishPlanVersion, plan: Plan, context: Context) -> None:
    spans = plan.spans()
    if not spans:
        return
    last = spans[-1]
    if last.version.version > command.version:
        raise Rejection("version_superseded", f"version {last.version.version} is published already", status=409)
    if command.effective_from <= last.start:
        raise Rejection(
            "effective_from_order",
            f"version {last.version.version} is in force from {last.start}; a later version begins after it",
            pointer="/effective_from",
        )
    today = context.now.date()
    if command.effective_from < today:
        raise Rejection(
            "backdated",
            f"{command.effective_from} is past and usage since may be rated; give {today} or later",
            pointer="/effective_from",
        )


def _unpublish(command: UnpublishPlanVersion, view: View, context: Context) -> list[PlanVersionUnpublished]:
    plan = _known_plan(command.plan_id, view)
    context.check_version(plan.latest)
    version = _known_version(plan, command.version)
    day = version.effective_from
    if day is None:
        raise Rejection("version_not_published", f"version {version.version} is a draft", status=409)
    last = plan.spans()[-1].version.version
    if last != version.version:
        raise Rejection(
            "version_superseded", f"version {last} is published behind it; unpublish that first", status=409
        )
    if day <= (context.now + EARLIEST_ZONE).date():
        detail = f"version {version.version} is in force from {day}, which has begun; draft the next version instead"
        raise Rejection("version_in_force", detail, status=409)
    return [PlanVersionUnpublished(plan_id=plan.plan_id, version=version.version, effective_from=day)]


def _retire(command: RetirePlan, view: View, context: Context) -> list[PlanRetired]:
    plan = _known_plan(command.plan_id, view)
    context.check_version(plan.latest)
    if command.on == plan.retired_on:
        return []
    _check_day_of_retirement(command.on, context)
    return [PlanRetired(plan_id=plan.plan_id, on=command.on)]


def _retire_version(command: RetirePlanVersion, view: View, context: Context) -> list[PlanVersionRetired]:
    plan = _known_plan(command.plan_id, view)
    context.check_version(plan.latest)
    version = _known_version(plan, command.version)
    if version.effective_from is None:
        detail = f"version {version.version} is a draft, which nobody can take; edit it or leave it"
        raise Rejection("version_not_published", detail, status=409)
    if command.on == version.retired_on:
        return []
    _check_day_of_retirement(command.on, context)
    return [PlanVersionRetired(plan_id=plan.plan_id, version=version.version, on=command.on)]


def _check_day_of_retirement(day: date, context: Context) -> None:
    today = context.now.date()
    if day < today:
        detail = f"{day} is past and subscriptions may have begun since; give {today} or later"
        raise Rejection("backdated", detail, pointer="/on")


def _reactivate(command: ReactivatePlan, view: View, context: Context) -> list[PlanReactivated]:
    plan = _known_plan(command.plan_id, view)
    context.check_version(plan.latest)
    return [] if plan.retired_on is None else [PlanReactivated(plan_id=plan.plan_id)]


def _check_new(plan_id: str, view: View) -> None:
    if view.get(Plan, plan_id) is not None:
        detail = f"{plan_id} exists already; draft a version of it"
        raise Rejection("plan_exists", detail, pointer="/id", status=409)


def _check_terms(terms: PlanTerms | None, currency: str, view: View) -> None:
    """Refuse terms that name what is not there, or an amount that the currency has no coin for."""
    if terms is None:
        return
    if terms.service_id and view.get(ServiceOffering, terms.service_id) is None:
        raise absent("service", terms.service_id, pointer="/service_id")
    if terms.bandwidth_profile_id and view.get(BandwidthProfile, terms.bandwidth_profile_id) is None:
        raise absent("bandwidth_profile", terms.bandwidth_profile_id, pointer="/bandwidth_profile_id")
    term = terms.term
    if term is not None and (term.months is None or term.end is not None):
        raise Rejection("invalid", "the term of a plan is in months; only a subscription has its end", pointer="/term")
    if term is not None and term.amount is not None and term.amount != round_amount(term.amount, HALF_UP, currency):
        detail = f"{currency} has {minor_units(currency)} decimals; {term.amount} has more"
        raise Rejection("too_many_decimals", detail, pointer="/term/early_termination/amount")


def _check_included(terms: PlanTerms | None, prices: Sequence[Price], view: View) -> None:
    """Refuse allowances that the prices can't have, and fair-use steps to a profile that is not there."""
    allowances = terms.allowances if terms else ()
    check_allowances(allowances, prices)
    for index, allowance in enumerate(allowances):
        for place, step in enumerate(allowance.then):
            if view.get(BandwidthProfile, step.profile) is None:
                pointer = f"/allowances/{index}/then/{place}/profile"
                raise absent("bandwidth_profile", step.profile, pointer=pointer)


def _said(terms: PlanTerms | None) -> PlanTerms | None:
    """Terms as an event carries them: `None` where they say nothing."""
    return None if terms == NO_TERMS else terms


def _known_plan(plan_id: str, view: View) -> Plan:
    plan = view.get(Plan, plan_id)
    if plan is None:
        raise absent("plan", plan_id)
    return plan


def _known_version(plan: Plan, number: int) -> PlanVersion:
    if not 1 <= number <= plan.latest:
        raise absent("plan_version", f"{plan.plan_id}/{number}")
    return plan.versions[number - 1]


def _is_published(version: PlanVersion) -> Rejection:
    return Rejection("version_published", f"version {version.version} is published; draft another", status=409)


def _in_force(version: PlanVersion, event: PlanVersionPublished) -> PlanVersion:
    version = msgspec.structs.replace(
        version, effective_from=event.effective_from, tax_class=event.tax_class, aggregations=event.aggregations
    )
    readable = [price for price in version.prices if not isinstance(price, UnreadablePrice)]
    asked = {measure for price in readable for measure in measures_of(price, version.aggregation_of)}
    detailed = sorted((measure for measure in asked if not measure.plain), key=lambda m: (m.meter, m.name))
    return msgspec.structs.replace(version, detailed=tuple(detailed))


def _draft_again(version: PlanVersion) -> PlanVersion:
    return msgspec.structs.replace(
        version, effective_from=None, tax_class=None, aggregations={}, detailed=(), retired_on=None
    )


def _with(plan: Plan, changed: PlanVersion) -> Plan:
    versions = tuple(changed if v.version == changed.version else v for v in plan.versions)
    return msgspec.structs.replace(plan, versions=versions)

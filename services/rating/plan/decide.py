"""Plans in versions that never change once they are published.

A plan starts as a draft. Publishing a version puts it in force from a date, and the one before it ends there:

    DraftPlan("fiber")          -> version 1, draft
    PublishPlanVersion(1, 2026-01-01)
    DraftPlanVersion            -> version 2, draft
    PublishPlanVersion(2, 2026-10-01)   version 1 prices September, version 2 October
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

import msgspec

from services.rating.meter.state import BUILT_IN, Meter
from services.rating.plan.messages import (
    DraftPlan,
    DraftPlanVersion,
    PlanDrafted,
    PlanVersionPublished,
    PublishPlanVersion,
)
from services.rating.plan.prices import check_measures, check_prices
from services.rating.plan.state import Plan, PlanVersion
from services.rating.plan.stored import check_stored
from services.rating.pricing import Price
from services.rating.pricing.engine.aggregation import SUM
from services.rating.pricing.engine.measuring import measures_of, meters_of
from services.rating.pricing.engine.price import UnreadablePrice
from shared.kernel.currency import Currency, check_currency
from shared.kernel.decider import Context, State, View
from shared.kernel.errors import NeverBegan, Rejection, absent

PlanCommand = DraftPlan | DraftPlanVersion | PublishPlanVersion
PlanEvent = PlanDrafted | PlanVersionPublished


def decide_plan(command: PlanCommand, view: View, context: Context) -> Sequence[PlanEvent]:
    match command:
        case DraftPlan():
            return _draft(command, view)
        case DraftPlanVersion():
            return _draft_version(command, view, context)
        case PublishPlanVersion():
            return _publish(command, view, context)
        case _:
            assert_never(command)


def evolve_plan(event: PlanEvent, view: View) -> list[State]:
    match event:
        case PlanDrafted():
            return _drafted(event, view)
        case PlanVersionPublished():
            return _published(event, view)
        case _:
            assert_never(event)


def _draft(command: DraftPlan, view: View) -> list[PlanDrafted]:
    if view.get(Plan, command.plan_id) is not None:
        raise Rejection(
            "plan_exists", f"{command.plan_id} exists already; draft a version of it", pointer="/id", status=409
        )
    check_currency(command.currency)
    return [_version_of(command.plan_id, 1, command.name, command.currency, command.prices)]


def _draft_version(command: DraftPlanVersion, view: View, context: Context) -> list[PlanDrafted]:
    plan = _known_plan(command.plan_id, view)
    context.check_version(plan.latest)
    return [_version_of(plan.plan_id, plan.latest + 1, command.name or plan.name, plan.currency, command.prices)]


def _publish(command: PublishPlanVersion, view: View, context: Context) -> list[PlanVersionPublished]:
    """The first published version may take effect on any day, since nobody can have subscribed before it."""
    plan = _known_plan(command.plan_id, view)
    context.check_version(plan.latest)
    if not 1 <= command.version <= plan.latest:
        raise absent("plan_version", f"{plan.plan_id}/{command.version}")
    if plan.versions[command.version - 1].effective_from is not None:
        raise Rejection("version_published", f"version {command.version} is published; draft another", status=409)
    spans = plan.spans()
    if spans:
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
    version = plan.versions[command.version - 1]
    check_measures(version.prices, lambda meter_id: _aggregation(meter_id, view))
    check_stored(version.prices, plan.currency, view)
    known = {meter: _aggregation(meter, view) for meter in version.meters}
    return [
        PlanVersionPublished(
            plan_id=plan.plan_id,
            version=command.version,
            effective_from=command.effective_from,
            aggregations={meter: aggregation for meter, aggregation in known.items() if aggregation != SUM},
        )
    ]


def _aggregation(meter_id: str, view: View) -> str:
    """How a meter aggregates; one that nobody has told of yet is summed up."""
    meter = BUILT_IN.get(meter_id) or view.get(Meter, meter_id)
    return meter.aggregation if meter else SUM


def _known_plan(plan_id: str, view: View) -> Plan:
    plan = view.get(Plan, plan_id)
    if plan is None:
        raise absent("plan", plan_id)
    return plan


def _version_of(plan_id: str, version: int, name: str, currency: Currency, prices: Sequence[Price]) -> PlanDrafted:
    check_prices(prices, currency)
    return PlanDrafted(plan_id=plan_id, version=version, name=name, currency=currency, prices=list(prices))


def _drafted(event: PlanDrafted, view: View) -> list[State]:
    plan = view.get(Plan, event.plan_id)
    meters = tuple(sorted({meter for price in event.prices for meter in meters_of(price)}))
    version = PlanVersion(version=event.version, prices=tuple(event.prices), meters=meters, allowances=event.allowances)
    versions = (*(plan.versions if plan else ()), version)
    return [Plan(plan_id=event.plan_id, name=event.name, currency=event.currency, versions=versions)]


def _published(event: PlanVersionPublished, view: View) -> list[State]:
    plan = view.get(Plan, event.plan_id)
    if plan is None:
        raise NeverBegan(f"{event.plan_id} was published before it was drafted")
    versions = tuple(_in_force(v, event) if v.version == event.version else v for v in plan.versions)
    return [msgspec.structs.replace(plan, versions=versions)]


def _in_force(version: PlanVersion, event: PlanVersionPublished) -> PlanVersion:
    version = msgspec.structs.replace(version, effective_from=event.effective_from, aggregations=event.aggregations)
    readable = [price for price in version.prices if not isinstance(price, UnreadablePrice)]
    asked = {measure for price in readable for measure in measures_of(price, version.aggregation_of)}
    detailed = sorted((measure for measure in asked if not measure.plain), key=lambda m: (m.meter, m.name))
    return msgspec.structs.replace(version, detailed=tuple(detailed))

"""A meter is defined once; its definition never changes."""

from __future__ import annotations

from collections.abc import Sequence

from services.usage.meter.messages import DefineMeter, MeterDefined
from services.usage.meter.state import AGGREGATIONS, BUILT_IN, Meter
from shared.kernel.decider import Context, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection


def decide_meter(command: DefineMeter, view: View, context: Context) -> Sequence[MeterDefined]:
    if command.meter_id in BUILT_IN or view.get(Meter, command.meter_id) is not None:
        detail = f"meter {command.meter_id} exists already; choose another id"
        raise Rejection("meter_exists", detail, pointer="/id", status=409)
    if command.aggregation not in AGGREGATIONS:
        detail = f"an aggregation is one of {', '.join(AGGREGATIONS)}, not {command.aggregation!r}"
        raise Rejection("invalid", detail, pointer="/aggregation")
    return (
        MeterDefined(meter_id=command.meter_id, unit=command.unit, aggregation=command.aggregation, name=command.name),
    )


def evolve_meter(event: MeterDefined, envelope: Envelope, view: View) -> Sequence[Meter]:
    return (Meter(meter_id=event.meter_id, unit=event.unit, aggregation=event.aggregation, name=event.name),)

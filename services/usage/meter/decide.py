"""A meter is defined once; its definition never changes."""

from __future__ import annotations

from collections.abc import Sequence

from services.usage.meter.messages import DefineMeter, MeterDefined
from services.usage.meter.state import AGGREGATIONS, BUILT_IN, UNIQUE, Meter
from shared.kernel.decider import Context, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection
from shared.kernel.same_fields import same_fields


def decide_meter(command: DefineMeter, view: View, context: Context) -> Sequence[MeterDefined]:
    if command.meter_id in BUILT_IN or view.get(Meter, command.meter_id) is not None:
        detail = f"meter {command.meter_id} exists already; choose another id"
        raise Rejection("meter_exists", detail, pointer="/id", status=409)
    if command.aggregation not in AGGREGATIONS:
        detail = f"an aggregation is one of {', '.join(AGGREGATIONS)}, not {command.aggregation!r}"
        raise Rejection("invalid", detail, pointer="/aggregation")
    if command.unique_of is not None and command.aggregation != UNIQUE:
        detail = f"a meter of its {command.aggregation} counts no attribute; leave unique_of out"
        raise Rejection("not_allowed", detail, pointer="/unique_of")
    return (same_fields(MeterDefined, command),)


def evolve_meter(event: MeterDefined, envelope: Envelope, view: View) -> Sequence[Meter]:
    return (same_fields(Meter, event),)

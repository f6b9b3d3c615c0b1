"""What usage tells of a meter is known from then on; told again, nothing happens."""

from __future__ import annotations

from services.rating.meter.messages import KnowMeter, MeterKnown
from services.rating.meter.state import Meter
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope


def decide_meter(command: KnowMeter, view: View, context: Context) -> list[MeterKnown]:
    known = view.get(Meter, command.meter_id)
    told = Meter(meter_id=command.meter_id, name=command.name, unit=command.unit, aggregation=command.aggregation)
    if known == told:
        return []
    return [MeterKnown(meter_id=told.meter_id, name=told.name, unit=told.unit, aggregation=told.aggregation)]


def evolve_meter(event: MeterKnown, envelope: Envelope, view: View) -> list[State]:
    return [Meter(meter_id=event.meter_id, name=event.name, unit=event.unit, aggregation=event.aggregation)]

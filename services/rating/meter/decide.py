"""What usage tells of a meter is known from then on; told again, nothing happens."""

from __future__ import annotations

from services.rating.meter.messages import KnowMeter, MeterKnown
from services.rating.meter.state import Meter
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields


def decide_meter(command: KnowMeter, view: View, context: Context) -> list[MeterKnown]:
    if view.get(Meter, command.meter_id) == same_fields(Meter, command):
        return []
    return [same_fields(MeterKnown, command)]


def evolve_meter(event: MeterKnown, envelope: Envelope, view: View) -> list[State]:
    return [same_fields(Meter, event)]

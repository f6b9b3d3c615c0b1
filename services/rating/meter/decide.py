"""What usage tells of a meter is known from then on; told again, nothing happens."""

from __future__ import annotations

from services.rating.meter.messages import HiddenAttributesKnown, KnowHiddenAttributes, KnowMeter, MeterKnown
from services.rating.meter.state import HiddenAttributes, Meter, hidden_of
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields


def decide_meter(command: KnowMeter, view: View, context: Context) -> list[MeterKnown]:
    if view.get(Meter, command.meter_id) == same_fields(Meter, command):
        return []
    return [same_fields(MeterKnown, command)]


def evolve_meter(event: MeterKnown, envelope: Envelope, view: View) -> list[State]:
    return [same_fields(Meter, event)]


def decide_hidden(command: KnowHiddenAttributes, view: View, context: Context) -> list[HiddenAttributesKnown]:
    return [] if hidden_of(command.meter_id, view) == command.hidden else [same_fields(HiddenAttributesKnown, command)]


def evolve_hidden(event: HiddenAttributesKnown, envelope: Envelope, view: View) -> list[State]:
    return [same_fields(HiddenAttributes, event)]

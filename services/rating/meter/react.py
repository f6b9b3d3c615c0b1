"""usage.MeterDefined -> KnowMeter, here: lines of its usage are described by its name."""

from __future__ import annotations

from services.rating.meter.messages import KnowMeter
from services.usage.meter.messages import MeterDefined
from shared.kernel.decider import Do, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields


def react_meter(event: MeterDefined, envelope: Envelope, view: View) -> tuple[Do]:
    name = event.name or event.meter_id
    return (Do(same_fields(KnowMeter, event, name=name)),)

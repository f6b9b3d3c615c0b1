"""usage.MeterDefined -> KnowMeter, here: lines of its usage are described by its name.

usage.PersonalAttributesMarked -> KnowHiddenAttributes: those sealed whole; prices can read the beginning of the others.
"""

from __future__ import annotations

from services.rating.meter.messages import KnowHiddenAttributes, KnowMeter
from services.usage.meter.messages import MeterDefined, PersonalAttributesMarked
from shared.kernel.decider import Do, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields


def react_meter(event: MeterDefined, envelope: Envelope, view: View) -> tuple[Do]:
    name = event.name or event.meter_id
    return (Do(same_fields(KnowMeter, event, name=name)),)


def react_marks(event: PersonalAttributesMarked, envelope: Envelope, view: View) -> tuple[Do]:
    hidden = tuple(sorted(mark.attribute for mark in event.personal if not mark.keep))
    return (Do(KnowHiddenAttributes(meter_id=event.meter_id, hidden=hidden)),)

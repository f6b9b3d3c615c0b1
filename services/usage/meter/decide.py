"""A meter is defined once; its definition never changes. What of its usage is personal may. Pure.

MarkPersonal voice.seconds [destination, keep 7]    PersonalAttributesMarked
the same again                                      nothing
MarkPersonal app.logins [user_id], unique_of it     not_allowed
"""

from __future__ import annotations

from collections.abc import Sequence

from services.usage.meter.messages import (
    DefineMeter,
    MarkPersonal,
    MeterDefined,
    PersonalAttribute,
    PersonalAttributesMarked,
)
from services.usage.meter.state import (
    AGGREGATIONS,
    BUILT_IN,
    DISCONTINUITY,
    LINE_SPEED,
    MARKS_MAX,
    UNIQUE,
    Meter,
    PersonalMarks,
)
from shared.kernel.decider import Context, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, absent
from shared.kernel.same_fields import same_fields
from shared.kernel.sealed_attributes import SEALED_KEY


def decide_meter(
    command: DefineMeter, view: View, context: Context
) -> Sequence[MeterDefined | PersonalAttributesMarked]:
    if command.meter_id in BUILT_IN or view.get(Meter, command.meter_id) is not None:
        detail = f"meter {command.meter_id} exists already; choose another id"
        raise Rejection("meter_exists", detail, pointer="/id", status=409)
    if command.aggregation not in AGGREGATIONS:
        detail = f"an aggregation is one of {', '.join(AGGREGATIONS)}, not {command.aggregation!r}"
        raise Rejection("invalid", detail, pointer="/aggregation")
    if command.unique_of is not None and command.aggregation != UNIQUE:
        detail = f"a meter of its {command.aggregation} counts no attribute; leave unique_of out"
        raise Rejection("not_allowed", detail, pointer="/unique_of")
    _check_marks(command.personal, unique_of=command.unique_of)
    defined = same_fields(MeterDefined, command)
    if not command.personal:
        return (defined,)
    return (defined, PersonalAttributesMarked(meter_id=command.meter_id, personal=command.personal))


def decide_marks(command: MarkPersonal, view: View, context: Context) -> Sequence[PersonalAttributesMarked]:
    meter = BUILT_IN.get(command.meter_id) or view.get(Meter, command.meter_id)
    if meter is None:
        raise absent("meter", command.meter_id)
    _check_marks(command.personal, unique_of=meter.unique_of)
    known = view.get(PersonalMarks, command.meter_id)
    if (known.personal if known else ()) == command.personal:
        return ()
    return (PersonalAttributesMarked(meter_id=command.meter_id, personal=command.personal),)


def evolve_meter(event: MeterDefined, envelope: Envelope, view: View) -> Sequence[Meter]:
    return (same_fields(Meter, event),)


def evolve_marks(event: PersonalAttributesMarked, envelope: Envelope, view: View) -> Sequence[PersonalMarks]:
    return (PersonalMarks(meter_id=event.meter_id, personal=event.personal),)


def _check_marks(marks: Sequence[PersonalAttribute], *, unique_of: str | None) -> None:
    """What counting reads can't be hidden from it."""
    if len(marks) > MARKS_MAX:
        raise Rejection("out_of_bounds", f"a meter marks at most {MARKS_MAX} attributes", pointer="/personal")
    names = [mark.attribute for mark in marks]
    for place, name in enumerate(names):
        pointer = f"/personal/{place}/attribute"
        if name in names[:place]:
            raise Rejection("invalid", f"{name} stands there twice; mark it once", pointer=pointer)
        if name in (LINE_SPEED, DISCONTINUITY, SEALED_KEY):
            raise Rejection("not_allowed", f"counters are counted by {name}; it can't be hidden", pointer=pointer)
        if name == unique_of:
            detail = f"the meter counts the different words of {name}; report a number in place of who it is"
            raise Rejection("not_allowed", detail, pointer=pointer)

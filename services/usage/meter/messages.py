"""Meters: what a quantity counts, and how the records of a period combine.

DefineMeter(meter_id="sms.messages", unit="message", name="Text messages")   ->   MeterDefined
MarkPersonal(meter_id="voice.seconds", personal=[destination, keep 7])       ->   PersonalAttributesMarked

Values of marked attributes are sealed where they come in, by what is marked then; what stands in the log stays so.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from shared.kernel.bounds import Checked
from shared.kernel.message import Command, Event

KEEP_MAX = 15
"""An E.164 number has at most so many digits."""


class PersonalAttribute(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """`keep`: so many characters at the beginning stay readable, for prices to go by; a leading `+` or `00` is not
    counted. What has no more than these is not hidden."""

    attribute: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    keep: Annotated[int, msgspec.Meta(ge=0, le=KEEP_MAX)] = 0


class DefineMeter(Command, frozen=True, kw_only=True):
    """Define a meter. Refused: `meter_exists`, an unknown aggregation, `unique_of` where that is not `unique`; what is
    `personal` as `MarkPersonal`."""

    KEY_FIELD = "meter_id"
    REFERENCE: ClassVar[bool] = True

    meter_id: str
    unit: str
    aggregation: str = "sum"
    name: str | None = None
    unique_of: str | None = None
    personal: tuple[PersonalAttribute, ...] = ()


class MarkPersonal(Command, frozen=True, kw_only=True):
    """All that is personal of a meter's usage from now on; none: nothing is.

    Refused: `meter_not_found`; `not_allowed` for an attribute that counting goes by; `out_of_bounds`.
    """

    KEY_FIELD = "meter_id"
    REFERENCE: ClassVar[bool] = True

    meter_id: str
    personal: tuple[PersonalAttribute, ...] = ()


class MeterDefined(Event, frozen=True, kw_only=True):
    """A meter exists: what `unit` counts and how records of a period combine (`sum`, `max`, `percentile` …).

    `name` is what people call it, on invoice lines too; without one they read its id. `unique_of`: the attribute whose
    words a `unique` meter counts. It also goes to rating, on partition 0 of `usage.guided`.
    """

    KEY_FIELD = "meter_id"

    meter_id: str
    unit: str
    aggregation: str
    name: str | None = None
    unique_of: str | None = None


class PersonalAttributesMarked(Event, frozen=True, kw_only=True):
    """What is personal of the usage of a meter that is reported from now on. It also goes to rating, on partition 0 of
    `usage.guided`."""

    KEY_FIELD = "meter_id"

    meter_id: str
    personal: tuple[PersonalAttribute, ...] = ()

"""What rating knows of a meter, which usage defines: how lines of its usage are described, and what of it is priced.

usage.MeterDefined -> KnowMeter(meter_id="sms.messages", name="Text messages", unit="message") -> MeterKnown
usage.PersonalAttributesMarked -> KnowHiddenAttributes(meter_id="sms.messages", hidden=("to",)) -> HiddenAttributesKnown
"""

from __future__ import annotations

from typing import ClassVar

from services.rating.pricing.engine.aggregation import SUM
from shared.kernel.message import Command, Event


class KnowMeter(Command, frozen=True, kw_only=True):
    """Keep what a meter is called, what it counts and how. Nothing happens where that is known already."""

    KEY_FIELD = "meter_id"

    REFERENCE: ClassVar[bool] = True

    meter_id: str
    name: str
    unit: str
    aggregation: str = SUM
    unique_of: str | None = None


class MeterKnown(Event, frozen=True, kw_only=True):
    """Usage has defined a meter: lines of its usage are described by `name`, their quantity is in `unit`.

    `aggregation`: how the records of a period become what is priced (services/rating/aggregations/). `unique_of`: the
    attribute whose words a `unique` meter counts; without one the ids of the records.
    """

    KEY_FIELD = "meter_id"

    meter_id: str
    name: str
    unit: str
    aggregation: str = SUM
    unique_of: str | None = None


class KnowHiddenAttributes(Command, frozen=True, kw_only=True):
    """Keep which attributes of a meter's usage are sealed whole. Nothing happens where that is known already."""

    KEY_FIELD = "meter_id"

    REFERENCE: ClassVar[bool] = True

    meter_id: str
    hidden: tuple[str, ...] = ()


class HiddenAttributesKnown(Event, frozen=True, kw_only=True):
    """Of a meter's usage these attributes are sealed with nothing left to read: no price can go by them."""

    KEY_FIELD = "meter_id"

    meter_id: str
    hidden: tuple[str, ...] = ()

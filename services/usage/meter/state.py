"""What is known of meters: reference data, in partition 0, read everywhere."""

from __future__ import annotations

from typing import ClassVar, Final

from services.usage.meter.messages import PersonalAttribute
from shared.kernel.decider import Home, State

SUM: Final = "sum"
LEVEL: Final = "level"
UNIQUE: Final = "unique"
AGGREGATIONS: Final = (SUM, "count", "max", "last", UNIQUE, LEVEL, "percentile", "per_record")
"""How the records of a period may become one value (rating has what each of them computes)."""

LINE_SPEED: Final = "line_speed_bps"
DISCONTINUITY: Final = "discontinuity"
"""Attributes of a reading: the speed of its line (ifHighSpeed x 10^6), and what changes where the counter jumped."""
MARKS_MAX: Final = 20


class Meter(State, frozen=True, kw_only=True):
    """What a quantity counts, and how the records of a period combine."""

    KEY_FIELD = "meter_id"
    HOME: ClassVar[Home] = Home.REFERENCE

    meter_id: str
    unit: str
    aggregation: str
    name: str | None = None
    unique_of: str | None = None


class PersonalMarks(State, frozen=True, kw_only=True):
    """What is personal of a meter's usage, built-in ones' too."""

    KEY_FIELD = "meter_id"
    HOME: ClassVar[Home] = Home.REFERENCE

    meter_id: str
    personal: tuple[PersonalAttribute, ...] = ()


BUILT_IN: Final = {
    "data.octets": Meter(meter_id="data.octets", unit="octet", aggregation="sum", name="Data volume"),
    "voice.seconds": Meter(meter_id="voice.seconds", unit="s", aggregation="sum", name="Call time"),
}
"""Meters that exist without anybody defining them."""

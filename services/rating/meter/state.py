"""What people call a meter, and what it counts, as lines of its usage say."""

from __future__ import annotations

from typing import ClassVar, Final

from services.rating.pricing.engine.aggregation import SUM
from shared.kernel.decider import Home, State


class Meter(State, frozen=True, kw_only=True):
    """What people call a meter, and what it counts, as lines of its usage say."""

    HOME: ClassVar[Home] = Home.REFERENCE

    meter_id: str
    name: str
    unit: str
    aggregation: str = SUM

    @property
    def key(self) -> str:
        return self.meter_id


BUILT_IN: Final = {
    "data.octets": Meter(meter_id="data.octets", name="Data volume", unit="octets"),
    "voice.seconds": Meter(meter_id="voice.seconds", name="Call time", unit="seconds"),
}
"""Meters that exist without anybody defining them."""

"""What people call a meter, what it counts, as lines of its usage say, and what of its usage is hidden."""

from __future__ import annotations

from typing import ClassVar, Final

from services.rating.pricing.engine.aggregation import SUM
from services.rating.pricing.engine.measuring import reading
from shared.kernel.decider import Home, State, View


class Meter(State, frozen=True, kw_only=True):
    """What people call a meter, and what it counts, as lines of its usage say."""

    KEY_FIELD = "meter_id"
    HOME: ClassVar[Home] = Home.REFERENCE

    meter_id: str
    name: str
    unit: str
    aggregation: str = SUM
    unique_of: str | None = None

    @property
    def kept(self) -> str:
        """How its records become one value, with the attribute that is counted: `unique(user_id)`."""
        return reading(self.aggregation, self.unique_of)


class HiddenAttributes(State, frozen=True, kw_only=True):
    """Attributes of a meter's usage, built-in ones' too, that are sealed whole where they come in."""

    KEY_FIELD = "meter_id"
    HOME: ClassVar[Home] = Home.REFERENCE

    meter_id: str
    hidden: tuple[str, ...] = ()


BUILT_IN: Final = {
    "data.octets": Meter(meter_id="data.octets", name="Data volume", unit="octets"),
    "voice.seconds": Meter(meter_id="voice.seconds", name="Call time", unit="seconds"),
}
"""Meters that exist without anybody defining them."""


def aggregation_of(meter_id: str, view: View) -> str:
    """How a meter aggregates (`Meter.kept`); one that nobody has told of yet is summed up."""
    meter = BUILT_IN.get(meter_id) or view.get(Meter, meter_id)
    return meter.kept if meter else SUM


def hidden_of(meter_id: str, view: View) -> tuple[str, ...]:
    """The attributes of its usage of which a price can read nothing."""
    known = view.get(HiddenAttributes, meter_id)
    return known.hidden if known else ()

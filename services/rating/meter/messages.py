"""What rating knows of a meter, which usage defines: how lines of its usage are described.

usage.MeterDefined -> KnowMeter(meter_id="sms.messages", name="Text messages", unit="message") -> MeterKnown
"""

from __future__ import annotations

from typing import ClassVar

from shared.kernel.message import Command, Event


class KnowMeter(Command, frozen=True, kw_only=True):
    """Keep what a meter is called and what it counts. Nothing happens where that is known already."""

    REFERENCE: ClassVar[bool] = True

    meter_id: str
    name: str
    unit: str

    @property
    def key(self) -> str:
        return self.meter_id


class MeterKnown(Event, frozen=True, kw_only=True):
    """Usage has defined a meter: lines of its usage are described by `name`, their quantity is in `unit`."""

    meter_id: str
    name: str
    unit: str

    @property
    def key(self) -> str:
        return self.meter_id

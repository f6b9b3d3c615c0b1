"""Meters: what a quantity counts, and how the records of a period combine.

DefineMeter(meter_id="sms.messages", unit="message", name="Text messages")   ->   MeterDefined
"""

from __future__ import annotations

from typing import ClassVar

from shared.kernel.message import Command, Event


class DefineMeter(Command, frozen=True, kw_only=True):
    """Define a meter. Refused: `meter_exists`, an unknown aggregation, `unique_of` where that is not `unique`."""

    KEY_FIELD = "meter_id"
    REFERENCE: ClassVar[bool] = True

    meter_id: str
    unit: str
    aggregation: str = "sum"
    name: str | None = None
    unique_of: str | None = None


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

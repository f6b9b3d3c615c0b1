"""A billing calendar as a client writes it, and what of it an account or a person is shown.

{"frequency": "month", "anchor_day": 31}                         31 Jan, 28 Feb, 31 Mar (R10)
{"frequency": "week", "anchor_day": 1}                           weeks from Monday
{"frequency": {"days": 7}, "counts_from": "2026-09-07"}          the same, as it is kept and shown
{"frequency": "month", "anchor": "subscription"}                 each account on the day of its first subscription
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any, Final, Literal

from pydantic import Field, PlainValidator, StrictInt, WithJsonSchema
from pydantic_core import PydanticCustomError

from services.rating.billing_cycle.messages import Anchor, CycleTerms
from services.rating.fields import Body, NameText
from shared.kernel.bodies import BillingDate, TimeZone, parse_frequency
from shared.kernel.calendar import DAYS_MAX, EveryDays, Frequency
from shared.kernel.errors import Rejection

WEEK: Final = 7
# Weeks need some day to count from; any Monday does, and this one is the first of the epoch.
_A_MONDAY: Final = date(1970, 1, 5)

_SCHEMA: Final = {
    "anyOf": [
        {"type": "string", "enum": ["month", "quarter", "year", "week"]},
        {
            "type": "object",
            "properties": {"days": {"type": "integer", "minimum": 1, "maximum": DAYS_MAX}},
            "required": ["days"],
            "additionalProperties": False,
        },
    ]
}


def _parse(value: object) -> Frequency | Literal["week"]:
    if value == "week":
        return "week"
    try:
        return parse_frequency(value)
    except ValueError as error:
        raise PydanticCustomError("invalid", "week, {reason}", {"reason": str(error)}) from error


CycleFrequency = Annotated[Any, PlainValidator(_parse), WithJsonSchema(_SCHEMA)]


class CycleFields(Body):
    """When periods begin: `anchor_day` 1 to 31 is clamped to the end of short months; of a week it is 1, Monday, to 7.

    Quarters and years count from `anchor_month`, n days from `counts_from`, or else from today. With `anchor`
    `subscription` each account begins on the day of its first subscription, and the cycle names no day.
    """

    name: NameText
    frequency: CycleFrequency = "month"
    anchor_day: Annotated[StrictInt, Field(ge=1, le=31)] | None = None
    anchor_month: Annotated[StrictInt, Field(ge=1, le=12)] | None = None
    counts_from: BillingDate | None = None
    anchor: Anchor = "calendar"
    time_zone: TimeZone

    def to_terms(self, cycle_id: str) -> CycleTerms:
        """What accounts take over. Raises `Rejection`."""
        frequency, counts_from = self.frequency, self.counts_from
        if self.anchor == "subscription":
            self._check_nothing_named()
        elif frequency == "week":
            counts_from = _monday_based(self.anchor_day or 1, counts_from)
        if frequency == "week":
            frequency = EveryDays(WEEK)
        return CycleTerms(
            cycle_id=cycle_id,
            frequency=frequency,
            anchor_day=1 if isinstance(frequency, EveryDays) else self.anchor_day or 1,
            anchor_month=self.anchor_month,
            time_zone=self.time_zone,
            counts_from=counts_from,
            anchor=self.anchor,
        )

    def _check_nothing_named(self) -> None:
        for name in ("anchor_day", "anchor_month", "counts_from"):
            if getattr(self, name) is not None:
                detail = "the days of an anniversary cycle are those of each account's first subscription; leave it out"
                raise Rejection("invalid", detail, pointer=f"/{name}")


def _monday_based(anchor_day: int, counts_from: date | None) -> date:
    """A day that weeks from weekday `anchor_day` count from, 1 being Monday."""
    if counts_from is not None:
        return counts_from
    if anchor_day > WEEK:
        detail = f"the anchor day of a week is 1, Monday, to 7, Sunday, not {anchor_day}"
        raise Rejection("invalid", detail, pointer="/anchor_day")
    return _A_MONDAY + timedelta(days=anchor_day - 1)

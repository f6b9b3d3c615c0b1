"""The fields of a reported record and their bounds, as the API document shows them.

`ReportedUsage` describes the same thing as `ReportedRecord`, which is decoded on the hot path, thousands at a time, and
whose bounds admission.py checks. A property test holds the one to the other.

    {"id": "0192f1c0", "source": "olt-12.par3", "resource": "mac:00:1b:44:11:3a:b7", "meter": "data.octets",
     "quantity": "73400320", "started_at": "2026-11-23T01:00:00Z", "ended_at": "2026-11-23T01:05:00Z"}

A record that misses a field or has one of the wrong type is `malformed`; one of the right types but out of bounds, or
with a field nobody knows, is a `schema_violation`.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, Literal, Protocol

import msgspec
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictInt,
    StrictStr,
    StringConstraints,
    model_validator,
)

from services.usage.meter.state import BUILT_IN, LINE_SPEED
from services.usage.meter.units import CannotConvert, in_unit
from services.usage.record.counters import is_line_speed
from services.usage.resource.state import ID_LENGTH_MAX
from shared.kernel.instants import INSTANT, micros

RECORD_BYTES_MAX: Final = 4096
"""A record written compactly, without spaces between its parts."""

TEXT_LENGTH_MAX: Final = ID_LENGTH_MAX
"""Characters of a source, an id, a resource or a meter; at least one, all printable."""

EARLIEST: Final = 946_684_800_000_000
"""2000-01-01 in microseconds: an earlier instant comes from a clock that was never set."""

LATEST: Final = 7_258_118_400_000_000
"""2200-01-01 in microseconds, no longer included: beyond it lies no usage, and not every calendar can count there."""

COUNTER_BITS: Final = (32, 64)

QUANTITY = re.compile(r"[0-9]{1,18}(\.[0-9]{1,6})?")
DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")

Kind = Literal["delta", "counter", "session", "sample"]
KINDS: Final = ("delta", "counter", "session", "sample")
SIGNALS: Final = ("accounting_on", "accounting_off")
"""Of RADIUS's Acct-Status-Type those that tell of a NAS and not of one session."""

STATUSES: Final = ("start", "interim", "stop", *SIGNALS)


_encode = msgspec.json.Encoder().encode
_encode_sorted = msgspec.json.Encoder(order="sorted").encode


def compact(value: Any, *, in_order: bool = False) -> bytes:
    """JSON without spaces; with `in_order` the same bytes for the same content in any order of keys."""
    return _encode_sorted(value) if in_order else _encode(value)


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("only printable characters")
    return text


def _instant(text: str) -> str:
    """Kept as text: the day it names must exist, and lie within the time that equipment can know."""
    if not EARLIEST <= micros(text) < LATEST:
        raise ValueError("outside 2000-01-01 to 2200-01-01 (UTC): this clock was never set")
    return text


UNIT_LENGTH_MAX: Final = 40
"""Characters of a unit, as of a meter's."""


def unit_problem(record: Unitary, quantity: int) -> str | None:
    """Why the unit of a record can't be that of its quantity (in 1e-6 of it); `None` where it can, or may.

    What the meter of somebody's own counts is known where it is counted.
    """
    unit = record.unit
    if unit is None:
        return None
    if not 0 < len(unit) <= UNIT_LENGTH_MAX or not unit.isprintable():
        return f"unit has 1 to {UNIT_LENGTH_MAX} printable characters"
    meter = BUILT_IN.get(record.meter)
    if record.kind == "counter" and (meter is None or unit != meter.unit):
        return "a counter is read in the unit of its meter, since it wraps there; leave unit out"
    if meter is None:
        return None
    try:
        in_unit(quantity, unit, meter.unit)
    except CannotConvert as error:
        return str(error)
    return None


class Unitary(Protocol):
    """What says its unit: a reported record in either form."""

    @property
    def unit(self) -> str | None: ...

    @property
    def meter(self) -> str: ...

    @property
    def kind(self) -> str | None: ...


Text = Annotated[StrictStr, StringConstraints(min_length=1, max_length=TEXT_LENGTH_MAX), AfterValidator(_printable)]
Instant = Annotated[StrictStr, StringConstraints(pattern=rf"^{INSTANT.pattern}$"), AfterValidator(_instant)]


class ReportedUsage(BaseModel):
    """One measured consumption. `quantity` and all decimals are strings; a JSON number there is refused.

    `quantity` is in the unit of its meter unless `unit` says another: volumes (`octet`, `bit`, `kB`, `KiB`, `MB`, …),
    times (`s`, `min`, `h`), rates (`bit/s`, `Mbit/s`). It is converted exactly, or refused.

    `id` with `source` is the dedupe key within one UTC day of `started_at`; one without an id is never a duplicate.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "id": "0192f1c0-7d1e-7c3a-9f0e-0c1d2e3f4a5b",
                "source": "olt-12.par3",
                "resource": "mac:00:1b:44:11:3a:b7",
                "meter": "data.octets",
                "quantity": "73400320",
                "started_at": "2026-11-23T01:00:00Z",
                "ended_at": "2026-11-23T01:05:00Z",
                "attributes": {"direction": "down"},
                "kind": "delta",
            }
        },
    )

    source: Text
    resource: Text
    meter: Text
    quantity: Annotated[StrictStr, StringConstraints(pattern=rf"^{QUANTITY.pattern}$")]
    id: Text | None = None
    started_at: Instant | None = None
    ended_at: Instant | None = None
    attributes: dict[str, Any] | None = None
    kind: Kind = "delta"
    counter_bits: Annotated[StrictInt, Field(json_schema_extra={"enum": [32, 64]})] | None = None
    boot_id: Text | None = None
    uptime_s: Annotated[StrictInt, Field(ge=0, le=2**63 - 1)] | None = None
    session_id: Text | None = None
    status: Literal["start", "interim", "stop", "accounting_on", "accounting_off"] | None = None
    unit: Annotated[StrictStr, StringConstraints(min_length=1, max_length=UNIT_LENGTH_MAX)] | None = None

    @model_validator(mode="after")
    def _admissible(self) -> ReportedUsage:
        """The bounds that tie fields together."""
        if self.started_at is None and self.ended_at is None:
            raise ValueError("a record says when: give started_at, or ended_at")
        if self.started_at and self.ended_at and micros(self.ended_at) < micros(self.started_at):
            raise ValueError("ended_at is before started_at")
        if self.kind == "counter":
            if self.counter_bits is None or (self.boot_id is None and self.uptime_s is None):
                raise ValueError("a counter gives counter_bits, and boot_id or uptime_s")
            if self.counter_bits not in COUNTER_BITS:
                raise ValueError("counter_bits is 32 or 64")
            if int(self.quantity.partition(".")[0]) >= 1 << self.counter_bits:
                raise ValueError("a reading is less than 2 to the power of counter_bits")
            if not is_line_speed((self.attributes or {}).get(LINE_SPEED, 0)):
                raise ValueError("line_speed_bps is an integer")
        whole, _, decimals = self.quantity.partition(".")
        unfit = unit_problem(self, int(whole) * 1_000_000 + int(decimals.ljust(6, "0")))
        if unfit is not None:
            raise ValueError(unfit)
        if self.kind == "session" and (self.status is None or (self.session_id is None and self.status not in SIGNALS)):
            raise ValueError("a session gives session_id and status")
        return self

"""Fields of HTTP bodies that name days, instants and cycles, and how a bad body is told to its sender.

pydantic on its own is generous: it takes 1764547200 or "2026-12-01T00:00:00" for a date. Billing dates decide what is
charged, so here a date is `YYYY-MM-DD` and nothing else, an instant is RFC 3339 with its offset, and a count is a JSON
integer:

    class Body(BaseModel):
        start: BillingDate
        seen_at: Instant
        period: PeriodBody          # {"start": "2026-06-01", "end": "2026-07-01"}
        cycle: CycleBody            # {"frequency": "month", "anchor_day": 31, "time_zone": "Europe/Paris"}

    try:
        Body.model_validate(raw)
    except ValidationError as error:
        raise Rejections(refusals(error)) from error     # 422 with a JSON pointer for every bad field
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Final, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    StrictInt,
    StrictStr,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from shared.kernel.calendar import DAYS_MAX, Cycle, EveryDays, Frequency, UnknownTimeZone, zone
from shared.kernel.errors import Rejection
from shared.kernel.ids import ID_PATTERN, STEPS
from shared.kernel.instants import INSTANT, instant
from shared.kernel.json_keys import json_pointer, printable
from shared.kernel.period import Period

REFUSALS_MAX: Final = 100
"""Fields that one answer names: whoever has more wrong has one thing wrong."""

# Bounds that keep every later step of date arithmetic inside what `date` can hold.
FIRST_DAY: Final = date(1970, 1, 1)
LAST_DAY: Final = date(2999, 12, 31)

_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def parse_date(value: object) -> date:
    """Read a billing date, `YYYY-MM-DD`, from 1970 to 2999. Raises `ValueError` with the reason."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{value!r} is not a day of the calendar") from None
        if FIRST_DAY <= day <= LAST_DAY:
            return day
        raise ValueError(f"{value} is outside {FIRST_DAY} to {LAST_DAY}")
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError('a date is expected, such as "2026-06-01"')


def parse_instant(value: object) -> datetime:
    """Read an RFC 3339 instant with its offset, as UTC, from 1970 to 2999. Raises `ValueError` with the reason."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC)
    if not isinstance(value, str) or not INSTANT.fullmatch(value):
        raise ValueError('an RFC 3339 instant is expected, such as "2026-06-01T00:00:00Z"')
    try:
        found = instant(value)
    except ValueError:
        raise ValueError(f"{value!r} is not an instant of the calendar") from None
    if not FIRST_DAY <= found.date() <= LAST_DAY:
        raise ValueError(f"{value} is outside {FIRST_DAY} to {LAST_DAY} in UTC")
    return found


def parse_moment(value: object) -> date | datetime:
    """Read a date or an instant. Raises `ValueError` with the reason."""
    if isinstance(value, datetime) or (isinstance(value, str) and len(value) > len("YYYY-MM-DD")):
        return parse_instant(value)
    return parse_date(value)


def parse_start(value: object) -> datetime:
    """Read an instant of a query: RFC 3339, or a date, which means its first moment in UTC. Raises `ValueError`."""
    if isinstance(value, str) and len(value) > len("YYYY-MM-DD"):
        # A plus sign in a query is a space to those who forget to encode it.
        return parse_instant(value.replace(" ", "+"))
    return datetime.combine(parse_date(value), time(), UTC)


def parse_frequency(value: object) -> Frequency:
    """Read `month`, `quarter`, `year` or `{"days": n}`. Raises `ValueError` with the reason."""
    match value:
        case "month" | "quarter" | "year" | EveryDays():
            return value
        case {"days": bool()}:
            pass
        case {"days": int(days)} if isinstance(value, Mapping) and len(value) == 1:
            return EveryDays(days)
    raise ValueError(f'month, quarter, year or {{"days": n}} is expected, n a JSON integer from 1 to {DAYS_MAX}')


def parse_time_zone(value: str) -> str:
    """Check the name of a time zone. Raises `ValueError`."""
    zone(value)
    return value


def parse_id(value: str) -> str:
    """Check what the pattern of an id can't say. Raises `ValueError`."""
    if value in STEPS:
        raise ValueError(f"{value!r} is a step of a path and no id; choose another")
    return value


# Letters, digits, punctuation and symbols: marks stand on others, and the rest is blank or of no width.
_SEEN: Final = frozenset("LNPS")


def parse_text(value: str) -> str:
    """Check that text can be stored and shown on one line. Raises `ValueError` naming the character, or where there is
    nothing to be seen of it."""
    odd = next((character for character in value if unicodedata.category(character) in ("Cc", "Cs")), None)
    if odd is not None:
        raise ValueError(f"text may not contain U+{ord(odd):04X}; remove it")
    if value and not any(unicodedata.category(character)[0] in _SEEN for character in value):
        raise ValueError("text of blanks alone shows nothing; write something, or leave it out")
    return value


def _told(parse: Any) -> Any:
    """The parser as pydantic wants it: its `ValueError` becomes the field's message, without pydantic's prefix."""

    def validate(value: object) -> object:
        try:
            return parse(value)
        except (ValueError, UnknownTimeZone) as error:
            raise PydanticCustomError("invalid", "{reason}", {"reason": str(error)}) from error

    return validate


_DATE_SCHEMA: Final = {"type": "string", "format": "date", "examples": ["2026-06-01"]}
_INSTANT_SCHEMA: Final = {"type": "string", "format": "date-time", "examples": ["2026-06-01T00:00:00Z"]}
_FREQUENCY_SCHEMA: Final = {
    "anyOf": [
        {"type": "string", "enum": ["month", "quarter", "year"]},
        {
            "type": "object",
            "properties": {"days": {"type": "integer", "minimum": 1, "maximum": DAYS_MAX}},
            "required": ["days"],
            "additionalProperties": False,
        },
    ]
}

BillingDate = Annotated[date, PlainValidator(_told(parse_date)), WithJsonSchema(_DATE_SCHEMA)]
Instant = Annotated[datetime, PlainValidator(_told(parse_instant)), WithJsonSchema(_INSTANT_SCHEMA)]
QueryInstant = Annotated[datetime, PlainValidator(_told(parse_start)), WithJsonSchema(_INSTANT_SCHEMA)]
Moment = Annotated[
    date | datetime,
    PlainValidator(_told(parse_moment)),
    WithJsonSchema({"anyOf": [_DATE_SCHEMA, _INSTANT_SCHEMA]}),
]
FrequencyField = Annotated[Frequency, PlainValidator(_told(parse_frequency)), WithJsonSchema(_FREQUENCY_SCHEMA)]
IdText = Annotated[StrictStr, Field(pattern=ID_PATTERN), AfterValidator(_told(parse_id))]
"""A client-chosen id in a body."""
PrintableText = Annotated[StrictStr, AfterValidator(_told(parse_text))]
"""Text without control characters and halves of surrogate pairs, of more than blanks where it is not empty; what is
sealed can't be checked later."""
TimeZone = Annotated[StrictStr, AfterValidator(_told(parse_time_zone))]


class Body(BaseModel):
    """A body of a request: a field that nobody declared is refused, since what it meant would not be done."""

    model_config = ConfigDict(extra="forbid")


class PeriodBody(BaseModel):
    """A half-open period of days: `{"start": "2026-06-01", "end": "2026-07-01"}`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    start: BillingDate
    end: BillingDate

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.end <= self.start:
            reason = f"a period ends after it starts, but {self.end} is not after {self.start}"
            raise PydanticCustomError("invalid", "{reason}", {"reason": reason})
        return self

    def to_period(self) -> Period:
        """The value that messages carry."""
        return Period(self.start, self.end)


class CycleBody(BaseModel):
    """A recurring period; every field has the default of a monthly cycle on the first, in UTC."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    frequency: FrequencyField | None = None
    anchor_day: Annotated[StrictInt, Field(ge=1, le=31)] = 1
    anchor_month: Annotated[StrictInt, Field(ge=1, le=12)] | None = None
    time_zone: TimeZone = "UTC"

    def to_cycle(self, *, counts_from: date | None = None) -> Cycle:
        """The value that messages carry. `counts_from` anchors quarters, years and periods of n days."""
        frequency = "month" if self.frequency is None else self.frequency
        return Cycle(frequency, self.anchor_day, self.anchor_month, self.time_zone, counts_from)


def refusals(error: ValidationError, *, pointer: str = "") -> list[Rejection]:
    """One refusal per bad field, `REFUSALS_MAX` of them at most, its place given as a JSON pointer below `pointer`."""
    return [
        _refusal(found["type"], found["msg"], pointer + json_pointer(*found["loc"]))
        for found in error.errors(include_url=False, include_input=False, include_context=False)[:REFUSALS_MAX]
    ]


def code_of(kind: str) -> str:
    """What pydantic finds wrong with a field, as the code that bodies, queries and commands have for it."""
    if kind in _CODES:
        return _CODES[kind]
    of_type = kind.endswith(("_type", "_parsing")) or kind == "is_instance_of"
    return "wrong_type" if of_type and not kind.startswith(("date", "time")) else "invalid"


_CODES: Final = {
    "missing": "required",
    "union_tag_not_found": "required",
    "extra_forbidden": "unknown_field",
    **dict.fromkeys(("literal_error", "enum", "union_tag_invalid"), "not_allowed"),
    **dict.fromkeys(("string_too_short", "string_too_long", "too_short", "too_long"), "out_of_bounds"),
    **dict.fromkeys(("greater_than", "greater_than_equal", "less_than", "less_than_equal"), "out_of_bounds"),
    "decimal_string": "invalid_decimal",
}
FIELD_CODES: Final = frozenset({*_CODES.values(), "wrong_type", "invalid"})
"""All that `code_of` says."""


def _refusal(kind: str, message: str, pointer: str) -> Rejection:
    code = code_of(kind)
    match code:
        case "required":
            return Rejection(code, "this field is required", pointer=pointer)
        case "unknown_field":
            return Rejection(code, "this field is not known here; check its name", pointer=pointer)
    return Rejection(code, printable(message.removeprefix("Value error, ")), pointer=pointer)

"""A rate as a request says it, each number a decimal string: prices, rate tables and imports read the same fields.

{"prefix": "33", "name": "France", "connect_fee": "0.05", "increments": [{"after_s": "0", "unit_s": "60"}],
 "bands": [{"days": ["sun", "holiday"], "unit_price": "0.06", "per_s": "60"}, {"unit_price": "0.12", "per_s": "60"}]}
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictStr
from pydantic_core import PydanticCustomError

from services.rating.pricing.calls.rate import (
    BANDS_MAX,
    END_OF_DAY,
    INCREMENTS_MAX,
    MIDNIGHT,
    PREFIX_PATTERN,
    Band,
    CallRate,
    Increment,
)
from shared.kernel.bodies import PrintableText
from shared.kernel.money import PriceString, QuantityString

NAME_MAX: Final = 200


def some(count_max: int) -> tuple[Any, Any]:
    """Annotations of a list of 1 to `count_max`. pydantic's own lower bound also complains where an item is bad."""
    return Field(max_length=count_max, json_schema_extra={"minItems": 1}), AfterValidator(_not_empty)


def _not_empty(items: tuple[Any, ...]) -> tuple[Any, ...]:
    if not items:
        raise PydanticCustomError("invalid", "at least one is needed")
    return items


Prefix = Annotated[StrictStr, Field(pattern=PREFIX_PATTERN)]
DayKind = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"]
_TIME: Final = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
_TIME_OR_END: Final = r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"


class IncrementBody(BaseModel):
    """From `after_s` on, each started block of `unit_s` is billed whole: 60/1 is 0, 60 and then 60, 1."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    after_s: QuantityString
    unit_s: QuantityString

    def to_increment(self) -> Increment:
        return Increment(self.after_s, self.unit_s)


Increments = Annotated[tuple[IncrementBody, ...], *some(INCREMENTS_MAX)]


class BandBody(BaseModel):
    """`unit_price` for `per_s` seconds on `days` (all, if absent), from `from` to `to` in the account's time zone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    days: Annotated[tuple[DayKind, ...], *some(8)] | None = None
    start: Annotated[StrictStr, Field(alias="from", pattern=_TIME)] = MIDNIGHT
    end: Annotated[StrictStr, Field(alias="to", pattern=_TIME_OR_END)] = END_OF_DAY
    unit_price: PriceString
    per_s: QuantityString
    connect_fee: PriceString | None = None
    increments: Increments | None = None

    def to_band(self) -> Band:
        return Band(
            unit_price=self.unit_price,
            per_s=self.per_s,
            days=self.days,
            start=self.start,
            end=self.end,
            connect_fee=self.connect_fee,
            increments=increments_of(self.increments),
        )


Bands = Annotated[tuple[BandBody, ...], *some(BANDS_MAX)]


class PrefixRateBody(BaseModel):
    """What calls to numbers that begin with `prefix` cost; the longest prefix wins. `name` is shown on the bill."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    prefix: Prefix
    name: Annotated[PrintableText, Field(min_length=1, max_length=NAME_MAX)] | None = None
    connect_fee: PriceString | None = None
    increments: Increments | None = None
    bands: Bands

    def to_rate(self) -> CallRate:
        return CallRate(self.prefix, bands_of(self.bands), self.name, self.connect_fee, increments_of(self.increments))


def bands_of(bodies: tuple[BandBody, ...]) -> tuple[Band, ...]:
    return tuple(body.to_band() for body in bodies)


def increments_of(bodies: tuple[IncrementBody, ...] | None) -> tuple[Increment, ...] | None:
    return None if bodies is None else tuple(body.to_increment() for body in bodies)

"""The bodies of a quote: one about usage in a period, one about a price through time."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, StrictStr

from services.rating.pricing import price_schema
from services.rating.pricing.engine.contract import MeterId
from shared.kernel.bodies import BillingDate, CycleBody, Instant, Moment, PeriodBody
from shared.kernel.money import CurrencyCode, QuantityString

RECORDS_MAX: Final = 10_000
PRICES_MAX: Final = 200
CHANGES_MAX: Final = 1_000

_REFS: Final = "#/components/schemas/"
_Name = Annotated[StrictStr, Field(max_length=255)]


class RecordBody(BaseModel):
    """One usage record of a quote. `source` and `id` order records of one instant, as they do in a bill (R16)."""

    model_config = ConfigDict(extra="forbid")

    quantity: QuantityString
    meter: MeterId | None = None
    started_at: Instant | None = None
    ended_at: Instant | None = None
    attributes: dict[str, StrictStr] | None = None
    source: _Name | None = None
    id: _Name | None = None


class UsageQuoteBody(BaseModel):
    """What was used in `period`: `quantity`, or the sum of `records`, on top of `already_billed_quantity` (R16)."""

    model_config = ConfigDict(extra="forbid")

    price: Any = None
    prices: Annotated[list[Any], Field(min_length=1, max_length=PRICES_MAX)] | None = None
    currency: CurrencyCode
    period: PeriodBody
    cycle: CycleBody | None = None
    records: list[RecordBody] | None = None
    quantity: QuantityString | None = None
    already_billed_quantity: QuantityString | None = None


class ChangeBody(BaseModel):
    """From `on` the subscription has another price."""

    model_config = ConfigDict(extra="forbid")

    on: Moment
    price: Any


class RecurringQuoteBody(BaseModel):
    """A subscription to a price for time, from `start` to `end` (`null`: it goes on), up to `target_date`."""

    model_config = ConfigDict(extra="forbid")

    price: Any = None
    currency: CurrencyCode
    cycle: CycleBody | None = None
    start: Moment
    end: Moment | None = None
    changes: Annotated[list[ChangeBody], Field(max_length=CHANGES_MAX)] | None = None
    billed_through: Moment | None = None
    target_date: BillingDate


def quote_schema() -> dict[str, Any]:
    """The JSON schema of the body for the OpenAPI document; under `$defs` all that has a name, a price among it."""
    whole = price_schema()
    definitions: dict[str, Any] = whole.pop("$defs", {}) | {"Price": whole}
    price = {"$ref": _REFS + "Price"}
    for kind in (UsageQuoteBody, RecurringQuoteBody):
        schema = kind.model_json_schema(ref_template=_REFS + "{model}")
        definitions |= schema.pop("$defs", {})
        schema["properties"]["price"] = price
        definitions[kind.__name__] = schema
    several = {"type": "array", "items": price, "minItems": 1, "maxItems": PRICES_MAX}
    definitions["UsageQuoteBody"]["properties"]["prices"] = several
    definitions["ChangeBody"]["properties"]["price"] = price
    kinds = [{"$ref": _REFS + kind.__name__} for kind in (UsageQuoteBody, RecurringQuoteBody)]
    description = "With `period` it is about usage, with `start` about time."
    return {"description": description, "anyOf": kinds, "$defs": definitions}

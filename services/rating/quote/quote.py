"""`POST /v1/pricing/quotes`: prices a usage or a recurring quote, without storing anything.

    quote({"price": {"model": "per_unit", "unit_price": "0.10"}, "currency": "EUR",
           "period": {"start": "2026-06-01", "end": "2026-07-01"}, "quantity": "187.5"})
    -> {"amount": {"amount": "18.75", "currency": "EUR"}, "unrounded": "18.750000000", "lines": [...]}

A body with `period` is about usage, one with `start` about time. Every bad field is refused at once, each with its JSON
pointer; a price model that this version does not have is refused as `unsupported` before anything else is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, StrictStr, ValidationError

from services.rating.pricing import Price, Quote, parse_price, price_schema, price_usage, quote_body
from services.rating.pricing.engine.aggregation import KEPT
from services.rating.pricing.engine.contract import MeterId
from services.rating.pricing.engine.measuring import unmeasured
from services.rating.recurring.lines import Change, recurring_lines
from shared.kernel.bodies import BillingDate, CycleBody, Instant, Moment, PeriodBody, refusals
from shared.kernel.decimals import exact
from shared.kernel.errors import Rejection, Rejections
from shared.kernel.money import CurrencyCode, QuantityString

RECORDS_MAX: Final = 10_000
PRICES_MAX: Final = 200
CHANGES_MAX: Final = 1_000

_REFS: Final = "#/components/schemas/"
_RECURRING_FIELDS: Final = ("start", "end", "changes", "billed_through", "target_date")


class RecordBody(BaseModel):
    """One usage record of a quote."""

    model_config = ConfigDict(extra="forbid")

    quantity: QuantityString
    meter: MeterId | None = None
    started_at: Instant | None = None
    ended_at: Instant | None = None
    attributes: dict[str, StrictStr] | None = None


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


def quote(body: object) -> dict[str, Any]:
    """Answer a quote. Raises `Rejections` (422; 413 for too many records) with a pointer for each bad field."""
    if not isinstance(body, Mapping):
        raise Rejection("invalid", "a quote is a JSON object with price, currency and period or start", pointer="")
    prices, refused = _read_prices(body)
    if body.get("price") is None and body.get("prices") is None:
        refused.append(Rejection("required", "a quote has a price", pointer="/price"))
    kind = RecurringQuoteBody if _is_recurring(body, prices) else UsageQuoteBody
    _refuse_too_many_records(body)
    try:
        asked = kind.model_validate(body)
    except ValidationError as error:
        raise Rejections([*refused, *refusals(error)]) from error
    if refused:
        raise Rejections(refused)
    answer = _recurring(asked, prices) if isinstance(asked, RecurringQuoteBody) else _usage(asked, prices)
    return quote_body(answer)


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


def _read_prices(body: Mapping[str, Any]) -> tuple[dict[str, Price], list[Rejection]]:
    """The prices of the body by JSON pointer, and what is wrong with the others. Raises when a model is unsupported."""
    prices: dict[str, Price] = {}
    refused: list[Rejection] = []
    for pointer, raw in _raw_prices(body):
        try:
            prices[pointer] = parse_price(raw, pointer=pointer)
        except Rejection as refusal:
            refused += refusal.all
    if unsupported := [refusal for refusal in refused if refusal.code == "unsupported"]:
        raise Rejections(unsupported)
    return prices, refused


def _raw_prices(body: Mapping[str, Any]) -> list[tuple[str, Any]]:
    found = [("/price", body["price"])] if body.get("price") is not None else []
    if isinstance(several := body.get("prices"), list):
        found += [(f"/prices/{index}", raw) for index, raw in enumerate(several[:PRICES_MAX])]
    if isinstance(changes := body.get("changes"), list):
        for index, change in enumerate(changes[:CHANGES_MAX]):
            if isinstance(change, Mapping) and "price" in change:
                found.append((f"/changes/{index}/price", change["price"]))
    return found


def _is_recurring(body: Mapping[str, Any], prices: Mapping[str, Price]) -> bool:
    """A body is about time if it says when it starts; one that says nothing of either kind is what its price is."""
    if "period" in body:
        return False
    price = prices.get("/price")
    return any(name in body for name in _RECURRING_FIELDS) or (price is not None and price.recurring)


def _refuse_too_many_records(body: Mapping[str, Any]) -> None:
    records = body.get("records")
    if isinstance(records, list) and len(records) > RECORDS_MAX:
        detail = f"{len(records)} records are more than {RECORDS_MAX}; quote them in parts with already_billed_quantity"
        raise Rejection("too_many_records", detail, pointer="/records", status=413)


def _recurring(asked: RecurringQuoteBody, prices: Mapping[str, Price]) -> Quote:
    price = prices["/price"]
    cycle = asked.cycle or CycleBody()
    if cycle.frequency is None and price.recurring:
        cycle = cycle.model_copy(update={"frequency": price.recurring_terms.interval})
    changes = [Change(one.on, prices[f"/changes/{index}/price"]) for index, one in enumerate(asked.changes or ())]
    return recurring_lines(
        price,
        currency=asked.currency,
        cycle=cycle.to_cycle(),
        start=asked.start,
        end=asked.end,
        changes=changes,
        billed_through=asked.billed_through,
        target_date=asked.target_date,
    )


def _usage(asked: UsageQuoteBody, prices: Mapping[str, Price]) -> Quote:
    _refuse_contradictions(asked, prices)
    quantities = _quantities(asked, list(prices.values()))
    lines = [
        line
        for index, (price, quantity) in enumerate(zip(prices.values(), quantities, strict=True))
        for line in price_usage(
            price,
            currency=asked.currency,
            period=asked.period.to_period(),
            quantity=quantity,
            already_billed=asked.already_billed_quantity,
            cycle=None if asked.cycle is None else asked.cycle.to_cycle(),
            price_index=index,
        )
    ]
    return Quote(asked.currency, tuple(lines))


def _refuse_contradictions(asked: UsageQuoteBody, prices: Mapping[str, Price]) -> None:
    refused: list[Rejection] = []
    if (asked.price is None) == (asked.prices is None):
        refused.append(Rejection("invalid", "a quote has either price or prices", pointer="/price"))
    if (asked.quantity is None) == (asked.records is None):
        refused.append(Rejection("invalid", "a usage quote has either quantity or records", pointer="/quantity"))
    for pointer, price in prices.items():
        if price.recurring:
            detail = f"a {price.name} price is for time; quote it with start and target_date instead of a period"
            refused.append(Rejection("invalid", detail, pointer=f"{pointer}/model"))
        elif no := unmeasured(price, aggregation=KEPT, pointer=f"{pointer}/model"):
            refused.append(no)
    for index, record in enumerate(asked.records or ()):
        if record.started_at is not None and record.ended_at is not None and record.ended_at < record.started_at:
            detail = "a record ends when it started, or later"
            refused.append(Rejection("invalid", detail, pointer=f"/records/{index}/ended_at"))
    if refused:
        raise Rejections(refused)


def _quantities(asked: UsageQuoteBody, prices: Sequence[Price]) -> list[Decimal]:
    """What is new for each price: the records of its meter.

    While all prices have the same meter, or none, a record or price that names no meter is for that one. Once there are
    several meters it must be said which one a quantity belongs to.
    """
    meters = {price.meter for price in prices}
    several = len(meters) > 1
    for name in ("quantity", "already_billed_quantity"):
        if several and getattr(asked, name) is not None:
            detail = f"the prices have several meters, so {name} could mean any of them; give records with their meter"
            raise Rejection("invalid", detail, pointer=f"/{name}")
    if asked.quantity is not None:
        return [asked.quantity] * len(prices)
    sums = dict.fromkeys(meters, Decimal(0))
    only = None if several else next(iter(meters))
    with exact():
        for index, record in enumerate(asked.records or ()):
            meter = record.meter
            if not several and (meter is None or only is None):
                meter = only
            if several and meter is None and None not in meters:
                detail = "the prices have several meters, and this record names none"
                raise Rejection("required", detail, pointer=f"/records/{index}/meter")
            if meter in sums:
                sums[meter] += record.quantity
    return [sums[price.meter] for price in prices]

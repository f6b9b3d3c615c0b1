"""`POST /v1/pricing/quotes`: prices a usage or a recurring quote, without storing anything.

    quote({"price": {"model": "per_unit", "unit_price": "0.10"}, "currency": "EUR",
           "period": {"start": "2026-06-01", "end": "2026-07-01"}, "quantity": "187.5"})
    -> {"amount": {"amount": "18.75", "currency": "EUR"}, "unrounded": "18.750000000", "lines": [...]}

A body with `period` is about usage, one with `start` about time. Every bad field is refused at once, each with its JSON
pointer; a price model that this version does not have is refused as `unsupported` before anything else is looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from services.rating.holiday_calendar.lookup import holidays_of
from services.rating.meter.state import aggregation_of
from services.rating.pricing import Line, Price, Quote, parse_price, quote_body
from services.rating.pricing.engine.contract import PricingContext
from services.rating.pricing.engine.usage import price_measured
from services.rating.quote.bodies import CHANGES_MAX, PRICES_MAX, RECORDS_MAX, RecurringQuoteBody, UsageQuoteBody
from services.rating.quote.measured import Usage
from services.rating.rate_table.lookup import StoredRates
from services.rating.recurring.lines import Change, recurring_lines
from services.rating.recurring.once import once_line
from shared.kernel.bodies import CycleBody, refusals
from shared.kernel.calendar import local_date
from shared.kernel.decider import State, View
from shared.kernel.decimals import exact
from shared.kernel.errors import Rejection, Rejections

D = TypeVar("D", bound=State)

_RECURRING_FIELDS = ("start", "end", "changes", "billed_through", "target_date")


class _NothingStored:
    """Where a price can name nothing by id."""

    def get(self, kind: type[D], key: str) -> D | None:
        return None

    def get_many(self, kind: type[D], keys: Collection[str]) -> Mapping[str, D]:
        return {}


NOTHING_STORED: Final[View] = _NothingStored()


def quote(body: object, view: View = NOTHING_STORED) -> dict[str, Any]:
    """Answer a quote. Raises `Rejections` (422; 413 for too many records) with a pointer for each bad field.

    `view` is where tables and calendars are looked up that a price names by id.
    """
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
    answer = _recurring(asked, prices) if isinstance(asked, RecurringQuoteBody) else _usage(asked, prices, view)
    return quote_body(answer)


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
    if price.once:
        return Quote(asked.currency, tuple(_once(asked, price)))
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


def _once(asked: RecurringQuoteBody, price: Price) -> list[Line]:
    """One line at `start`; none where service ends before it began, or the price has been charged."""
    time_zone = (asked.cycle or CycleBody()).time_zone

    def day(moment: date | datetime | None) -> date | None:
        return local_date(moment, time_zone) if isinstance(moment, datetime) else moment

    start, end, paid = day(asked.start), day(asked.end), day(asked.billed_through)
    if start is None:
        raise TypeError("a recurring quote has a start")
    refused: list[Rejection] = []
    if asked.changes:
        detail = f"a {price.name} price has no periods to be changed; quote each price by itself"
        refused.append(Rejection("invalid", detail, pointer="/changes"))
    if asked.target_date < start:
        detail = f"the target date {asked.target_date} is before the start {start}"
        refused.append(Rejection("invalid", detail, pointer="/target_date"))
    if end is not None and end < start:
        refused.append(Rejection("invalid", f"the end {end} is before the start {start}", pointer="/end"))
    if refused:
        raise Rejections(refused)
    if end == start or (paid is not None and paid > start):
        return []
    return [once_line(price, currency=asked.currency, on=start)]


def _usage(asked: UsageQuoteBody, prices: Mapping[str, Price], view: View) -> Quote:
    _refuse_contradictions(asked, prices)
    period = asked.period.to_period()
    rates = StoredRates(view, since=period.start)
    context = PricingContext(
        currency=asked.currency,
        period=period,
        time_zone=asked.cycle.time_zone if asked.cycle else "UTC",
        holidays=holidays_of(view, deleted_too=False),
        rate_of=rates.rate_of,
        want_rates=rates.want_rates,
    )
    usage = Usage(asked, prices, context, lambda meter_id: aggregation_of(meter_id, view))
    with exact():
        usage.check()
        lines = [
            line
            for index, (pointer, price) in enumerate(prices.items())
            for line in _usage_lines(usage, price, index, pointer)
        ]
    return Quote(asked.currency, tuple(lines))


def _usage_lines(usage: Usage, price: Price, index: int, pointer: str) -> list[Line]:
    """The lines of one of the prices. What a model refuses, it refuses by a place in itself."""
    cycle = usage.asked.cycle
    try:
        return price_measured(
            price,
            usage.of(price),
            already_billed=usage.billed(price),
            context=usage.context,
            cycle=None if cycle is None else cycle.to_cycle(),
            price_index=index,
        )
    except Rejection as refusal:
        raise Rejections(
            [Rejection(one.code, one.detail, pointer=f"{pointer}{one.pointer or ''}") for one in refusal.all]
        ) from refusal


def _refuse_contradictions(asked: UsageQuoteBody, prices: Mapping[str, Price]) -> None:
    refused: list[Rejection] = []
    if (asked.price is None) == (asked.prices is None):
        refused.append(Rejection("invalid", "a quote has either price or prices", pointer="/price"))
    for pointer, price in prices.items():
        if price.recurring:
            detail = f"a {price.name} price is for time; quote it with start and target_date instead of a period"
            refused.append(Rejection("invalid", detail, pointer=f"{pointer}/model"))
    if refused:
        raise Rejections(refused)

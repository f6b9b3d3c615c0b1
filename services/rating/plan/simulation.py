"""What a plan would cost: its prices through the functions of a quote, month after month. Nothing is stored.

simulate(fiber, SimulationBody(quantities={"data.octets": "250000000000"}, months=2,
                               period={"start": "2026-06-01", "end": "2026-07-01"}))
-> {"amount": {"amount": "69.80", ...}, "months": [{"period": June, "amount": ..., "lines": [...]}, July]}

It is what bills would show of a subscription that begins on the first day: a price for time stands in the month in
which it falls due (in advance: begins; in arrears: ends), usage in its own
month. What is paid once stands in the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from typing import Annotated, Any, Final

import msgspec
from pydantic import BaseModel, ConfigDict, Field, StrictInt

from services.rating.allowance.messages import Covered
from services.rating.fields import VersionNumber
from services.rating.plan.compare import Side
from services.rating.plan.included import included, priced_rest, with_included
from services.rating.pricing import Price, parse_price
from services.rating.pricing.engine.contract import MeterId
from services.rating.quote.bodies import RecordBody
from services.rating.quote.quote import quote
from shared.kernel.bodies import CycleBody, PeriodBody
from shared.kernel.calendar import Cycle, anchored, periods_from
from shared.kernel.decimals import exact, format_decimal
from shared.kernel.errors import Rejection, Rejections
from shared.kernel.json_keys import json_pointer
from shared.kernel.money import QuantityString, format_amount
from shared.kernel.period import Period
from shared.kernel.rounding import SHARE_DECIMALS

MONTHS_MAX: Final = 36


class SimulationBody(BaseModel):
    """What is used in `period`: `quantities` by meter, the same again in each of `months` periods, or `records`.

    Without `cycle` the periods are months that begin on the day of the first, in UTC.
    """

    model_config = ConfigDict(extra="forbid")

    version: VersionNumber | None = None
    period: PeriodBody
    months: Annotated[StrictInt, Field(ge=1, le=MONTHS_MAX)] = 1
    cycle: CycleBody | None = None
    quantities: dict[MeterId, QuantityString] | None = None
    records: list[RecordBody] | None = None


class _Line(msgspec.Struct, frozen=True):
    """A line of a quote, and the day in whose month it stands."""

    due: date
    body: dict[str, Any]


def simulate(plan: Side, asked: SimulationBody, sentences: Sequence[str]) -> dict[str, Any]:
    """The months with their lines. `sentences` describe the prices. Raises `Rejection` with a pointer into the body."""
    periods = _periods(asked)
    prices = [parse_price(raw, pointer=f"/prices/{index}") for index, raw in enumerate(plan.prices)]
    lines = [*_recurring(plan, prices, asked, periods)]
    free = included(plan, prices, _cycle(asked), periods, _used(asked))
    for period in periods:
        lines += _usage(plan, prices, asked, period, free.get(period.start, {}))
    months = [_month(plan.currency, period, lines, sentences) for period in periods]
    with exact():
        total = sum((Decimal(line.body["amount"]) for line in lines), Decimal(0))
        unrounded = sum((Decimal(line.body["unrounded"]) for line in lines), Decimal(0))
    return {
        "plan_id": plan.plan_id,
        "version": plan.version,
        "prices_include_tax": plan.terms.prices_include_tax,
        "amount": _money(total, plan.currency),
        "unrounded": format_decimal(unrounded, decimals_min=SHARE_DECIMALS),
        "months": months,
    }


def _periods(asked: SimulationBody) -> list[Period]:
    first = asked.period.to_period()
    if asked.months == 1:
        return [first]
    if asked.records is not None:
        detail = "records are of one period; give quantities by meter, or ask for one month"
        raise Rejection("invalid", detail, pointer="/months")
    found = list(islice(periods_from(_cycle(asked), first.start), asked.months))
    if found[0] != first:
        detail = f"a period of this cycle is from {found[0].start} to {found[0].end}; begin with a whole one"
        raise Rejection("invalid", detail, pointer="/period")
    return found


def _cycle(asked: SimulationBody) -> Cycle:
    body = asked.cycle or CycleBody(anchor_day=asked.period.start.day)
    return anchored(body.to_cycle(counts_from=asked.period.start), asked.period.start)


def _recurring(
    plan: Side, prices: Sequence[Price], asked: SimulationBody, periods: Sequence[Period]
) -> Iterator[_Line]:
    end = periods[-1].end
    for index, price in enumerate(prices):
        if not price.recurring:
            continue
        in_advance = price.once or price.recurring_terms.bill == "advance"
        answer = quote(
            {
                "price": plan.prices[index],
                "currency": plan.currency,
                "cycle": _cycle_body(asked, plan.prices[index].get("interval")),
                "start": asked.period.start.isoformat(),
                "target_date": (end - timedelta(days=1) if in_advance else end).isoformat(),
            }
        )
        for line in answer["lines"]:
            start, until = (date.fromisoformat(line["period"][name]) for name in ("start", "end"))
            due = start if in_advance else until - timedelta(days=1)
            yield _Line(due, {**line, "price_index": str(index)})


def _used(asked: SimulationBody) -> dict[str, Decimal]:
    """What is used of each meter in a period."""
    used: dict[str, Decimal] = {}
    with exact():
        for record in _records(asked):
            if (meter := record.get("meter")) is not None:
                used[meter] = used.get(meter, Decimal(0)) + Decimal(record["quantity"])
    return used


def _usage(
    plan: Side,
    prices: Sequence[Price],
    asked: SimulationBody,
    period: Period,
    free: Mapping[str, Sequence[Covered]],
) -> Iterator[_Line]:
    indexes = [index for index, price in enumerate(prices) if not price.recurring]
    if not indexes:
        return
    body = {
        "prices": [plan.prices[index] for index in indexes],
        "currency": plan.currency,
        "period": {"start": period.start.isoformat(), "end": period.end.isoformat()},
        "cycle": _cycle_body(asked, None),
        "records": priced_rest(_records(asked), free),
    }
    try:
        answer = quote(body)
    except Rejection as refusal:
        raise Rejections([_told(no, asked, indexes) for no in refusal.all]) from refusal
    for line in answer["lines"]:
        index = indexes[int(line["price_index"])]
        shown = with_included(line, free.get(prices[index].meter or "", ()), plan.currency)
        yield _Line(period.start, {**shown, "price_index": str(index)})


def _told(refusal: Rejection, asked: SimulationBody, indexes: Sequence[int]) -> Rejection:
    """A refusal of the quote by its place in what was asked: a quantity by its meter, a price by its index."""
    match (refusal.pointer or "").split("/"):
        case ["", "records", index, *_] if asked.quantities is not None:
            pointer = json_pointer("quantities", [*asked.quantities][int(index)])
            detail = f"{refusal.detail}; a quantity does not say it, give records"
            return Rejection(refusal.code, detail, pointer=pointer, status=refusal.status)
        case ["", "prices", index, *below]:
            pointer = "/".join(["", "prices", str(indexes[int(index)]), *below])
            return Rejection(refusal.code, refusal.detail, pointer=pointer, status=refusal.status)
    return refusal


def _records(asked: SimulationBody) -> list[dict[str, Any]]:
    if asked.records is not None:
        if asked.quantities is not None:
            raise Rejection("invalid", "give either quantities or records", pointer="/quantities")
        return [record.model_dump(mode="json", exclude_none=True) for record in asked.records]
    return [{"meter": meter, "quantity": f"{quantity:f}"} for meter, quantity in (asked.quantities or {}).items()]


def _cycle_body(asked: SimulationBody, interval: Any) -> dict[str, Any]:
    """The cycle as a quote takes it, with the periods of a price that has some of its own."""
    cycle = _cycle(asked)
    body: dict[str, Any] = {
        "frequency": interval or msgspec.to_builtins(cycle.frequency),
        "anchor_day": cycle.anchor_day,
        "time_zone": cycle.time_zone,
    }
    return body if cycle.anchor_month is None else {**body, "anchor_month": cycle.anchor_month}


def _month(currency: str, period: Period, lines: Sequence[_Line], sentences: Sequence[str]) -> dict[str, Any]:
    mine = [line.body for line in lines if period.start <= line.due < period.end]
    with exact():
        amount = sum((Decimal(line["amount"]) for line in mine), Decimal(0))
    return {
        "period": {"start": period.start, "end": period.end},
        "amount": _money(amount, currency),
        "lines": [{**line, "price": sentences[int(line["price_index"])]} for line in mine],
    }


def _money(amount: Decimal, currency: str) -> Mapping[str, str]:
    return {"amount": format_amount(amount, currency), "currency": currency}

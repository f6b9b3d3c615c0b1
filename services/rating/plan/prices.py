"""The prices of a plan: read from a body, and what a plan asks of them beyond each being a price.

parse_prices([{"model": "flat", "amount": "20.00"}], "EUR")        # [Price]
parse_prices([{"model": "per_unit", "unit_price": "0.01"}], "EUR") # refused: missing, /prices/0/meter
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, Final, Literal

from services.rating.pricing import Price, parse_price
from services.rating.pricing.engine.measuring import AggregationOf, measures_of, mismatches
from services.rating.pricing.engine.price import UnreadablePrice
from shared.kernel.currency import Currency, minor_units
from shared.kernel.errors import Rejection, Rejections, unsupported

PRICES_MAX: Final = 100

PlanType = Literal["recurring", "usage", "hybrid", "one_off"]


def parse_prices(prices: Sequence[Any], currency: Currency) -> list[Price]:
    """Read the prices of a plan. Raises `Rejections` with the pointer of everything that is wrong with them."""
    _check_count(prices)
    refusals: list[Rejection] = []
    parsed: list[Price] = []
    for index, raw in enumerate(prices):
        pointer = f"/prices/{index}"
        try:
            price = parse_price(raw, pointer=pointer)
        except Rejection as refusal:
            refusals += refusal.all
        else:
            refusals += _misfits(price, currency, pointer)
            parsed.append(price)
    if refusals:
        raise Rejections(refusals)
    return parsed


def check_prices(prices: Sequence[Price], currency: Currency) -> None:
    """Refuse, each by its pointer, prices that a plan in that currency can't have. Raises `Rejections`."""
    _check_count(prices)
    refusals = [no for index, price in enumerate(prices) for no in _misfits(price, currency, f"/prices/{index}")]
    if refusals:
        raise Rejections(refusals)


def check_measures(prices: Sequence[Price], aggregation_of: AggregationOf) -> None:
    """Refuse, each by its pointer, prices that ask of their meters what those do not have. Raises `Rejections`."""
    refusals = [
        refusal
        for index, price in enumerate(prices)
        for refusal in mismatches(price, aggregation_of, pointer=f"/prices/{index}")
    ]
    if refusals:
        raise Rejections(refusals)


def check_readable(
    prices: Sequence[Price], aggregation_of: AggregationOf, hidden_of: Callable[[str], Collection[str]]
) -> None:
    """Refuse prices that go by an attribute of which nothing can be read once it is reported. Raises `Rejections`."""
    refusals = [
        _hidden(price.name, measure.meter, attribute, pointer=f"/prices/{index}")
        for index, price in enumerate(prices)
        for measure in measures_of(price, aggregation_of)
        for attribute in dict.fromkeys((*measure.attributes, *measure.group_by))
        if attribute in hidden_of(measure.meter)
    ]
    if refusals:
        raise Rejections(refusals)


def _hidden(name: str, meter: str, attribute: str, *, pointer: str) -> Rejection:
    detail = (
        f"a {name} price goes by {attribute}, which is personal in usage of {meter} and sealed whole; keep its first"
        f" characters readable (PUT /v1/meters/{meter}/personal, keep), or price by another attribute"
    )
    return Rejection("attribute_hidden", detail, pointer=pointer)


def type_of(prices: Sequence[Price]) -> PlanType:
    """What kind of plan the prices make: for time, for usage, for both, or paid once."""
    kinds = {_kind(price) for price in prices}
    if kinds == {"once"}:
        return "one_off"
    return "hybrid" if {"time", "usage"} <= kinds else "usage" if "usage" in kinds else "recurring"


def _kind(price: Price) -> Literal["once", "time", "usage"]:
    """A price that this version cannot read prices time where it names no meter."""
    if isinstance(price, UnreadablePrice):
        return "time" if price.meter is None else "usage"
    return "once" if price.once else "time" if price.recurring else "usage"


def _check_count(prices: Sequence[object]) -> None:
    if not 1 <= len(prices) <= PRICES_MAX:
        raise Rejection("invalid", f"a plan has 1 to {PRICES_MAX} prices, not {len(prices)}", pointer="/prices")


def _misfits(price: Price, currency: Currency, pointer: str) -> Iterator[Rejection]:
    """What a plan asks of a price beyond its being one."""
    if isinstance(price, UnreadablePrice):
        yield unsupported(f"the price model {price.name}", pointer=f"{pointer}/model")
        return
    if price.recurring and price.meter is not None:
        yield Rejection(
            "invalid", f"a {price.name} price measures nothing; leave the meter out", pointer=f"{pointer}/meter"
        )
    if not price.recurring and not all(measure.meter for measure in price.measures):
        yield Rejection(
            "required", f"a {price.name} price of a plan names the meter it prices", pointer=f"{pointer}/meter"
        )
    decimals = price.rounding.decimals
    if decimals is not None and decimals > minor_units(currency):
        yield unsupported(f"billing {currency} with {decimals} decimals", pointer=f"{pointer}/rounding/decimals")

"""What a plan asks of its allowances beyond each being one: their meters are priced as one quantity that adds up.

check_allowances([Allowance("data", meter="data.octets", ...)], prices)     # invalid, /allowances/0/meter: no price
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from services.rating.allowance.messages import Allowance
from services.rating.pricing import Price
from services.rating.pricing.engine.aggregation import SUM
from services.rating.pricing.engine.measuring import AggregationOf, meters_of
from services.rating.pricing.engine.price import UnreadablePrice
from shared.kernel.errors import Rejection, Rejections

ALLOWANCES_MAX: Final = 20


def check_allowances(allowances: Sequence[Allowance], prices: Sequence[Price]) -> None:
    """Refuse, each by its pointer, allowances that the prices of a plan can't have. Raises `Rejections`."""
    refused: list[Rejection] = []
    if len(allowances) > ALLOWANCES_MAX:
        refused.append(Rejection("out_of_bounds", f"at most {ALLOWANCES_MAX} allowances", pointer="/allowances"))
    seen: set[str] = set()
    for index, allowance in enumerate(allowances):
        refused += _misfits(allowance, prices, f"/allowances/{index}")
        if allowance.id in seen:
            detail = f"two allowances have the id {allowance.id}"
            refused.append(Rejection("invalid", detail, pointer=f"/allowances/{index}/id"))
        seen.add(allowance.id)
    if refused:
        raise Rejections(refused)


def check_summed(allowances: Sequence[Allowance], aggregation_of: AggregationOf) -> None:
    """Refuse allowances of meters that do not add up. Raises `Rejections`."""
    refused = [
        Rejection(
            "aggregation_mismatch",
            f"an allowance is used up by what adds up, and {allowance.meter} has its {aggregation_of(allowance.meter)}",
            pointer=f"/allowances/{index}/meter",
        )
        for index, allowance in enumerate(allowances)
        if aggregation_of(allowance.meter) != SUM
    ]
    if refused:
        raise Rejections(refused)


def _misfits(allowance: Allowance, prices: Sequence[Price], pointer: str) -> Iterator[Rejection]:
    if allowance.quantity <= 0:
        yield Rejection("out_of_bounds", "an allowance is more than zero", pointer=f"{pointer}/quantity")
    priced = [price for price in prices if allowance.meter in _meters(price)]
    if not priced:
        detail = f"no price of the version is for {allowance.meter}; add one for what goes beyond the allowance"
        yield Rejection("invalid", detail, pointer=f"{pointer}/meter")
    for price in priced:
        if len(price.measures) != 1 or not price.measures[0].summed:
            detail = f"a {price.name} price prices no single quantity that a part could be included of"
            yield Rejection("invalid", detail, pointer=f"{pointer}/meter")
        if price.modifiers.free_quantity is not None:
            detail = f"the {price.name} price has a free_quantity; say what is included in one place"
            yield Rejection("invalid", detail, pointer=f"{pointer}/meter")
    for place, (before, step) in enumerate(pairwise(allowance.then), start=1):
        if before.at.endswith("%") == step.at.endswith("%") and _number(step.at) <= _number(before.at):
            detail = f"{step.at} is not above {before.at}, the step before it"
            yield Rejection("invalid", detail, pointer=f"{pointer}/then/{place}/at")


def _meters(price: Price) -> set[str]:
    if isinstance(price, UnreadablePrice) or price.recurring:
        return set()
    return meters_of(price)


def _number(at: str) -> Decimal:
    return Decimal(at.removesuffix("%"))

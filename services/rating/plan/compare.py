"""What differs between two versions of a plan: each price that came, went or changed, with the fields that did.

compare(one, two)["prices"]
[{"change": "changed", "from": "/prices/0", "to": "/prices/0", "sentence": "€29.90 a month becomes €34.90 a month",
  "fields": [{"pointer": "/amount", "change": "changed", "old": "29.90", "new": "34.90"}]}]

Prices are matched first where they are the same, then by model and meter, then by meter, each in their order. Fields
are compared as they are written: "10.0" is not "10.00". Pointers are relative to the price, down to the field; a field
that only one of them has is told whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal

import msgspec

from services.rating.plan.messages import PlanTerms
from services.rating.plan.summary import Units, summary
from shared.kernel.json_keys import json_pointer

Json = Any
Changed = Literal["added", "removed", "changed"]

_ABSENT: Final = object()


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """A version as it is compared: `prices` as JSON."""

    plan_id: str
    version: int
    name: str
    currency: str
    prices: Sequence[Mapping[str, Json]]
    terms: PlanTerms


def compare(old: Side, new: Side, units: Units) -> dict[str, Any]:
    """What differs, in the order of the new version's prices, those that went last; empty lists where nothing does."""
    pairs = matched(old.prices, new.prices)
    prices = [
        _price(old, new, before, after, units)
        for before, after in pairs
        if before is None or after is None or old.prices[before] != new.prices[after]
    ]
    return {
        "from": {"plan_id": old.plan_id, "version": old.version},
        "to": {"plan_id": new.plan_id, "version": new.version},
        "same": len(pairs) - len(prices),
        "prices": prices,
        "fields": [*differences(_fields(old), _fields(new))],
    }


def matched(
    old: Sequence[Mapping[str, Json]], new: Sequence[Mapping[str, Json]]
) -> list[tuple[int | None, int | None]]:
    """Which price became which, by index, in the order of the new ones; those without a successor last."""
    successor: dict[int, int] = {}
    for identity in (_whole, _model_and_meter, _meter):
        for index, price in enumerate(new):
            if index in successor.values():
                continue
            for before, candidate in enumerate(old):
                if before not in successor and identity(candidate) == identity(price):
                    successor[before] = index
                    break
    predecessor = {after: before for before, after in successor.items()}
    found: list[tuple[int | None, int | None]] = [(predecessor.get(index), index) for index in range(len(new))]
    return found + [(index, None) for index in range(len(old)) if index not in successor]


def differences(old: Json, new: Json, pointer: str = "") -> Iterator[dict[str, Any]]:
    """Each field that differs, by its JSON pointer: `old` and `new` only where there is such a value."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in [*old, *(name for name in new if name not in old)]:
            below = pointer + json_pointer(name)
            yield from differences(old.get(name, _ABSENT), new.get(name, _ABSENT), below)
    elif isinstance(old, list) and isinstance(new, list):
        for index in range(max(len(old), len(new))):
            one = old[index] if index < len(old) else _ABSENT
            other = new[index] if index < len(new) else _ABSENT
            yield from differences(one, other, f"{pointer}/{index}")
    elif old is _ABSENT:
        yield {"pointer": pointer, "change": "added", "new": new}
    elif new is _ABSENT:
        yield {"pointer": pointer, "change": "removed", "old": old}
    elif type(old) is not type(new) or old != new:
        yield {"pointer": pointer, "change": "changed", "old": old, "new": new}


def _price(old: Side, new: Side, before: int | None, after: int | None, units: Units) -> dict[str, Any]:
    one = None if before is None else old.prices[before]
    other = None if after is None else new.prices[after]
    fields = [*differences(one, other)] if one is not None and other is not None else []
    was = None if one is None else summary(one, old.currency, units)
    will_be = None if other is None else summary(other, new.currency, units)
    change: Changed = "added" if one is None else "removed" if other is None else "changed"
    return {
        "change": change,
        "from": None if before is None else f"/prices/{before}",
        "to": None if after is None else f"/prices/{after}",
        "sentence": _sentence(was, will_be, fields),
        "fields": fields,
    }


def _sentence(was: str | None, will_be: str | None, fields: Sequence[Mapping[str, Any]]) -> str:
    if was is None:
        return f"new: {will_be}"
    if will_be is None:
        return f"no longer: {was}"
    if was != will_be:
        return f"{was} becomes {will_be}"
    names = ", ".join(field["pointer"].removeprefix("/") for field in fields)
    return f"{was}: other {names}"


def _fields(side: Side) -> dict[str, Json]:
    """What a version says beside its prices."""
    return {"name": side.name, "currency": side.currency, **msgspec.to_builtins(side.terms)}


def _whole(price: Mapping[str, Json]) -> Json:
    return price


def _model_and_meter(price: Mapping[str, Json]) -> Json:
    return price["model"], price.get("meter")


def _meter(price: Mapping[str, Json]) -> Json:
    return price.get("meter")


_Identity = Callable[[Mapping[str, Json]], Json]

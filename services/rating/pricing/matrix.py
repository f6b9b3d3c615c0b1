"""`matrix`: the price of a unit depends on what the record says, such as its region.

    dimensions  ["region", "class"]
    cells       {"match": {"region": "eu", "class": "gold"}, "unit_price": "0.05"}
                {"match": {"region": "eu"}, "unit_price": "0.10"}            any class
    default     "0.20"

100 units of eu and gold, 50 of eu and silver, 10 of us: 100 × 0.05 + 50 × 0.10 + 10 × 0.20 = 12.00. The first cell that
matches all it names prices a unit; where none does it is the `default`. Without one nothing prices the record: it waits
in quarantine and is never taken for zero (R20).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictStr

from services.rating.pricing.engine.contract import (
    ZERO,
    Entry,
    Example,
    Measure,
    NothingPrices,
    PriceTerms,
    PricingContext,
    Problem,
    Step,
    UsageModel,
)
from shared.kernel.money import PriceString

# Whether a cell can be reached is asked of every set of what it names: 2^5 of them.
DIMENSIONS_MAX: Final = 5
CELLS_MAX: Final = 5000

Word = Annotated[StrictStr, Field(min_length=1, max_length=255)]


class MatrixCell(BaseModel):
    """`unit_price` of records that say what `match` says; a dimension that it does not name may be anything."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    match: Annotated[dict[Word, Word], Field(min_length=1)]
    unit_price: PriceString

    def holds(self, said: Mapping[str, str]) -> bool:
        return all(said.get(name) == word for name, word in self.match.items())


class MatrixPrice(PriceTerms):
    """The first of `cells` that matches a record's attributes prices its units, else `default`."""

    model: Literal["matrix"]
    dimensions: Annotated[tuple[Word, ...], Field(min_length=1, max_length=DIMENSIONS_MAX)]
    cells: Annotated[tuple[MatrixCell, ...], Field(min_length=1, max_length=CELLS_MAX)]
    default: PriceString | None = None

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        if len(set(self.dimensions)) < len(self.dimensions):
            yield Problem("/dimensions", "each dimension is named once")
        seen: dict[frozenset[tuple[str, str]], int] = {}
        for index, cell in enumerate(self.cells):
            at = f"/cells/{index}/match"
            if unknown := sorted(cell.match.keys() - set(self.dimensions)):
                yield Problem(at, f"{', '.join(unknown)} is not among the dimensions {', '.join(self.dimensions)}")
                continue
            if (earlier := _hidden_by(cell, seen)) is not None:
                yield Problem(at, f"cell {earlier} takes all that this one matches; put the narrower one first")
            seen.setdefault(frozenset(cell.match.items()), index)


def measures(parameters: MatrixPrice) -> tuple[Measure, ...]:
    return (Measure(group_by=parameters.dimensions),)


def unpriceable(parameters: MatrixPrice, context: PricingContext, record: Entry) -> str | None:
    """`no_price` where no cell matches and there is no default."""
    words = tuple(word or "" for word in record.words)
    return "no_price" if _price_of(parameters, _said(parameters, words)) is None else None


def steps(parameters: MatrixPrice, by_words: Mapping[tuple[str, ...], Decimal]) -> tuple[Step, ...]:
    """One step for each cell that has units, "1" being the first, and "default"; `label` says what they have said."""
    units: dict[str, Decimal] = {}
    prices: dict[str, Decimal] = {}
    for words, quantity in by_words.items():
        said = _said(parameters, words)
        found = _price_of(parameters, said)
        if found is None:
            text = ", ".join(f"{name} {said.get(name, 'not said')}" for name in parameters.dimensions)
            raise NothingPrices(f"no cell matches {text}, and there is no default; add one of them")
        name, prices[name] = found
        units[name] = units.get(name, ZERO) + quantity
    order = [*map(str, range(1, len(parameters.cells) + 1)), "default"]
    return tuple(
        Step(name, units[name], prices[name], units[name] * prices[name], label=_label(parameters, name))
        for name in order
        if name in units
    )


def _hidden_by(cell: MatrixCell, seen: Mapping[frozenset[tuple[str, str]], int]) -> int | None:
    """The place of an earlier cell that matches whatever this one does."""
    named = sorted(cell.match.items())
    subsets = (frozenset(some) for size in range(1, len(named) + 1) for some in combinations(named, size))
    return min((seen[some] for some in subsets if some in seen), default=None)


def _said(parameters: MatrixPrice, words: tuple[str, ...]) -> dict[str, str]:
    """What a record says of the dimensions; one that it does not have is left out."""
    return {name: word for name, word in zip(parameters.dimensions, words, strict=True) if word}


def _price_of(parameters: MatrixPrice, said: Mapping[str, str]) -> tuple[str, Decimal] | None:
    """The name of the step and the price of a unit, of the first cell that matches or the default."""
    for number, cell in enumerate(parameters.cells, start=1):
        if cell.holds(said):
            return str(number), cell.unit_price
    return None if parameters.default is None else ("default", parameters.default)


def _label(parameters: MatrixPrice, name: str) -> str:
    if name == "default":
        return "no cell matches"
    match = parameters.cells[int(name) - 1].match
    return ", ".join(f"{dimension} {match[dimension]}" for dimension in parameters.dimensions if dimension in match)


_REGIONS: Final = {
    "dimensions": ["region", "class"],
    "cells": [
        {"match": {"region": "eu", "class": "gold"}, "unit_price": "0.05"},
        {"match": {"region": "eu"}, "unit_price": "0.10"},
    ],
    "default": "0.20",
}
_ALL: Final[Mapping[tuple[str, ...], Decimal]] = {
    ("eu", "gold"): Decimal(100),
    ("eu", "silver"): Decimal(50),
    ("us", ""): Decimal(10),
}

EXAMPLES: Final = (
    Example(_REGIONS, ({},), "0"),
    Example(_REGIONS, (_ALL,), "12"),
    Example(_REGIONS, ({("eu", ""): Decimal("1.5")},), "0.15"),
    Example(_REGIONS, ({("", "gold"): Decimal("1")},), "0.2"),
)

MODEL: Final = UsageModel(MatrixPrice, steps, EXAMPLES, measures, unpriceable=unpriceable, by_words=True)

"""What a price model is: parameters, one pure function, examples.

A usage model turns what was measured in a period into steps, a recurring model the share of its period. Steps explain
the amount and add up to it; neither rounds (R2). A model knows nothing of modifiers, rounding or what was billed
before: those are the same for every model and are applied around it.

Most models price what their meter aggregates, so their function takes one quantity. One that needs more says so in
`measures`, and its function takes a value for each of them, in that order. With `in_context` it also takes where and
when it prices (`PricingContext`), before the values:

    def measures(parameters):                            the largest record of each region
        return (Measure(aggregation="max", group_by=("region",)),)

    def steps(parameters, by_region):                    {("north",): Decimal("92.4"), ("south",): Decimal("11.0")}
    def steps(parameters, context, by_region):           the same with `in_context=True`

What this version does not measure is refused by name when a plan is published (plan/prices.py).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Concatenate, Final, Generic, Literal, NamedTuple, TypeVar

import msgspec
from pydantic import BaseModel, ConfigDict, Field, StrictStr

from services.rating.pricing.engine.modifiers import Modifiers
from services.rating.pricing.engine.rounding_field import RoundingField
from shared.kernel.bodies import FrequencyField
from shared.kernel.errors import absent
from shared.kernel.period import Period
from shared.kernel.rounding import Rounding

ZERO: Final = Decimal(0)
ONE: Final = Decimal(1)

Bill = Literal["advance", "arrears"]
Proration = Literal["actual", "fixed_30", "seconds", "inclusive", "none", "full"]
MeterId = Annotated[StrictStr, Field(pattern=r"^[A-Za-z0-9._:-]{1,64}$")]


@dataclass(frozen=True, slots=True)
class Step:
    """One term of an amount: `quantity` at `unit_price`, plus `flat_fee` where the tier has one.

    `tier` numbers the tiers from "1" and is a word elsewhere: "included", "free", "discount", "minimum", "maximum".
    With `unit_size`, `unit_price` was paid for each started block of that many units. `label` says what was priced
    where `tier` alone would not, such as a destination; with `count` the quantity is the sum of that many records, and
    a part of `unit_size` costs its part.
    """

    tier: str
    quantity: Decimal
    unit_price: Decimal
    amount: Decimal
    unit_size: Decimal | None = None
    flat_fee: Decimal = ZERO
    label: str | None = None
    count: int | None = None

    @classmethod
    def adjustment(cls, name: str, amount: Decimal) -> Step:
        """What a modifier added to (or, negative, took off) the amount of the steps before it."""
        return cls(name, ONE, amount, amount)

    @property
    def counts(self) -> bool:
        """Whether anything was priced: an amount, or a quantity that cost nothing."""
        return bool(self.amount) or (bool(self.quantity) and self.tier not in ADJUSTMENTS)

    def less(self, billed: Step) -> Step:
        """What is new in this step against the same step of what has been billed (R16)."""
        if self.tier in ADJUSTMENTS:
            return Step.adjustment(self.tier, self.amount - billed.amount)
        return replace(
            self,
            quantity=self.quantity - billed.quantity,
            amount=self.amount - billed.amount,
            flat_fee=self.flat_fee - billed.flat_fee,
            count=None if self.count is None else self.count - (billed.count or 0),
        )


def units_amount(units: Decimal, unit_price: Decimal, unit_size: Decimal | None) -> Decimal:
    """What `units` (≥ 0) cost: each at `unit_price`, or with `unit_size` each started block of that many (R14)."""
    if unit_size is None:
        return units * unit_price
    blocks, rest = divmod(units, unit_size)
    return (blocks + 1 if rest else blocks) * unit_price


# Steps of modifiers: they have an amount and no quantity of their own.
ADJUSTMENTS: Final = frozenset({"discount", "minimum", "maximum"})


class Problem(NamedTuple):
    """What is wrong with a price beyond the type of a field; `pointer` is a JSON pointer below the price."""

    pointer: str
    detail: str
    code: str = "invalid"


class PriceTerms(BaseModel):
    """What every price may say, whatever its model. A model's parameters extend it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str
    meter: MeterId | None = None
    modifiers: Modifiers | None = None
    rounding: RoundingField = Field(default_factory=Rounding)

    def problems(self) -> Iterator[Problem]:
        """Contradictions between fields. A model with rules of its own yields these first, then its own."""
        if self.modifiers is not None:
            for pointer, detail in self.modifiers.problems():
                yield Problem(f"/modifiers{pointer}", detail)


class RecurringTerms(PriceTerms):
    """What every recurring price may say: how long its period is, when it is billed, what a part of it costs.

    Without `interval` the price follows the frequency of the account's cycle.
    """

    interval: FrequencyField | None = None
    bill: Bill = "advance"
    proration: Proration = "actual"

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        if self.proration == "fixed_30" and isinstance(self.interval, msgspec.Struct):
            yield Problem(
                "/proration", "fixed_30 counts months of 30 days; an interval of days needs another proration"
            )
        if self.modifiers is None:
            return
        for name in ("free_quantity", "minimum_commitment"):
            if getattr(self.modifiers, name) is not None:
                yield Problem(f"/modifiers/{name}", f"{name} is about usage, and a {self.model} price has none")


P = TypeVar("P", bound=PriceTerms)


def no_such_calendar(calendar_id: str) -> frozenset[date]:
    raise absent("holidays", calendar_id, pointer="/holidays")


def no_such_table(table_id: str, destination: str) -> Any:
    raise absent("rate_table", table_id, pointer="/rate_table")


def nothing_to_load(table_id: str, destinations: Collection[str]) -> None:
    """Where rates are at hand, nobody has to be told which will be asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What a price asks of the usage of a period.

    `meter`: `None` for the price's own. `aggregation`: `None` for the meter's own. `attributes` of the records that the
    aggregation reads beside their quantity. With `group_by`, a value for each combination of those attributes' words.
    """

    meter: str | None = None
    aggregation: str | None = None
    attributes: tuple[str, ...] = ()
    group_by: tuple[str, ...] = ()


class Entry(NamedTuple):
    """One usage record as a price of single records sees it. Entries sort by (`started_us`, `source`, `id`), R16.

    Instants in microseconds since 1970 (UTC); `quantity` in 1e-6 units. `words` are the attributes that the measure
    names, in its order; `None` where the record does not say.
    """

    started_us: int
    source: str
    id: str
    quantity: int
    ended_us: int
    words: tuple[str | None, ...] = ()


Measured = Decimal | Mapping[tuple[str, ...], Decimal] | tuple[Entry, ...]
"""The value of a measure: one; with `group_by` one for each combination of words; of `per_record` the entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PricingContext:
    """Where and when something is priced: `period` in days of `time_zone`.

    `holidays` of a stored calendar and `rate_of` (the rate with the longest prefix of a destination, in a stored table)
    are looked up by id; they raise `Rejection` for an id that nobody knows. `want_rates` is told the destinations
    (their digits) before the first is looked up, so that all are loaded at once.
    """

    currency: str
    period: Period
    time_zone: str = "UTC"
    holidays: Callable[[str], frozenset[date]] = no_such_calendar
    rate_of: Callable[[str, str], Any] = no_such_table
    want_rates: Callable[[str, Collection[str]], None] = nothing_to_load


def what_its_meter_aggregates(parameters: PriceTerms) -> tuple[Measure, ...]:
    """The measure of every model that prices a quantity, whatever that is."""
    return (Measure(),)


@dataclass(frozen=True, slots=True)
class Example:
    """`quantity` (of a recurring model: a share of its period) at the parameters `price` costs `amount`, unrounded."""

    price: Mapping[str, Any]
    quantity: str
    amount: str


@dataclass(frozen=True, slots=True)
class UsageModel(Generic[P]):
    """A price for what was used: f(what its `measures` came to in the whole period), each value ≥ 0.

    `in_context`: `steps` takes a `PricingContext` before the values. `unpriceable` says of one record why nothing can
    price it (a reason code such as `no_price`), or `None`: it then waits in quarantine, never priced at zero (R20).
    """

    parameters: type[P]
    steps: Callable[Concatenate[P, ...], tuple[Step, ...]]
    examples: tuple[Example, ...]
    measures: Callable[[P], tuple[Measure, ...]] = what_its_meter_aggregates
    in_context: bool = False
    unpriceable: Callable[[P, PricingContext, Entry], str | None] | None = None
    recurring: Literal[False] = False


@dataclass(frozen=True, slots=True)
class RecurringModel(Generic[P]):
    """A price for time: f(share of a whole period), 0 ≤ share ≤ 1."""

    parameters: type[P]
    steps: Callable[Concatenate[P, ...], tuple[Step, ...]]
    examples: tuple[Example, ...]
    recurring: Literal[True] = True

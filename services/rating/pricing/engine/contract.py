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
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Concatenate, Final, Generic, Literal, NamedTuple, TypeVar

import msgspec
from pydantic import BaseModel, ConfigDict, Field, StrictStr

from services.rating.pricing.engine.modifiers import Modifiers
from services.rating.pricing.engine.rounding_field import RoundingField
from shared.kernel.bodies import FrequencyField
from shared.kernel.calendar import midnight
from shared.kernel.errors import Rejection, absent
from shared.kernel.money import micro_decimal, quantity_micro
from shared.kernel.period import Period
from shared.kernel.rounding import Rounding

ZERO: Final = Decimal(0)
ONE: Final = Decimal(1)

Bill = Literal["advance", "arrears"]
Proration = Literal["actual", "fixed_30", "seconds", "inclusive", "none", "full"]
Slug = Annotated[StrictStr, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
MeterId = Annotated[StrictStr, Field(pattern=r"^[A-Za-z0-9._:-]{1,64}$")]


@dataclass(frozen=True, slots=True)
class Step:
    """One term of an amount: `quantity` at `unit_price`, plus `flat_fee` where the tier has one.

    `tier` numbers the tiers from "1" and is a word elsewhere: "included", "free", "discount", "minimum", "maximum".
    With `unit_size`, `unit_price` was paid for each started block of that many units. `label` says to a customer what
    the numbers alone do not ("rank ⌈95 × 8640 ÷ 100⌉ = 8208"), `count` how many records or samples the step is about.
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
    def adjustment(cls, name: str, amount: Decimal, *, label: str | None = None, count: int | None = None) -> Step:
        """What was added to (or, negative, taken off) the amount of the steps before it, by a modifier or a bound."""
        return cls(name, ONE, amount, amount, label=label, count=count)

    @property
    def counts(self) -> bool:
        """Whether anything was priced: an amount, or a quantity that cost nothing."""
        return bool(self.amount) or (bool(self.quantity) and self.tier not in ADJUSTMENTS)

    def less(self, billed: Step) -> Step:
        """What is new in this step against the same step of what has been billed (R16)."""
        count = None if self.count is None else self.count - (billed.count or 0)
        if self.tier in ADJUSTMENTS:
            return Step.adjustment(self.tier, self.amount - billed.amount, label=self.label, count=count)
        return replace(
            self,
            quantity=self.quantity - billed.quantity,
            amount=self.amount - billed.amount,
            flat_fee=self.flat_fee - billed.flat_fee,
            count=count,
        )


def units_amount(units: Decimal, unit_price: Decimal, unit_size: Decimal | None) -> Decimal:
    """What `units` (≥ 0) cost: each at `unit_price`, or with `unit_size` each started block of that many (R14)."""
    if unit_size is None:
        return units * unit_price
    blocks, rest = divmod(units, unit_size)
    return (blocks + 1 if rest else blocks) * unit_price


# Steps of modifiers, and of bounds of single events: they have an amount and no quantity of their own.
ADJUSTMENTS: Final = frozenset({"discount", "minimum", "maximum", "per_event_min", "per_event_max"})


class Problem(NamedTuple):
    """What is wrong with a price beyond the type of a field; `pointer` is a JSON pointer below the price."""

    pointer: str
    detail: str
    code: str = "invalid"


class PriceTerms(BaseModel):
    """What every price may say, whatever its model. A model's parameters extend it.

    `tax_class`: how its lines are taxed, in the provider's own word; `None`: as the plan's service says.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str
    meter: MeterId | None = None
    modifiers: Modifiers | None = None
    rounding: RoundingField = Field(default_factory=Rounding)
    tax_class: Slug | None = None

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
        yield from about_usage(self)


def about_usage(terms: PriceTerms) -> Iterator[Problem]:
    """The modifiers that a price for time cannot have."""
    for name in ("free_quantity", "minimum_commitment"):
        if terms.modifiers is not None and getattr(terms.modifiers, name) is not None:
            yield Problem(f"/modifiers/{name}", f"{name} is about usage, and a {terms.model} price has none")


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
    `needs`: which of its instants a record must say; usage always has both, the records of a quote may not.
    """

    meter: str | None = None
    aggregation: str | None = None
    attributes: tuple[str, ...] = ()
    group_by: tuple[str, ...] = ()
    needs: tuple[Literal["started_at", "ended_at"], ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """All attributes that it reads: what a record is shown with to `UsageModel.unpriceable`."""
        return (*self.attributes, *self.group_by)

    @property
    def summed(self) -> bool:
        """Whether it is the one quantity of its meter, which adds up over records."""
        return self.aggregation in (None, "sum") and not self.words


class Entry(NamedTuple):
    """One usage record as a price of single records sees it. Entries sort by (`started_us`, `source`, `id`), R16.

    Instants in microseconds since 1970 (UTC); `quantity` in 1e-6 units. `words` are the attributes that the measure
    names, in its order; `None` where the record does not say. To `UsageModel.unpriceable` a record is shown with the
    words of `attributes` and then of `group_by`, and with its `meter`.
    """

    started_us: int
    source: str
    id: str
    quantity: int
    ended_us: int
    words: tuple[str | None, ...] = ()
    meter: str | None = None

    @classmethod
    def of(cls, quantity: str, *words: str | None, at_s: int = 0, until_s: int | None = None) -> Entry:
        """A record of an example, its instants in seconds since 1970."""
        until = at_s if until_s is None else until_s
        return cls(at_s * 1_000_000, "", "", quantity_micro(quantity), until * 1_000_000, words)


Measured = Decimal | Mapping[tuple[str, ...], Decimal] | tuple[Entry, ...]
"""The value of a measure: one; with `group_by` one for each combination of words ("" for an attribute that records do
not have); of `per_record` the entries."""


def quantity_of(measured: Measured) -> Decimal:
    """What a line says was measured: the value, or the sum over its groups or records."""
    if isinstance(measured, Decimal):
        return measured
    if isinstance(measured, Mapping):
        return sum(measured.values(), ZERO)
    return micro_decimal(sum(entry.quantity for entry in measured))


@dataclass(frozen=True, slots=True, kw_only=True)
class PricingContext:
    """Where and when something is priced: `period` in days of `time_zone`.

    `holidays` of a stored calendar and `rate_of` (the rate with the longest prefix of a destination, in a stored table)
    are looked up by id; they raise `Rejection` for an id that nobody knows. `want_rates` is told the destinations
    (their digits) before the first is looked up, so that all are loaded at once. `later`: what takes the place of the
    price, from which day on, where later versions of the plan are in force: usage may reach into them (R21).
    """

    currency: str
    period: Period
    time_zone: str = "UTC"
    holidays: Callable[[str], frozenset[date]] = no_such_calendar
    rate_of: Callable[[str, str], Any] = no_such_table
    want_rates: Callable[[str, Collection[str]], None] = nothing_to_load
    later: tuple[tuple[date, PriceTerms], ...] = ()

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """When the period begins and ends: the midnights of its days in the account's time zone."""
        return midnight(self.period.start, self.time_zone), midnight(self.period.end, self.time_zone)


class NothingPrices(Rejection):
    """A price has no amount for what was measured: refused as `no_price`, never taken for zero (R20)."""

    def __init__(self, detail: str) -> None:
        super().__init__("no_price", detail)


def what_its_meter_aggregates(parameters: PriceTerms) -> tuple[Measure, ...]:
    """The measure of every model that prices a quantity, whatever that is."""
    return (Measure(),)


@dataclass(frozen=True, slots=True)
class Example:
    """`quantity` (of a recurring model: a share of its period) at the parameters `price` costs `amount`, unrounded.

    Of a price that measures anything but one quantity it is what was measured, a value for each measure. What is priced
    in context is so in June 2026, in UTC.
    """

    price: Mapping[str, Any]
    quantity: str | tuple[Measured, ...]
    amount: str


@dataclass(frozen=True, slots=True)
class UsageModel(Generic[P]):
    """A price for what was used: f(what its `measures` came to in the whole period), each value ≥ 0.

    `in_context`: `steps` takes a `PricingContext` before the values. `unpriceable` says of one record why nothing can
    price it (a reason code such as `no_price`), or `None`: it then waits in quarantine, never priced at zero (R20).
    `by_words`: what it says depends on the words of the record and on nothing else.
    `quantity` gives what a line says was used, from the same arguments as `steps` with its context; without it a line
    has the first value, or the sum of its groups or records. `wanted` says which stored rates records will be priced
    by, as numbers by table, so that those of many records are loaded at once.
    """

    parameters: type[P]
    steps: Callable[Concatenate[P, ...], tuple[Step, ...]]
    examples: tuple[Example, ...]
    measures: Callable[[P], tuple[Measure, ...]] = what_its_meter_aggregates
    in_context: bool = False
    unpriceable: Callable[[P, PricingContext, Entry], str | None] | None = None
    by_words: bool = False
    quantity: Callable[Concatenate[P, PricingContext, ...], Decimal | None] | None = None
    wanted: Callable[[P, Collection[Entry]], Mapping[str, Collection[str]]] | None = None
    recurring: Literal[False] = False


@dataclass(frozen=True, slots=True)
class RecurringModel(Generic[P]):
    """A price for time: f(share of a whole period), 0 ≤ share ≤ 1. One that is charged `once` has no periods."""

    parameters: type[P]
    steps: Callable[Concatenate[P, ...], tuple[Step, ...]]
    examples: tuple[Example, ...]
    once: bool = False
    recurring: Literal[True] = True

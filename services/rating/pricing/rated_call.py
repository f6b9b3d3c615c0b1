"""`rated_call`: calls by destination, time of day and increment.

A call of 61 s to France at 0.12 for 60 s, 60/1 and 0.05 to connect: 61 s are billed, 0.05 + 61 × 0.12 ÷ 60 = 0.172.
With `max_cost` 0.15 it costs 0.15; with `rounding` it is rounded to 0.17 before calls are added up. A call of zero
seconds costs nothing (R22).

The longest prefix of the number wins (R19); where none fits, or no band covers a moment of the call, it has no price
and says so (R20). By `time` it is cut at band bounds, and where another version of its stored table comes into force;
by `volume` what is in force at its start prices all of it (R21). Where a later version of the plan has such a price in
the same place, a call that reaches into it is cut there too. Times are those of the account's time zone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from services.rating.pricing.calls.billing import CallBill, CallTerms, entries_of
from services.rating.pricing.calls.cutting import DatedRate, Rates
from services.rating.pricing.calls.destination import DIALLED, digits, prefixes, told_apart
from services.rating.pricing.calls.rate import CallRate, increment_problems, problems_of
from services.rating.pricing.calls.rate_body import Bands, Increments, PrefixRateBody, bands_of, increments_of, some
from services.rating.pricing.engine.contract import (
    Entry,
    Example,
    Measure,
    PriceTerms,
    PricingContext,
    Problem,
    Step,
    UsageModel,
)
from services.rating.pricing.engine.id_or import IdOr
from shared.kernel.bodies import BillingDate
from shared.kernel.money import PriceString

TABLE_MAX: Final = 1000
"""Prefixes inside a price; more of them are a table of their own."""
HOLIDAYS_MAX: Final = 1000
DESTINATION: Final = "destination"
NO_PRICE: Final = "no_price"

InlineTable = Annotated[tuple[PrefixRateBody, ...], *some(TABLE_MAX)]
InlineHolidays = Annotated[tuple[BillingDate, ...], Field(max_length=HOLIDAYS_MAX)]


class RatedCallPrice(PriceTerms):
    """`bands` for every destination, or a `rate_table`: inline, or the id of a stored one."""

    model: Literal["rated_call"]
    rate_table: Annotated[tuple[PrefixRateBody, ...] | str | None, IdOr(InlineTable)] = None
    connect_fee: PriceString | None = None
    increments: Increments | None = None
    bands: Bands | None = None
    holidays: Annotated[tuple[date, ...] | str | None, IdOr(InlineHolidays)] = None
    basis: Literal["time", "volume"] = "time"
    max_cost: PriceString | None = None

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        if (self.bands is None) == (self.rate_table is None):
            yield Problem("/bands", "a rated_call price has either bands or a rate_table")
        yield from increment_problems(increments_of(self.increments), "/increments")
        holidays = self.holidays is not None
        if self.bands is not None:
            yield from problems_of(CallRate("", bands_of(self.bands)), "", holidays=holidays)
        if isinstance(self.rate_table, tuple):
            yield from table_problems([body.to_rate() for body in self.rate_table], "/rate_table", holidays=holidays)

    @cached_property
    def everywhere(self) -> Rates | None:
        """The rate of every destination; `None` where there is a table."""
        return None if self.bands is None else Rates.of((DatedRate(None, CallRate("", bands_of(self.bands))),))

    @cached_property
    def written(self) -> Mapping[str, Rates]:
        """The table that the price has in itself, by prefix."""
        bodies = self.rate_table if isinstance(self.rate_table, tuple) else ()
        return {body.prefix: Rates.of((DatedRate(None, body.to_rate()),)) for body in bodies}


def table_problems(rates: Collection[CallRate], pointer: str, *, holidays: bool = True) -> Iterator[Problem]:
    """What can't be of the rates of a table, each by its place."""
    seen: dict[str, int] = {}
    for index, rate in enumerate(rates):
        at = f"{pointer}/{index}"
        first = seen.setdefault(rate.prefix, index)
        if first != index:
            yield Problem(f"{at}/prefix", f"{rate.prefix} has a rate already, at {first}; give its bands there")
        if DIALLED.match(rate.prefix):
            detail = (
                f"no number begins with {rate.prefix} once the 00 of dialling abroad is off; write {rate.prefix[2:]}"
            )
            yield Problem(f"{at}/prefix", detail)
        yield from problems_of(rate, at, holidays=holidays)


class _Book:
    """The rates of a price: of its own bands, its own table, or a stored one; each destination is looked up once."""

    def __init__(self, terms: RatedCallPrice, context: PricingContext) -> None:
        self._terms = terms
        self._context = context
        self._found: dict[str | None, Rates | None] = {}

    def rates_of(self, entry: Entry) -> Rates | None:
        """What may price the call; `None` where no prefix fits its destination."""
        if self._terms.everywhere is not None and not self._context.later:
            return self._terms.everywhere
        number = entry.words[0] if entry.words else None
        if number not in self._found:
            self._found[number] = self._look_up(digits(number))
        return self._found[number]

    def _look_up(self, number: str | None) -> Rates | None:
        if not self._context.later and not isinstance(self._terms.rate_table, str):
            return self._own(self._terms, number)
        dated = [*self._dated(self._terms, number)]
        if all(one.rate is None for one in dated):
            return None
        for place, (start, terms) in enumerate(self._context.later, start=1):
            if isinstance(terms, RatedCallPrice):
                dated = _followed(dated, [*self._dated(terms, number)], start, place)
        return Rates.of(dated)

    def _dated(self, terms: RatedCallPrice, number: str | None) -> Sequence[DatedRate]:
        if terms.everywhere is None and isinstance(terms.rate_table, str):
            found: Sequence[DatedRate] = () if number is None else self._context.rate_of(terms.rate_table, number)
            return found
        own = self._own(terms, number)
        return () if own is None else own.dated

    @staticmethod
    def _own(terms: RatedCallPrice, number: str | None) -> Rates | None:
        """The rates of what the price has in itself; `None` where no prefix fits."""
        if terms.everywhere is not None or number is None or told_apart(number, terms.written):
            return terms.everywhere
        return next((terms.written[prefix] for prefix in prefixes(number) if prefix in terms.written), None)


def _followed(dated: list[DatedRate], following: list[DatedRate], start: date, place: int) -> list[DatedRate]:
    """The rates of a price, and from `start` on those of the one that takes its place."""
    already = [one for one in following if one.start is None or one.start <= start]
    later = [one for one in following if one.start is not None and one.start > start]
    first = DatedRate(start, already[-1].rate, already[-1].version) if already else DatedRate(start, None)
    before = [one for one in dated if one.start is None or one.start < start]
    return [*before, *(one._replace(later=place) for one in (first, *later))]


def wanted(parameters: RatedCallPrice, entries: Collection[Entry]) -> Mapping[str, Collection[str]]:
    """By stored table the digits of the numbers that were called."""
    if not isinstance(parameters.rate_table, str):
        return {}
    called = {entry.words[0] for entry in entries if entry.words}
    return {parameters.rate_table: {number for number in map(digits, called) if number is not None}}


def measures(parameters: RatedCallPrice) -> tuple[Measure, ...]:
    """Every call on its own, with the number it went to; and when it began, where that matters."""
    return (Measure(aggregation="per_record", attributes=(DESTINATION,), needs=_needs(parameters)),)


def _needs(parameters: RatedCallPrice) -> tuple[Literal["started_at"], ...]:
    rates = parameters.written.values() if parameters.everywhere is None else (parameters.everywhere,)
    timeless = not isinstance(parameters.rate_table, str) and all(
        timetable is not None and timetable.always is not None for one in rates for timetable in one.timetables
    )
    return () if timeless else ("started_at",)


def steps(parameters: RatedCallPrice, context: PricingContext, entries: tuple[Entry, ...]) -> tuple[Step, ...]:
    """One step for each band of each prefix called. Raises `NothingPrices` for a call that has no price."""
    book, bill = _Book(parameters, context), _bill(parameters, context)
    for terms in (parameters, *(terms for _, terms in context.later)):
        if isinstance(terms, RatedCallPrice):
            for table_id, numbers in wanted(terms, entries).items():
                context.want_rates(table_id, numbers)
    for entry, rates in entries_of(entries, book.rates_of):
        bill.add(rates, entry)
    return bill.steps()


def unpriceable(parameters: RatedCallPrice, context: PricingContext, entry: Entry) -> str | None:
    """`no_price` for a call to a destination that no prefix fits, or with a moment that no band covers (R20)."""
    if not entry.quantity:
        return None
    rates = _Book(parameters, context).rates_of(entry)
    if rates is not None and rates.always is not None:
        return None
    if rates is None or not _bill(parameters, context).covers(rates, entry):
        return NO_PRICE
    return None


def _bill(parameters: RatedCallPrice, context: PricingContext) -> CallBill:
    named = "rounding" in parameters.model_fields_set
    terms = CallTerms(
        connect_fee=parameters.connect_fee,
        increments=increments_of(parameters.increments),
        max_cost=parameters.max_cost,
        rounding=parameters.rounding if named else None,
        volume=parameters.basis == "volume",
    )
    return CallBill(
        terms, currency=context.currency, time_zone=context.time_zone, holidays=_holidays(parameters, context)
    )


def _holidays(parameters: RatedCallPrice, context: PricingContext) -> frozenset[date]:
    if isinstance(parameters.holidays, str):
        return context.holidays(parameters.holidays)
    return frozenset(parameters.holidays or ())


_MINUTE: Final[dict[str, Any]] = {"unit_price": "0.12", "per_s": "60"}
_SIXTY_ONE: Final = [{"after_s": "0", "unit_s": "60"}, {"after_s": "60", "unit_s": "1"}]

_TABLE: Final[list[dict[str, Any]]] = [
    {"prefix": "33", "name": "France", "bands": [_MINUTE]},
    {"prefix": "336", "name": "France mobile", "connect_fee": "0.10", "bands": [{"unit_price": "0.30", "per_s": "60"}]},
]


def _call(quantity: str, number: str = "33112345678") -> tuple[tuple[Entry, ...]]:
    """One call on Monday, 2026-06-01, at noon."""
    return ((Entry.of(quantity, number, at_s=1_780_315_200),),)


EXAMPLES: Final = (
    Example({"bands": [_MINUTE]}, _call("0"), "0"),
    Example({"bands": [_MINUTE]}, _call("61"), "0.122"),
    Example({"bands": [_MINUTE], "connect_fee": "0.05", "increments": _SIXTY_ONE}, _call("30"), "0.17"),
    Example({"bands": [_MINUTE], "connect_fee": "0.05", "increments": _SIXTY_ONE}, _call("61"), "0.172"),
    Example({"bands": [_MINUTE], "connect_fee": "0.05", "max_cost": "0.15"}, _call("61"), "0.15"),
    Example({"bands": [_MINUTE], "rounding": "up"}, _call("61"), "0.13"),
    Example({"bands": [_MINUTE], "basis": "volume", "connect_fee": "0.05"}, _call("0"), "0"),
    Example({"rate_table": _TABLE}, _call("60", "+33 6 12 34 56 78"), "0.40"),
)

MODEL: Final = UsageModel(
    RatedCallPrice, steps, EXAMPLES, measures=measures, in_context=True, unpriceable=unpriceable, wanted=wanted
)

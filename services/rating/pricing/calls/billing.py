"""The calls of a period become the steps of an amount: one for each band of each prefix that was called, however many
calls there were.

    France 33, 08:00–20:00     41 calls, 3,660 s billed at 0.12 for 60 s, 41 × 0.05 to connect     9.37
    at most 2.00 a call         1 call that would have cost 2.40                                   -0.40

Amounts are exact fractions of 1e-12 until the end, where each step gets what the sum up to it has, rounded half up to
12 decimals, above the one before it: what the steps add up to is the exact sum rounded once, in whatever order calls
came (R2, R16).

A price that names `rounding` rounds each call too, after `max_cost`; what that adds or takes off is a step of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final, TypeVar

from services.rating.pricing.calls.cutting import Part, Rates, WallClock, band_at, billed_us, cut, in_us, micros_of
from services.rating.pricing.calls.rate import Band, CallRate, Increment
from services.rating.pricing.engine.contract import ZERO, Entry, NothingPrices, Step
from shared.kernel.currency import minor_units
from shared.kernel.decimals import EXACT
from shared.kernel.money import micro_decimal
from shared.kernel.rounding import Rounding, round_amount

T = TypeVar("T")

MAX_COST: Final = "max_cost"
CALL_ROUNDING: Final = "call_rounding"
_DECIMALS: Final = 12
_HALF: Final = Fraction(1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTerms:
    """What a price says of every call: fee and increments where neither band nor rate has its own, the most that one
    costs, how each is rounded (`None`: not at all), whether it has a length in time or is a volume."""

    connect_fee: Decimal | None
    increments: tuple[Increment, ...] | None
    max_cost: Decimal | None
    rounding: Rounding | None
    volume: bool


_Key = tuple[int, str, int, int]
"""(how many prices later, prefix, version, band)"""


@dataclass(slots=True)
class _Sum:
    """What all calls have in a band: `count` of them a part there, `connected` began there."""

    rate: CallRate
    band: Band
    fee: int
    count: int = 0
    connected: int = 0
    length_us: int = 0

    @property
    def amount(self) -> Fraction:
        return _cost(self.band, self.length_us) + self.connected * self.fee


class CallBill:
    """Takes calls one by one; what it comes to does not depend on their order."""

    def __init__(self, terms: CallTerms, *, currency: str, time_zone: str, holidays: Collection[date]) -> None:
        self._terms = terms
        self._currency = currency
        self._clock = WallClock(time_zone)
        self._holidays = holidays
        self._sums: dict[_Key, _Sum] = {}
        self._each = terms.max_cost is not None or terms.rounding is not None
        self._over: Fraction = Fraction(0)
        self._capped = 0
        self._asked = 0
        self._increments: dict[tuple[Increment, ...] | None, tuple[tuple[int, int], ...]] = {}

    def covers(self, rates: Rates, entry: Entry) -> bool:
        """Whether something prices every moment of the call."""
        return not entry.quantity or self._parts(rates, entry) is not None

    def add(self, rates: Rates, entry: Entry) -> None:
        """Count a call; one of zero seconds costs nothing (R22). Raises `NothingPrices` for one that no band covers."""
        if not entry.quantity:
            return
        rates, parts = self._priced(rates, entry)
        first = parts[0]
        rate, band = _rate(rates, first), _band(rates, first)
        fee = _units(_chosen(band.connect_fee, rate.connect_fee, self._terms.connect_fee) or ZERO)
        added = self._billed(rate, band, entry.quantity) - entry.quantity
        parts[-1] = parts[-1]._replace(length_us=parts[-1].length_us + added)
        for part in parts:
            self._sum(rates, part).length_us += part.length_us
        self._sum_of_start(rates, first, fee)
        if self._each:
            self._bound(sum((_cost(_band(rates, part), part.length_us) for part in parts), Fraction(fee)))

    def steps(self) -> tuple[Step, ...]:
        """One for each band of each prefix, then what `max_cost` and rounding changed."""
        return tuple(self._steps())

    def _steps(self) -> Iterator[Step]:
        exact, before = Fraction(0), 0
        for key in sorted(self._sums):
            found = self._sums[key]
            exact += found.amount
            until = _rounded(exact)
            yield _step(key, found, until - before)
            before = until
        if self._capped and self._terms.max_cost is not None:
            exact -= self._over
            until = _rounded(exact)
            most = self._terms.max_cost
            label = f"at most {most:f} a call"
            yield Step(MAX_COST, ZERO, most, _decimal(until - before), label=label, count=self._capped)
            before = until
        if self._terms.rounding is not None and self._asked != before:
            label = f"each call rounded {_words(self._terms.rounding, self._currency)}"
            difference = _decimal(self._asked - before)
            yield Step(CALL_ROUNDING, ZERO, difference, difference, label=label)

    def _priced(self, rates: Rates, entry: Entry) -> tuple[Rates, list[Part]]:
        """The call cut up. One that had a price when it was rated has one for good: where a version published since
        prices it no more, the latest that can prices all of it, and holidays named since are none to it."""
        parts = self._parts(rates, entry)
        if parts is not None:
            return rates, parts
        for holidays in (self._holidays, ()):
            for one in rates.each:
                parts = self._parts(one, entry, holidays)
                if parts is not None:
                    return one, parts
        raise NothingPrices(f"no band of the rate covers all of a call to {_said(entry)}")

    def _parts(self, rates: Rates, entry: Entry, holidays: Collection[date] | None = None) -> list[Part] | None:
        holidays = self._holidays if holidays is None else holidays
        if self._terms.volume:
            found = band_at(rates, entry.started_us, clock=self._clock, holidays=holidays)
            return None if found is None else [found._replace(length_us=entry.quantity)]
        return cut(rates, entry.started_us, entry.quantity, clock=self._clock, holidays=holidays)

    def _billed(self, rate: CallRate, band: Band, length_us: int) -> int:
        increments = _chosen(band.increments, rate.increments, self._terms.increments)
        if increments not in self._increments:
            self._increments[increments] = in_us(increments)
        return billed_us(length_us, self._increments[increments])

    def _sum(self, rates: Rates, part: Part) -> _Sum:
        key = _key(rates, part)
        if key not in self._sums:
            self._sums[key] = _Sum(_rate(rates, part), _band(rates, part), 0)
        found = self._sums[key]
        found.count += 1
        return found

    def _sum_of_start(self, rates: Rates, part: Part, fee: int) -> None:
        found = self._sums[_key(rates, part)]
        found.fee, found.connected = fee, found.connected + 1

    def _bound(self, cost: Fraction) -> None:
        """What one call costs in the end."""
        if self._terms.max_cost is not None and cost > (most := _units(self._terms.max_cost)):
            self._over += cost - most
            self._capped += 1
            cost = Fraction(most)
        if self._terms.rounding is not None:
            self._asked += _units(round_amount(_nearly(cost), self._terms.rounding, self._currency))


def _key(rates: Rates, part: Part) -> _Key:
    dated = rates.dated[part.rate]
    return dated.later, _rate(rates, part).prefix, dated.version, part.band


def _said(entry: Entry) -> str:
    """The number as the record has it."""
    return repr(entry.words[0][:40]) if entry.words and entry.words[0] is not None else "a number that is not said"


def _rate(rates: Rates, part: Part) -> CallRate:
    rate = rates.dated[part.rate].rate
    if rate is None:
        raise ValueError(f"no rate prices {part}")
    return rate


def _band(rates: Rates, part: Part) -> Band:
    return _rate(rates, part).bands[part.band]


def _chosen(*given: T | None) -> T | None:
    """The first that says something."""
    return next((one for one in given if one is not None), None)


def _cost(band: Band, length_us: int) -> Fraction:
    return Fraction(_units(band.unit_price) * length_us, micros_of(band.per_s))


def _units(amount: Decimal) -> int:
    """An amount of at most 12 decimals in 1e-12."""
    return int(amount.scaleb(_DECIMALS, context=EXACT))


def _rounded(units: Fraction) -> int:
    return (units + _HALF).__floor__()


def _decimal(units: int) -> Decimal:
    return Decimal(units).scaleb(-_DECIMALS, context=EXACT)


def _nearly(units: Fraction) -> Decimal:
    """The fraction to 18 decimals, and a 1 behind them where it has more: every rounding of it is that of itself."""
    whole, rest = divmod(units.numerator * 10**6, units.denominator)
    return Decimal(whole * 10 + bool(rest)).scaleb(-(_DECIMALS + 7), context=EXACT)


def _step(key: _Key, found: _Sum, units: int) -> Step:
    later, prefix, version, band = key
    place = [*([prefix] if prefix else []), str(band + 1), *([f"v{version}"] if version else [])]
    return Step(
        "/".join([*place, *([f"later{later}"] if later else [])]),
        micro_decimal(found.length_us),
        found.band.unit_price,
        _decimal(units),
        unit_size=found.band.per_s,
        flat_fee=_decimal(found.connected * found.fee),
        label=_label(found),
        count=found.count,
    )


def _label(found: _Sum) -> str:
    where = " ".join(part for part in (found.rate.name, found.rate.prefix) if part)
    return ", ".join(part for part in (where or "all destinations", found.band.words) if part)


def _words(rounding: Rounding, currency: str) -> str:
    decimals = minor_units(currency) if rounding.decimals is None else rounding.decimals
    return f"{rounding.mode.replace('_', ' ')} to {decimals} decimals"


def entries_of(entries: Sequence[Entry], rates_of: Callable[[Entry], Rates | None]) -> Iterator[tuple[Entry, Rates]]:
    """Each call that lasted with what may price it. Raises `NothingPrices` where no prefix fits a destination (R20)."""
    for entry in entries:
        if entry.quantity:
            rates = rates_of(entry)
            if rates is None:
                raise NothingPrices(f"no prefix fits {_said(entry)}")
            yield entry, rates

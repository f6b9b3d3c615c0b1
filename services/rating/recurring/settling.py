"""What a flat price still has to charge or to give back, when its days in force are not those that are charged.

20.00 a month, charged for the whole of June, is in force only to the 16th; 30.00 takes over:

    settle(twenty, [Run(June 1, June 16)], [Paid("ch-1", June, (June,), 20.00)], ...)
        credit     [June 16, July 1)  -10.00
    settle(thirty, [Run(June 16, None)], [], ...)
        recurring  [June 16, July 1)   15.00

So a change credits the unused rest of the old and charges the rest of the new (R8), and several changes come to the
same as if all had been known at first. A part is a share of the whole period that contains it (R5). Nothing is due
twice: what is charged as it is in force yields nothing (R12). A credit is never more than is left of its line (R9).

What an account has closed can still be reached by the end of service: days that are charged behind it come back.

Where the parts of a period do not add up to it (proration `none` and `full`, a minimum or maximum for the line), the
whole line decides: what `[1, 16)` costs less than `[1, 30)` comes back; lines cut in the middle come back whole and are
charged anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

from services.rating.pricing.engine.contract import ONE, ZERO, Step
from services.rating.pricing.engine.lines import CREDIT, RECURRING, Line
from services.rating.pricing.engine.price import Price
from services.rating.recurring.amounts import bounded, discounted, total
from services.rating.recurring.proration import ADDITIVE, Point, Span, countable, share_of
from shared.kernel.calendar import Cycle, midnight, period_containing
from shared.kernel.decimals import exact
from shared.kernel.period import Period
from shared.kernel.rounding import round_amount

# Later than any target date: where a run without end is thought to end.
_NEVER: Final = date(3200, 1, 1)
_DAY: Final = timedelta(days=1)

Calendars = Callable[[date], Iterable[tuple[Cycle, date, date | None]]]
"""The calendars of a price that is in force from a day on: each with the days that it divides."""


@dataclass(frozen=True, slots=True)
class Run:
    """Days on which the price is in force, to `end` (exclusive; open when `None`)."""

    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Paid:
    """A line that is charged: `days` of `whole`, and `net`, what is left of its amount after credits and reratings.

    `corrected` is the price that a rerating has put in the place of the one that it was charged at. `outages` has gone
    back for time without service, beside `net`.
    """

    charge_id: str
    whole: Period
    days: tuple[Period, ...]
    net: Decimal
    corrected: Price | None = None
    outages: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        """What can come back of it for days that are not served (R9)."""
        return max(self.net - self.outages, ZERO)


@dataclass(frozen=True, slots=True)
class Settled:
    """A line that is due now. `whole` is the period that its fraction is a share of; a credit names its charge."""

    line: Line
    whole: Period
    credits: str | None = None


def settle(
    price: Price,
    runs: Sequence[Run],
    paid: Sequence[Paid],
    *,
    currency: str,
    calendars: Calendars,
    first: date,
    target: date,
    quantity: int = 1,
    price_index: int = 0,
    ended: date | None = None,
) -> list[Settled]:
    """The lines due by `target` that make what is charged what is in force; periods over by `first` are settled, but
    for what is charged of them from the day on which service `ended`.

    A line is due when it begins (in arrears: ends) on or before `target`, a credit when it begins by then.
    """
    corrected = {line.whole: line.corrected for line in paid if line.corrected is not None}
    settling = _Settling(
        price, _joined(runs), paid, currency, calendars, first, target, quantity, price_index, ended, corrected
    )
    with exact():
        return [*settling.credits(), *settling.charges()] if settling.adds_up else [*settling.by_line()]


@dataclass(frozen=True, slots=True)
class _Settling:
    price: Price
    runs: Sequence[Period]
    paid: Sequence[Paid]
    currency: str
    calendars: Calendars
    first: date
    target: date
    quantity: int
    price_index: int
    ended: date | None
    corrected: Mapping[Period, Price]

    @property
    def adds_up(self) -> bool:
        """Whether parts of a period cost what the period costs."""
        discount = self.price.modifiers.discount
        return (
            self.price.recurring_terms.proration in ADDITIVE
            and not self.price.modifiers.bounded
            and (discount is None or discount.until is None)
        )

    def credits(self) -> Iterator[Settled]:
        """What is charged and not in force."""
        for line in self.paid:
            left = line.left
            for days in line.days:
                for unused in _outside(days, self._served(line.whole)):
                    if unused.start <= self.target and left > 0:
                        credit = self._credit(unused, line.whole, line, left)
                        left += credit.line.amount
                        yield credit

    def charges(self) -> Iterator[Settled]:
        """What is in force and not charged."""
        charged = sorted(days for line in self.paid for days in line.days)
        for whole, part in self._in_force():
            for new in _outside(part, charged):
                if self._is_due(new):
                    yield self._charge(new, whole, part)

    def by_line(self) -> Iterator[Settled]:
        """As both, where a line costs what it costs as a whole."""
        parts: dict[Period, list[Period]] = {line.whole: [] for line in self.paid if line.whole.end > self.first}
        for whole, part in self._in_force():
            parts.setdefault(whole, []).append(part)
        over = {line.whole for line in self.paid if line.whole.end <= self.first} if self.ended is not None else set()
        for whole in sorted(parts.keys() | over):
            lines = [line for line in self.paid if line.whole == whole]
            charged = _joined([Run(days.start, days.end) for line in lines for days in line.days])
            in_force = self._as_one(parts[whole]) if whole in parts else [*_before(charged, self.ended)]
            if charged == in_force:
                continue
            if len(in_force) <= 1 >= len(charged) and _begin_together(charged, in_force):
                yield from self._difference(whole, lines, charged, in_force)
            elif all(self._is_due(part) for part in in_force):
                yield from self._anew(whole, lines, charged, in_force)

    def _served(self, whole: Period) -> Sequence[Period]:
        """The days on which the price is in force; of a period that is settled all those before the end."""
        return self.runs if whole.end > self.first else [Period(date.min, self.ended or _NEVER)]

    def _price_of(self, whole: Period) -> Price:
        return self.corrected.get(whole, self.price)

    def _as_one(self, parts: list[Period]) -> list[Period]:
        """The days in force of a whole period. `full` charges a period once, however often service rests in it."""
        if self.price.recurring_terms.proration == "full" and parts:
            return [Period(parts[0].start, parts[-1].end)]
        return parts

    def _difference(
        self, whole: Period, lines: Sequence[Paid], charged: Sequence[Period], in_force: Sequence[Period]
    ) -> Iterator[Settled]:
        """Both begin on the same day, or one is not there: what the longer costs more than the shorter."""
        if not charged:
            if self._is_due(in_force[0]):
                yield self._whole_line(in_force[0], whole)
            return
        before, after = charged[0], in_force[0] if in_force else None
        cut = after.end if after else before.start
        if cut < before.end:
            if cut <= self.target:
                left = sum((line.left for line in lines), ZERO)
                yield from self._back(Period(cut, before.end), whole, lines[-1], before, after, left)
        elif after is not None and self._is_due(after):
            more = self._cost(after, whole) - self._cost(before, whole)
            if more:
                yield self._adjusted(RECURRING, Period(before.end, after.end), whole, after, more)

    def _back(
        self, unused: Period, whole: Period, line: Paid, before: Period, after: Period | None, left: Decimal
    ) -> Iterator[Settled]:
        less = self._cost(before, whole) - (self._cost(after, whole) if after else ZERO)
        less = min(less, left)
        if less > 0:
            yield replace(self._adjusted(CREDIT, unused, whole, before, less), credits=line.charge_id)

    def _anew(
        self, whole: Period, lines: Sequence[Paid], charged: Sequence[Period], in_force: Sequence[Period]
    ) -> Iterator[Settled]:
        """Lines cut in the middle come back whole, and what is in force now is charged; what stays as it was, stays."""
        same = {days for days in charged if days in in_force}
        for line in lines:
            days = [days for days in line.days if days not in same]
            # What an outage gave back stays given back of what is charged anew; where nothing is, it counts.
            left = line.net if in_force else line.left
            if days and left > 0:
                given_back = Period(days[0].start, days[-1].end)
                yield replace(self._adjusted(CREDIT, given_back, whole, given_back, left), credits=line.charge_id)
        for part in in_force:
            if part not in same:
                yield self._whole_line(part, whole)

    # -- lines -------------------------------------------------------------------------------------------------------

    def _charge(self, new: Period, whole: Period, part: Period) -> Settled:
        share = self._share(new, whole)
        steps = discounted(self._price_of(whole), share, part.start, self.quantity)
        return Settled(self._line(RECURRING, new, share, steps), whole)

    def _credit(self, unused: Period, whole: Period, line: Paid, left: Decimal) -> Settled:
        share = self._share(unused, whole)
        price = self._price_of(whole)
        steps = [_negative(step) for step in discounted(price, share, line.days[0].start, self.quantity)]
        credit = self._line(CREDIT, unused, share, steps)
        if -credit.amount > left:
            steps.append(Step.adjustment("maximum", -left - total(steps)))
            credit = self._line(CREDIT, unused, share, steps)
        return Settled(credit, whole, line.charge_id)

    def _whole_line(self, part: Period, whole: Period) -> Settled:
        """A line of its own, with its bounds."""
        share = self._share(part, whole)
        steps = discounted(self._price_of(whole), share, part.start, self.quantity)
        steps += (Step.adjustment(name, change) for name, change in self.price.modifiers.bounds(total(steps)))
        return Settled(self._line(RECURRING, part, share, steps), whole)

    def _adjusted(self, kind: str, days: Period, whole: Period, of: Period, amount: Decimal) -> Settled:
        """A line for `days` that costs `amount`, whatever their share would."""
        share = self._share(days, whole)
        steps = discounted(self._price_of(whole), share, of.start, self.quantity)
        if rest := amount - total(steps):
            steps.append(Step.adjustment("minimum" if rest > 0 else "maximum", rest))
        if kind == CREDIT:
            steps = [_negative(step) for step in steps]
        return Settled(self._line(kind, days, share, steps), whole)

    def _line(self, kind: str, days: Period, share: Decimal, steps: Sequence[Step]) -> Line:
        unrounded = total(steps)
        return Line(
            kind=kind,
            start=days.start,
            end=days.end,
            amount=round_amount(unrounded, self.price.rounding, self.currency),
            unrounded=unrounded,
            steps=tuple(steps),
            fraction=share,
            quantity=None if self.quantity == 1 else Decimal(self.quantity),
            price_index=self.price_index,
        )

    # -- time --------------------------------------------------------------------------------------------------------

    def _in_force(self) -> Iterator[tuple[Period, Period]]:
        """The whole periods that are not settled and may have a line, each with its days in force."""
        for run in self.runs:
            for cycle, begins, ends in self.calendars(run.start):
                start, end = max(run.start, begins), min(run.end, ends or run.end)
                if start >= end:
                    continue
                whole = _period(cycle, max(start, min(self.first, end - _DAY)))
                while whole.start <= self.target:
                    if whole.end > self.first:
                        yield whole, Period(max(start, whole.start), min(end, whole.end))
                    if whole.end > self.target or whole.end >= end:
                        break
                    whole = _period(cycle, whole.end)

    def _is_due(self, part: Period) -> bool:
        return (part.start if self.price.recurring_terms.bill == "advance" else part.end) <= self.target

    def _cost(self, part: Period, whole: Period) -> Decimal:
        return bounded(self._price_of(whole), self._share(part, whole), part.start, self.quantity)

    def _share(self, part: Period, whole: Period) -> Decimal:
        if part == whole:
            return ONE
        cycle = self._cycle_of(whole)
        price = countable(self.price, cycle)
        one, all_of = self._span(part, cycle.time_zone), self._span(whole, cycle.time_zone)
        return share_of(price.recurring_terms.proration, one, all_of, cycle.frequency)

    def _cycle_of(self, whole: Period) -> Cycle:
        """The calendar that has the whole period; the first one where the account has had others since."""
        cycles = [cycle for cycle, _, _ in self.calendars(whole.start)]
        return next((cycle for cycle in cycles if _period(cycle, whole.start) == whole), cycles[0])

    @staticmethod
    def _span(days: Period, zone: str) -> Span:
        return Span(Point(days.start, midnight(days.start, zone)), Point(days.end, midnight(days.end, zone)))


def whole_of(calendars: Calendars, day: date) -> Period:
    """The whole period of a price's calendar that contains the day."""
    cycle, _, _ = next(iter(calendars(day)))
    return _period(cycle, day)


# Accounts that bill by one cycle ask for the same few periods.
@lru_cache(maxsize=16_384)
def _period(cycle: Cycle, day: date) -> Period:
    return period_containing(cycle, day)


def last_day_counts(run: Run) -> Run:
    """The run with its `end` as its last day, for prices prorated `inclusive`."""
    return run if run.end is None else Run(run.start, run.end + timedelta(days=1))


def _joined(runs: Sequence[Run]) -> list[Period]:
    """The runs in order, those that touch as one."""
    joined: list[Period] = []
    for run in sorted(runs, key=lambda run: run.start):
        end = run.end or _NEVER
        if joined and joined[-1].end >= run.start:
            joined[-1] = Period(joined[-1].start, max(joined[-1].end, end))
        else:
            joined.append(Period(run.start, end))
    return joined


def _outside(days: Period, taken: Sequence[Period]) -> Iterator[Period]:
    """The parts of `days` that lie in none of those taken, which are in order."""
    start = days.start
    for other in taken:
        if other.start >= days.end:
            break
        if start < other.start:
            yield Period(start, other.start)
        start = max(start, other.end)
    if start < days.end:
        yield Period(start, days.end)


def _before(days: Sequence[Period], end: date | None) -> Iterator[Period]:
    """Those of the days that lie before `end`."""
    for some in days:
        if end is None or some.start < end:
            yield Period(some.start, min(some.end, end or some.end))


def _begin_together(one: Sequence[Period], other: Sequence[Period]) -> bool:
    return not one or not other or one[0].start == other[0].start


def _negative(step: Step) -> Step:
    return replace(step, unit_price=-step.unit_price, amount=-step.amount)

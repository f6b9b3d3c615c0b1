"""The recurring engine: which periods a price for time has, what each costs, and what a change gives back.

A customer on 20.00 a month, paid through June, moves to 30.00 on 16 June:

    recurring_lines(twenty, currency="EUR", cycle=monthly, start=date(2026, 6, 1), billed_through=date(2026, 7, 1),
                    changes=[Change(date(2026, 6, 16), thirty)], target_date=date(2026, 6, 16))
        credit      [2026-06-16, 2026-07-01)  15 of 30 days  -10.00
        recurring   [2026-06-16, 2026-07-01)  15 of 30 days   15.00       (R8)

A part period is a share of the whole, clamped period of the cycle that contains it (R5, R10), never of a period counted
back from the customer's own start. What has been charged and what a quote adds to it make up what would have been
charged at once, under every proration: with `full` a period begun is paid and nothing comes back, with `none` a period
broken off costs nothing and all of it does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Final

from services.rating.pricing.engine.contract import ZERO, Step
from services.rating.pricing.engine.lines import CREDIT, RECURRING, Line, Moment, Quote
from services.rating.pricing.engine.price import Price
from services.rating.recurring.amounts import bounded, discounted, total
from services.rating.recurring.proration import ADDITIVE, Point, Span, earlier, later, share_of
from services.rating.recurring.request import Change, RecurringRequest
from shared.kernel.calendar import Cycle, EveryDays, anchored, midnight, period_containing, zone
from shared.kernel.decimals import exact
from shared.kernel.errors import Rejection
from shared.kernel.rounding import round_amount

__all__ = ["Change", "recurring_lines"]

PERIODS_MAX: Final = 10_000
# Later than any target date: where a subscription without end is thought to end.
_NEVER: Final = date(3200, 1, 1)


def recurring_lines(
    price: Price,
    *,
    currency: str,
    cycle: Cycle,
    start: Moment,
    target_date: date,
    end: Moment | None = None,
    changes: Sequence[Change] = (),
    billed_through: Moment | None = None,
    price_index: int = 0,
) -> Quote:
    """Price the periods, cut at `start`, `end` and `changes`, that begin (in arrears: end) on or before `target_date`.

    `end` is excluded, unless the price in force on it is prorated `inclusive`. `billed_through`: `price` has been
    charged for [start, billed_through); that is not charged again, and what of it lies beyond the first change or `end`
    is credited once that day has come. Instants are for prices prorated by the second. Raises `Rejections`.
    """
    request = RecurringRequest(price, cycle, start, target_date, end, changes, billed_through)
    request.check()
    schedule = _Schedule(request)
    lines: list[Line] = []
    with exact():
        for count, whole in enumerate(schedule.wholes(), start=1):
            lines += (schedule.line(part, currency, price_index) for part in schedule.parts(whole))
            if max(count, len(lines)) > PERIODS_MAX:
                detail = f"these are more than {PERIODS_MAX} periods; choose an earlier target_date"
                raise Rejection("too_many_periods", detail, pointer="/target_date")
    return Quote(currency, tuple(lines))


@dataclass(frozen=True, slots=True)
class _Part:
    """One line to be: `share` of a whole period, lying in `span`, charged or given back.

    `began` is the start of the line it belongs to; for a credit that is the charged line, whose discount counts.
    `bounds` is what the price's minimum and maximum add to the amount of the share.
    """

    price: Price
    span: Span
    share: Decimal
    began: date
    credit: bool = False
    bounds: Decimal = ZERO


class _Schedule:
    """A request laid out in time: one span for each price, what is paid, and the grid of whole periods over them."""

    def __init__(self, request: RecurringRequest) -> None:
        self._cycle = anchored(request.cycle, request.day(request.start))
        self._target = request.target_date
        self._start = self._point(request.start)
        # Periods of n days count from `start` itself, so they begin at its time of day.
        self._time_of_day = (
            self._start.at.astimezone(zone(self._cycle.time_zone)).timetz()
            if isinstance(self._cycle.frequency, EveryDays) and isinstance(request.start, datetime)
            else None
        )
        changes = sorted(request.changes, key=lambda change: self._point(change.on).at)
        self._end = self._end_of(request, changes)
        cuts = [earlier(self._point(change.on), self._end) for change in changes]
        prices = [request.price, *(change.price for change in changes)]
        self._spans = [
            (price, Span(begin, end))
            for price, begin, end in zip(prices, [self._start, *cuts], [*cuts, self._end], strict=True)
        ]
        paid = self._start if request.billed_through is None else self._point(request.billed_through)
        self._paid = Span(self._start, later(self._start, paid))
        asked_cut = changes[0].on if changes else request.end
        self._credits_due = asked_cut is not None and request.day(asked_cut) <= self._target

    def wholes(self) -> Iterator[Span]:
        """The whole periods that can have a line.

        Before the first cut whatever is paid is settled, so years of it are not walked through again.
        """
        (_, base_span), *_ = self._spans
        first = earlier(self._paid.end, base_span.end)
        period = period_containing(self._cycle, first.day)
        if self._boundary(period.start).at > first.at:
            period = period_containing(self._cycle, period.start - timedelta(days=1))
        while True:
            whole = Span(self._boundary(period.start), self._boundary(period.end))
            charged = whole.start.at < self._end.at and whole.start.day <= self._target
            credited = self._credits_due and whole.start.at < self._paid.end.at
            if not (charged or credited):
                return
            yield whole
            period = period_containing(self._cycle, period.end)

    def parts(self, whole: Span) -> Iterator[_Part]:
        """The lines of one whole period, in the order of time; a credit comes before what replaces it."""
        (base, base_span), *others = self._spans
        yield from self._base_parts(base, base_span.overlap(whole), self._paid.overlap(whole), whole)
        for price, span in others:
            part = span.overlap(whole)
            if self._is_due(price, part):
                yield self._charge(price, part, whole)

    def line(self, part: _Part, currency: str, price_index: int) -> Line:
        """The part with its amount: the model's steps, modifiers, and the one rounding."""
        steps = discounted(part.price, part.share, part.began)
        if part.bounds:
            steps.append(Step.adjustment("minimum" if part.bounds > 0 else "maximum", part.bounds))
        if part.credit:
            steps = [replace(step, unit_price=-step.unit_price, amount=-step.amount) for step in steps]
        unrounded = total(steps)
        return Line(
            kind=CREDIT if part.credit else RECURRING,
            start=self._moment(part.span.start),
            end=self._moment(part.span.end),
            amount=round_amount(unrounded, part.price.rounding, currency),
            unrounded=unrounded,
            steps=tuple(steps),
            fraction=part.share,
            price_index=price_index,
        )

    def _base_parts(self, price: Price, used: Span, paid: Span, whole: Span) -> Iterator[_Part]:
        """The first price: what is not paid yet is charged, what was paid and is not used comes back (R8)."""
        if paid.empty:
            if self._is_due(price, used):
                yield self._charge(price, used, whole)
        elif used.end.at > paid.end.at and self._is_due(price, used):
            yield from self._settle(price, used, paid, whole, credit=False)
        elif used.end.at < paid.end.at and self._credits_due:
            yield from self._settle(price, paid, used, whole, credit=True)

    def _charge(self, price: Price, part: Span, whole: Span) -> _Part:
        """The line of a part nothing of which is paid."""
        share, began, bounds = self._share(price, part, whole), part.start.day, ZERO
        if price.modifiers.bounded:
            bounds = bounded(price, share, began) - total(discounted(price, share, began))
        return _Part(price, part, share, began, bounds=bounds)

    def _settle(self, price: Price, longer: Span, shorter: Span, whole: Span, *, credit: bool) -> Iterator[_Part]:
        """The line for what `longer` has beyond `shorter`, both from the same start; none where they cost the same.

        Where parts add up its share is that of the rest itself (R5). Bounds hold lines, so theirs is the difference of
        two lines: a credit gives back no more than its line was charged (R9).
        """
        rest = Span(later(longer.start, shorter.end), longer.end)
        shares = [self._share(price, span, whole) for span in (longer, shorter)]
        additive = price.recurring_terms.proration in ADDITIVE
        share = self._share(price, rest, whole) if additive else shares[0] - shares[1]
        began, bounds = longer.start.day, ZERO
        if price.modifiers.bounded:
            costs = bounded(price, shares[0], began) - (ZERO if shorter.empty else bounded(price, shares[1], began))
            bounds = costs - total(discounted(price, share, began))
        if share or bounds:
            yield _Part(price, rest, share, began, credit, bounds)

    def _share(self, price: Price, part: Span, whole: Span) -> Decimal:
        return share_of(price.recurring_terms.proration, part, whole, self._cycle.frequency)

    def _is_due(self, price: Price, part: Span) -> bool:
        """Whether the part begins (in arrears: ends) on or before the target, compared as dates."""
        if part.empty:
            return False
        in_advance = price.recurring_terms.bill == "advance"
        return (part.start if in_advance else part.end).day <= self._target

    def _end_of(self, request: RecurringRequest, changes: Sequence[Change]) -> Point:
        """Where service ends: `end`, or the day after it where it counts as a day of service."""
        if request.end is None:
            return self._point(_NEVER)
        end = self._point(request.end)
        in_force = [change.price for change in changes if self._point(change.on).at <= end.at]
        price = in_force[-1] if in_force else request.price
        if price.recurring_terms.proration == "inclusive":
            return self._point(end.day + timedelta(days=1))
        return end

    def _point(self, moment: Moment) -> Point:
        """A date is its midnight in the cycle's time zone."""
        if isinstance(moment, datetime):
            return Point(moment.astimezone(zone(self._cycle.time_zone)).date(), moment.astimezone(UTC))
        return Point(moment, midnight(moment, self._cycle.time_zone))

    def _boundary(self, day: date) -> Point:
        if self._time_of_day is None:
            return self._point(day)
        return Point(day, datetime.combine(day, self._time_of_day).astimezone(UTC))

    def _moment(self, point: Point) -> Moment:
        """How a line shows the point: as a date where it is the beginning of one."""
        return point.day if point == self._point(point.day) else point.at

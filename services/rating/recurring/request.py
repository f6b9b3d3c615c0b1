"""What the recurring engine is asked, and the contradictions it refuses before it prices anything.

Refusals point into the body of a recurring quote (`/changes/0/on`), where most of such questions come from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from services.rating.pricing.engine.lines import Moment
from services.rating.pricing.engine.price import Price
from shared.kernel.calendar import Cycle, EveryDays, local_date
from shared.kernel.errors import Rejection, Rejections


@dataclass(frozen=True, slots=True)
class Change:
    """From `on` (included) the subscription has another price."""

    on: Moment
    price: Price


@dataclass(frozen=True, slots=True)
class RecurringRequest:
    """A subscription's prices through time. `end=None`: it goes on; `billed_through=None`: nothing is charged yet."""

    price: Price
    cycle: Cycle
    start: Moment
    target_date: date
    end: Moment | None = None
    changes: Sequence[Change] = ()
    billed_through: Moment | None = None

    def day(self, moment: Moment) -> date:
        """The date of a moment in the cycle's time zone."""
        return local_date(moment, self.cycle.time_zone) if isinstance(moment, datetime) else moment

    @property
    def prices(self) -> list[tuple[str, Price]]:
        """Every price with its JSON pointer."""
        changed = [(f"/changes/{index}/price", change.price) for index, change in enumerate(self.changes)]
        return [("/price", self.price), *changed]

    def check(self) -> None:
        """Raise `Rejections` naming every contradiction; return when there is none."""
        found = [*self._wrong_prices()] or [
            *self._wrong_days(),
            *self._wrong_changes(),
            *self._instants_without_seconds(),
        ]
        if found:
            raise Rejections(found)

    def _wrong_prices(self) -> Iterator[Rejection]:
        for pointer, price in self.prices:
            if not price.recurring:
                detail = f"{price.name} prices usage, not time; quote it with a period and a quantity or records"
                yield Rejection("invalid", detail, pointer=f"{pointer}/model")
                continue
            if price.once:
                detail = f"a {price.name} price has no periods to be changed; quote it by itself"
                yield Rejection("invalid", detail, pointer=f"{pointer}/model")
                continue
            terms = price.recurring_terms
            if terms.interval is not None and terms.interval != self.cycle.frequency:
                detail = f"the interval is {_word(terms.interval)}, the cycle's frequency {_word(self.cycle.frequency)}"
                yield Rejection("invalid", f"{detail}; they are the same", pointer=f"{pointer}/interval")
            elif terms.proration == "fixed_30" and isinstance(self.cycle.frequency, EveryDays):
                detail = "fixed_30 counts months of 30 days; periods of n days need another proration"
                yield Rejection("invalid", detail, pointer=f"{pointer}/proration")

    def _wrong_days(self) -> Iterator[Rejection]:
        if self.target_date < self.day(self.start):
            detail = f"the target date {self.target_date} is before the start {self.day(self.start)}"
            yield Rejection("invalid", detail, pointer="/target_date")
        if self.end is not None and self._before(self.end, self.start):
            yield Rejection("invalid", f"the end {self.end} is before the start {self.start}", pointer="/end")

    def _wrong_changes(self) -> Iterator[Rejection]:
        seen: set[Moment] = set()
        for index, change in enumerate(self.changes):
            pointer = f"/changes/{index}/on"
            if self._before(change.on, self.start):
                detail = f"the change on {change.on} is before the start {self.start}"
                yield Rejection("invalid", detail, pointer=pointer)
            if change.on in seen:
                yield Rejection("invalid", f"there is another change on {change.on}", pointer=pointer)
            seen.add(change.on)

    def _instants_without_seconds(self) -> Iterator[Rejection]:
        if all(price.recurring_terms.proration == "seconds" for _, price in self.prices):
            return
        moments = {"/start": self.start, "/end": self.end, "/billed_through": self.billed_through}
        moments |= {f"/changes/{index}/on": change.on for index, change in enumerate(self.changes)}
        for pointer, moment in moments.items():
            if isinstance(moment, datetime):
                detail = 'an instant needs prices prorated by seconds; give a date such as "2026-06-01"'
                yield Rejection("invalid", detail, pointer=pointer)

    def _before(self, one: Moment, other: Moment) -> bool:
        """As instants where both are, else as dates."""
        if isinstance(one, datetime) and isinstance(other, datetime):
            return one < other
        return self.day(one) < self.day(other)


def _word(frequency: object) -> str:
    return f"{frequency.days} days" if isinstance(frequency, EveryDays) else str(frequency)

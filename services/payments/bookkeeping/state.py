"""What bookkeeping has been told: which charts there are, and what was exported and closed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from services.payments.bookkeeping.messages import ONLY
from shared.kernel.decider import Home, State, View


class Bookkeeping(State, frozen=True, kw_only=True):
    """`charts` counts those that were set. `month` was exported last, `closed` closed last; of `exports` runs the last
    one went up to `cut`. Months are their first days."""

    HOME: ClassVar[Home] = Home.REFERENCE
    KEY_FIELD: ClassVar[str] = "bookkeeping_id"

    bookkeeping_id: str = ONLY
    charts: int = 0
    exports: int = 0
    month: date | None = None
    closed: date | None = None
    cut: dict[str, list[int]] = {}

    @property
    def opens_on(self) -> date | None:
        """The first day that is not closed; `None` where no month was closed yet."""
        return None if self.closed is None else next_month(self.closed)


def bookkeeping(view: View) -> Bookkeeping:
    return view.get(Bookkeeping, ONLY) or Bookkeeping()


def next_month(day: date) -> date:
    """The first day of the month behind that of `day`. Raises `ValueError` behind the year 9999."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)

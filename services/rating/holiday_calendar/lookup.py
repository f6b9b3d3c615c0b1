"""What pricing looks up in stored calendars.

PricingContext(..., holidays=holidays_of(view))                        what is open: the days as they are now
PricingContext(..., holidays=holidays_of(view, known_at=closed_at))    what was closed: as they were then
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from services.rating.holiday_calendar.state import HolidayCalendar
from shared.kernel.decider import View
from shared.kernel.errors import absent


def holidays_of(
    view: View, *, known_at: datetime | None = None, deleted_too: bool = True
) -> Callable[[str], frozenset[date]]:
    """The days of a calendar by its id. What it gives raises `Rejection` for a calendar that nobody has defined.

    What was priced with a calendar before it was deleted needs it still; what is new does not know it.
    """

    def holidays(calendar_id: str) -> frozenset[date]:
        calendar = view.get(HolidayCalendar, calendar_id)
        if calendar is None or (calendar.deleted and not deleted_too):
            raise absent("holidays", calendar_id, pointer="/holidays")
        return frozenset(calendar.dates if known_at is None else calendar.known_at(known_at))

    return holidays

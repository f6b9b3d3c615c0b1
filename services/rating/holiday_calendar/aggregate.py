"""The holidays that prices by time of day name, in partition 0."""

from __future__ import annotations

from typing import Final

from services.rating.holiday_calendar import api, rows
from services.rating.holiday_calendar.decide import decide_holidays, evolve_holidays, evolve_named_calendars
from services.rating.holiday_calendar.state import HolidayCalendar
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_holidays,),
    folds=(evolve_holidays, evolve_named_calendars),
    states=(HolidayCalendar,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)

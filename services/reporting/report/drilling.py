"""Where the rows behind a figure are read: paths of lists with their filters.

    rows_at("/v1/credit-notes", status="issued", reason="goodwill", **between(days))
    '/v1/credit-notes?status=issued&reason=goodwill&from=2026-09-01&to=2026-09-30'

Filters without a value are left out. Paths are of this origin; what stands in them is quoted.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote_plus

from services.reporting.reports.contract import Question

Days = tuple[date, date]

ROWS: Final = "/v1/reports/rows/"


def rows_at(path: str, **filters: Any) -> str:
    """The request for a list; a name of this version's own lists stands for its path. `from_` is `from`."""
    given = [
        f"{name.rstrip('_')}={_quoted(text)}"
        for name, value in filters.items()
        if value is not None
        for text in _texts(value)
    ]
    whole = path if path.startswith("/") else f"{ROWS}{path}"
    return f"{whole}?{'&'.join(given)}" if given else whole


def between(days: Days) -> dict[str, Any]:
    """Days, both included, as most lists take them."""
    return {"from_": days[0], "to": days[1]}


def within(days: Days) -> dict[str, Any]:
    """The same as UTC instants, of which the last is excluded."""
    return {"from_": _midnight(days[0]), "to": _midnight(days[1] + timedelta(days=1))}


@lru_cache(maxsize=4_096)
def _midnight(day: date) -> str:
    return f"{datetime.combine(day, time(), UTC):%Y-%m-%dT%H:%M:%SZ}"


def days_of(question: Question, group: str) -> Days:
    """The days that a row of a group is of: its day or month, as far as it is asked for, or all of them."""
    start, end = question.days
    match question.group_by:
        case "day":
            return date.fromisoformat(group), date.fromisoformat(group)
        case "month":
            first, last = month_of(date.fromisoformat(group))
            return max(start, first), min(end, last)
        case _:
            return start, end


def month_of(day: date) -> Days:
    """The first and last day of a month."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def _texts(value: Any) -> list[str]:
    match value:
        case bool():
            return ["true" if value else "false"]
        case date():
            return [value.isoformat()]
        case tuple() | list():
            return [str(one) for one in value]
        case _:
            return [str(value)]


# Days, currencies and names come again in each row of a report.
_quoted = lru_cache(maxsize=4_096)(quote_plus)

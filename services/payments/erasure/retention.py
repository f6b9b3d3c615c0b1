"""How long documents are kept. Pure.

kept_until(date(2026, 11, 3), 10)     date(2037, 1, 1): ten years from the end of the year of the last one
"""

from __future__ import annotations

from datetime import date


def kept_until(last_issued_on: date | None, years: int) -> date | None:
    """The first day on which no document has to be kept any more; `None` where there is none.

    >>> kept_until(date(2026, 1, 1), 10), kept_until(None, 10)
    (datetime.date(2037, 1, 1), None)
    """
    return None if last_issued_on is None else date(last_issued_on.year + years + 1, 1, 1)

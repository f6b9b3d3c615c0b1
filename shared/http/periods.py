"""A period as an answer writes it: half-open days, [start, end).

period(date(2026, 9, 1), date(2026, 10, 1))      {"start": 2026-09-01, "end": 2026-10-01}
period(None, None)                               None: there is none
"""

from __future__ import annotations

from datetime import date


def period(start: date | None, end: date | None) -> dict[str, date] | None:
    """A period on the wire; `None` where there is none."""
    return None if start is None or end is None else {"start": start, "end": end}

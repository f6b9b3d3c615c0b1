"""Values of rows as the API writes them.

quantity(Decimal(73400320000000))  "73400320"
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from shared.kernel.calendar import local_date
from shared.kernel.money import format_micro


def quantity(micro: Decimal | None) -> str | None:
    """A quantity column (1e-6 units) as a decimal string."""
    return None if micro is None else format_micro(int(micro))


def today_in(now: datetime, time_zone: str) -> date:
    """The billing date of an instant."""
    return local_date(now, time_zone)

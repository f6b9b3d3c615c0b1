"""Values of rows as the API writes them.

money(Decimal("12.4"), "EUR")      {"amount": "12.40", "currency": "EUR"}
quantity(Decimal(73400320000000))  "73400320"
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from pydantic import BaseModel

from shared.kernel.calendar import local_date
from shared.kernel.money import format_amount, format_micro


class AllowedAction(BaseModel):
    action: str
    allowed: bool
    reason: str | None


def money(amount: Decimal | None, currency: str) -> dict[str, str] | None:
    """`None` stays `None`: an amount that is not known is not zero."""
    return None if amount is None else {"amount": format_amount(amount, currency), "currency": currency}


def quantity(micro: Decimal | None) -> str | None:
    """A quantity column (1e-6 units) as a decimal string."""
    return None if micro is None else format_micro(int(micro))


def period(start: date | None, end: date | None) -> dict[str, date] | None:
    return None if start is None or end is None else {"start": start, "end": end}


def action(name: str, *, allowed: bool, reason: str | None = None) -> dict[str, Any]:
    """One of `allowed_actions`; the reason is what keeps it from being allowed."""
    return {"action": name, "allowed": allowed, "reason": None if allowed else reason}


def today_in(now: datetime, time_zone: str) -> date:
    """The billing date of an instant."""
    return local_date(now, time_zone)


NOT_YET: Final = "not supported by this version"

"""What of an account's debts counts on a day, and which day is its earliest (R55).

    owed   INV-000001  40.00  due 15 Oct        INV-000002  25.00  due 15 Nov        on 20 Oct
    ->     since 15 Oct, 40.00 overdue, the next becomes overdue on 16 Nov

What is disputed does not count. What is promised does: it holds dunning up, and clears nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from services.payments.balance.allocation import OpenInvoice
from shared.kernel.decimals import EXACT


class Standing(NamedTuple):
    """`overdue` since the end of the day `since`, the first due date; `next_on` is when more of it becomes overdue.

    `disputed`: something is overdue besides, of which the customer says that he does not owe it.
    """

    since: date | None
    overdue: Decimal
    oldest: OpenInvoice | None
    next_on: date | None
    disputed: bool


def standing(owed: Iterable[OpenInvoice], today: date, disputed: Callable[[str], Decimal]) -> Standing:
    """How an account stands at the beginning of a day. An invoice is overdue from the day after it was due."""
    late = [invoice for invoice in owed if invoice.due_on < today]
    coming = [invoice.due_on for invoice in owed if invoice.due_on >= today]
    counting = [(invoice, EXACT.subtract(invoice.open, disputed(invoice.invoice_id))) for invoice in late]
    counting = [(invoice, amount) for invoice, amount in counting if amount > 0]
    oldest = min((invoice for invoice, _ in counting), key=_order, default=None)
    total = Decimal(0)
    for _, amount in counting:
        total = EXACT.add(total, amount)
    return Standing(
        since=oldest.due_on if oldest else None,
        overdue=total,
        oldest=oldest,
        next_on=day_after(min(coming)) if coming else None,
        disputed=len(counting) < len(late),
    )


def day_after(day: date, days: int = 1) -> date:
    """So many days later; the calendar's last where that lies beyond it."""
    return day + timedelta(days=days) if days <= (date.max - day).days else date.max


def _order(invoice: OpenInvoice) -> tuple[date, int, int, str]:
    return invoice.due_on, invoice.series_n or 0, len(invoice.number), invoice.number

"""Late fees before they are asked for: what would be charged on which day if nothing is paid.

The days are played as the timers will play them, by the same functions, on what is open now.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Final

from services.payments.late_fee.decide import chargeable
from services.payments.late_fee.messages import LateFeeRequested
from services.payments.late_fee.state import LateFeeWatches, Watch
from services.payments.late_fee.watching import after, next_day, on_day
from shared.kernel.decider import View

OF_INVOICE_MAX: Final = 12
"""So many fees of an invoice are shown, interest by month among them."""
DAYS_MAX: Final = 24


def upcoming(account_id: str, view: View) -> list[LateFeeRequested]:
    """In the order of their days. Interest that runs on has no last one: the first after all steps is shown."""
    held = view.get(LateFeeWatches, account_id)
    found = [
        fee
        for watch in (held.watches if held else ())
        for fee in islice(_of(watch, account_id, chargeable(watch, account_id, view)), OF_INVOICE_MAX)
    ]
    return sorted(found, key=lambda one: (one.fee.charged_on, one.fee.due_on, one.fee.number, one.fee.step))


def _of(watch: Watch, account_id: str, open: Decimal) -> Iterator[LateFeeRequested]:
    for _ in range(DAYS_MAX):
        day = next_day(watch)
        if day is None or day == date.max:
            return
        last = watch.passed >= len(watch.policy.terms.steps)
        asked = False
        for happened in on_day(watch, account_id, open, day):
            watch = after(watch, happened)
            if isinstance(happened, LateFeeRequested):
                asked = True
                yield happened
        if last and asked:
            return

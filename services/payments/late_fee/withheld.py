"""What of an open invoice no fee may be asked for (R54): what is disputed, and what is promised for a later day.

All that is withheld is asked of the view here, and nowhere else: timers, settlement and what is shown as upcoming all
come by.
"""

from __future__ import annotations

from decimal import Decimal

from services.payments.dispute.state import disputed
from shared.kernel.decider import View


def withheld(invoice_id: str, view: View) -> Decimal:
    """The part of what is open that is disputed or promised."""
    return disputed(invoice_id, view)

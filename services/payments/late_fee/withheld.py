"""What of an open invoice no fee may be asked for (R54): what is disputed, and what is promised for a later day.

All that is withheld is asked of the view here, and nowhere else: timers, settlement and what is shown as upcoming all
come by.
"""

from __future__ import annotations

from decimal import Decimal

from services.payments.dispute.state import disputed
from services.payments.promise.state import promised
from services.payments.receivable.state import known_invoice
from shared.kernel.decider import View
from shared.kernel.decimals import EXACT


def withheld(invoice_id: str, view: View) -> Decimal:
    """The part of what is open that is disputed or promised; where both are, as much of it twice is never more than
    is open, for whoever asks."""
    account_id = known_invoice(view, invoice_id).account_id
    return EXACT.add(disputed(invoice_id, view), promised(invoice_id, account_id, view))

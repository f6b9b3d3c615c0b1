"""What of an open invoice no fee may be asked for (R54): what is disputed, and what is promised for a later day.

They are asked of the view here, and nowhere else: timers, settlement and what is shown as upcoming all come by, and so
does dunning, for what is disputed.
"""

from __future__ import annotations

from decimal import Decimal

from services.payments.promise.state import promised
from services.payments.receivable.state import known_invoice
from shared.kernel.decider import View
from shared.kernel.decimals import EXACT

_NONE = Decimal(0)


def withheld(invoice_id: str, view: View) -> Decimal:
    """The part of what is open that is disputed or promised."""
    account_id = known_invoice(view, invoice_id).account_id
    return EXACT.add(disputed(invoice_id, view), promised(invoice_id, account_id, view))


def disputed(invoice_id: str, view: View) -> Decimal:
    """The part of what is open that is disputed. Nothing can be yet."""
    return _NONE

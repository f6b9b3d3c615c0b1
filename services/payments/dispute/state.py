"""What of an invoice is disputed at the moment."""

from __future__ import annotations

from decimal import Decimal

from shared.kernel.decider import State, View


class Dispute(State, frozen=True, kw_only=True):
    """The dispute of an invoice that is not resolved. None is no state. `credited` is what was credited of the invoice
    since it was opened."""

    KEY_FIELD = "invoice_id"

    invoice_id: str
    dispute_id: str
    account_id: str
    amount: Decimal
    credited: Decimal = Decimal(0)


def disputed(invoice_id: str, view: View) -> Decimal:
    """How much of an invoice is on hold; of what was paid of it meanwhile too."""
    known = view.get(Dispute, invoice_id)
    return Decimal(0) if known is None else known.amount

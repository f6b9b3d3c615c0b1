"""What was written off of an account."""

from __future__ import annotations

from decimal import Decimal

from services.payments.payment.messages import Part
from shared.kernel.decider import State


class KnownWriteOff(State, frozen=True, kw_only=True):
    """What of each invoice is still given up."""

    KEY_FIELD = "write_off_id"

    write_off_id: str
    account_id: str
    parts: tuple[Part, ...] = ()

    def of(self, invoice_id: str) -> Decimal:
        return next((part.amount for part in self.parts if part.invoice_id == invoice_id), Decimal(0))

    def with_part(self, invoice_id: str, amount: Decimal) -> tuple[Part, ...]:
        """Its parts, where so much of an invoice is given up."""
        others = tuple(part for part in self.parts if part.invoice_id != invoice_id)
        return (*others, Part(invoice_id=invoice_id, amount=amount)) if amount else others

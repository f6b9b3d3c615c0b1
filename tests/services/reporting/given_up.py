"""What is on hold of an invoice, and what was given up of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from services.payments.dispute.messages import DisputeOpened
from services.payments.write_off.messages import ReceivableWrittenOff


def disputed(invoice: str = "inv-1", amount: str = "4.88") -> DisputeOpened:
    return DisputeOpened(
        dispute_id=f"dp-{invoice}",
        account_id="acc-1",
        invoice_id=invoice,
        amount=Decimal(amount),
        currency="EUR",
        reason="not supplied",
        opened_on=date(2026, 10, 10),
    )


def written_off(
    invoice: str = "inv-1", amount: str = "4.88", *, open_: str = "0.00", rounding: bool = False
) -> ReceivableWrittenOff:
    return ReceivableWrittenOff(
        write_off_id=f"wo-{invoice}",
        account_id="acc-1",
        invoice_id=invoice,
        amount=Decimal(amount),
        currency="EUR",
        open=Decimal(open_),
        reason_code="uncollectable",
        written_off_on=date(2026, 10, 12),
        rounding=rounding,
    )

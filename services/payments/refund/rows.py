"""Refunds of payments.

rf-1   pay-3   acc-1   20.00 EUR   card   2026-10-12   cancelled early
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from services.payments.refund.messages import PaymentRefunded
from shared.engine.rows import Amount, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert


class RefundRow(Row, frozen=True, kw_only=True):
    """What went back of a payment; with `adjusts` the invoices that it had paid owe that much less (R51)."""

    TABLE = "refund_row"
    KEY = ("refund_id",)

    refund_id: str
    payment_id: str
    account_id: str
    currency: str
    amount: Amount
    method: str
    reason: str
    note: str
    external_key: str | None
    adjusts: bool
    refunded_on: date
    refunded_by: str | None
    recorded_at: datetime


TABLES: Final = Tables(insert(RefundRow))


def rows(applied: AppliedOf[PaymentRefunded]) -> Iterator[Columns]:
    event, envelope = applied.event, applied.envelope
    match event:
        case PaymentRefunded():
            yield RefundRow.of(event, refunded_by=envelope.actor, recorded_at=envelope.recorded_at)

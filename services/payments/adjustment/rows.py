"""Adjustments of what accounts owe.

adj-1   acc-1   debit   5.00 EUR   correction   ADJ-7F3A2B10   2026-10-09
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from services.payments.adjustment.messages import BalanceAdjusted, Direction
from shared.engine.rows import Amount, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert


class AdjustmentRow(Row, frozen=True, kw_only=True):
    """A debit is a receivable of the same id, a credit a granted credit of it."""

    TABLE = "adjustment_row"
    KEY = ("adjustment_id",)

    adjustment_id: str
    account_id: str
    direction: Direction
    number: str
    currency: str
    amount: Amount
    reason_code: str
    note: str
    invoice_id: str | None
    due_on: date
    adjusted_on: date
    adjusted_by: str | None
    recorded_at: datetime


TABLES: Final = Tables(insert(AdjustmentRow))


def rows(applied: AppliedOf[BalanceAdjusted]) -> Iterator[Columns]:
    event, envelope = applied.event, applied.envelope
    match event:
        case BalanceAdjusted():
            yield AdjustmentRow.of(event, adjusted_by=envelope.actor, recorded_at=envelope.recorded_at)

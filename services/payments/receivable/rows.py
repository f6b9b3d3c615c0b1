"""Receivables with what is still open of them.

inv-7   acc-1   INV-000042   14.88 EUR   open 4.88   issued 2026-10-01   due 2026-10-15
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from services.payments.balance.messages import PaymentAllocated
from services.payments.receivable.messages import ReceivableOpened
from shared.engine.rows import Amount, Change, Columns, Row
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert, update


class ReceivableRow(Row, frozen=True, kw_only=True):
    """An issued invoice as something owed; `open` is what is not paid yet."""

    TABLE = "receivable_row"
    KEY = ("invoice_id",)

    invoice_id: str
    number: str
    account_id: str
    currency: str
    amount: Amount
    open: Amount
    issued_on: date
    due_on: date


class StillOpen(Change, frozen=True, kw_only=True):
    """What an invoice still owes after an allocation."""

    TABLE = "receivable_row"
    KEY = ("invoice_id",)

    invoice_id: str
    open: Amount


TABLES: Final = Tables(insert(ReceivableRow), update(StillOpen))


def rows(applied: Applied) -> Iterator[Columns]:
    """An invoice is opened before anything is paid of it, so a batch can be written kind by kind."""
    event = applied.event
    match event:
        case ReceivableOpened():
            yield ReceivableRow.of(event, open=event.amount)
        case PaymentAllocated():
            yield StillOpen.of(event)

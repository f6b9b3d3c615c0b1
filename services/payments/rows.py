"""The columns of payments' tables.

inv-7   acc-1   INV-000042   14.88 EUR   open 4.88   issued 2026-10-01   due 2026-10-15
"""

from __future__ import annotations

from datetime import date

from shared.engine.rows import Amount, Change, Row


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

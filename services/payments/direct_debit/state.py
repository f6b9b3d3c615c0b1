"""Runs, debits, and which debit an invoice is being collected by."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from services.payments.mandate.messages import MandateScheme
from shared.kernel.decider import State, View

RunStatus = Literal["open", "submitted", "booked", "cancelled"]
DebitStatus = Literal["placed", "booked", "returned", "cancelled", "refused"]


class DirectDebitRun(State, frozen=True, kw_only=True):
    """`next` is the place that it goes on at, until all its `debits` are asked for."""

    KEY_FIELD = "run_id"

    run_id: str
    scheme: MandateScheme
    collection_date: date
    debits: int
    next: int = 0
    status: RunStatus = "open"


class DirectDebit(State, frozen=True, kw_only=True):
    KEY_FIELD = "debit_id"

    debit_id: str
    account_id: str
    run_id: str
    invoice_id: str
    mandate_id: str
    amount: Decimal
    status: DebitStatus = "placed"


class InvoiceDebit(State, frozen=True, kw_only=True):
    """The debit that an invoice was collected by last."""

    KEY_FIELD = "invoice_id"

    invoice_id: str
    debit_id: str


def placed_debit(invoice_id: str, view: View) -> DirectDebit | None:
    """The debit that an invoice is being collected by."""
    last = view.get(InvoiceDebit, invoice_id)
    known = None if last is None else view.get(DirectDebit, last.debit_id)
    return known if known is not None and known.status == "placed" else None

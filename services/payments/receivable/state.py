"""The invoices that were issued, by id and by number; what each still owes is part of the account's balance."""

from __future__ import annotations

from shared.kernel.decider import State


class KnownInvoice(State, frozen=True, kw_only=True):
    """That an invoice was issued to an account; a payment may name it even when it is paid."""

    KEY_FIELD = "invoice_id"

    invoice_id: str
    account_id: str


class InvoiceNumber(State, frozen=True, kw_only=True):
    """The invoice that bears a number: what customers quote when they pay."""

    KEY_FIELD = "number"

    number: str
    invoice_id: str

"""Which states a message about a credit note will ask for."""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.credit_note.messages import CompleteCreditNote, CreditInvoice
from services.invoicing.credit_note.state import CreditNote
from services.invoicing.invoice.state import Invoice, IssuedLines
from services.invoicing.invoice_policy.messages import INVOICES
from services.invoicing.invoice_policy.state import InvoicePolicy
from shared.kernel.decider import State


def preload(message: CreditInvoice | CompleteCreditNote) -> Iterator[tuple[type[State], str]]:
    yield BillProfile, message.account_id
    match message:
        case CreditInvoice():
            yield InvoicePolicy, INVOICES
            yield Invoice, message.invoice_id
            yield IssuedLines, message.invoice_id
        case CompleteCreditNote():
            yield CreditNote, message.credit_note_id

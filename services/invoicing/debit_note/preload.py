"""Which invoice shall be debited."""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.debit_note.messages import DebitInvoice
from services.invoicing.invoice.state import Invoice, IssuedLines
from services.invoicing.invoice_policy.messages import INVOICES
from services.invoicing.invoice_policy.state import InvoicePolicy
from shared.kernel.decider import State


def preload(message: DebitInvoice) -> Iterator[tuple[type[State], str]]:
    yield BillProfile, message.account_id
    yield InvoicePolicy, INVOICES
    yield Invoice, message.invoice_id
    yield IssuedLines, message.invoice_id

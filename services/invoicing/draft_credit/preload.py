"""Which states giving a draft back will ask for."""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.draft_credit.messages import CreditDraft
from services.invoicing.invoice.state import Invoice, IssuedLines
from services.invoicing.invoice_policy.messages import INVOICES
from services.invoicing.invoice_policy.state import InvoicePolicy
from shared.kernel.decider import State


def preload(message: CreditDraft) -> Iterator[tuple[type[State], str]]:
    yield BillProfile, message.account_id
    yield InvoicePolicy, INVOICES
    for invoice_id in (message.invoice_id, *message.against):
        yield Invoice, invoice_id
    for invoice_id in message.against:
        yield IssuedLines, invoice_id

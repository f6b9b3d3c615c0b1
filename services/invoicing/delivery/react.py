"""What is issued goes out by itself, where its account wants it so."""

from __future__ import annotations

from collections.abc import Iterable

from services.invoicing.credit_note.messages import CreditNoteIssued
from services.invoicing.delivery.messages import DeliverIssued, SentDocument
from services.invoicing.delivery.state import preferences_of
from services.invoicing.invoice.messages import InvoiceIssued
from shared.kernel.decider import Do, View
from shared.kernel.envelope import Envelope


def react(event: InvoiceIssued | CreditNoteIssued, envelope: Envelope, view: View) -> Iterable[Do]:
    if not preferences_of(view, event.account_id).preferences.automatic:
        return
    match event:
        case InvoiceIssued():
            document = SentDocument(kind="invoice", id=event.invoice_id)
        case CreditNoteIssued():
            document = SentDocument(kind="credit_note", id=event.credit_note_id)
    yield Do(DeliverIssued(account_id=event.account_id, document=document))

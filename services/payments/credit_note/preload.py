"""A credit note may be known already."""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.credit_note.messages import CreditNoteIssued
from services.payments.credit_note.state import KnownCreditNote
from services.payments.receivable.state import KnownInvoice
from shared.kernel.decider import State


def preload(message: CreditNoteIssued) -> Iterator[tuple[type[State], str]]:
    yield KnownCreditNote, message.credit_note_id
    yield KnownInvoice, message.invoice_id

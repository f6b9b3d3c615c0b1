"""A credit note of invoicing, as payments takes it: its invoice owes less, and what was paid of that is credit.

invoice 40.00, of which 30.00 is paid       CreditNoteIssued 25.00
-> CreditNoteTaken(amount=25.00, applied=10.00, open=0.00, unallocated=15.00)
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from shared.kernel.message import Command, Event


class TakeCreditNote(Command, frozen=True, kw_only=True):
    """A credit note was issued: lower what is open of its invoice, and keep the rest as credit. Decided in place."""

    credit_note_id: str
    invoice_id: str
    account_id: str
    number: str
    amount: Decimal
    currency: str
    issued_on: date


class CreditNoteTaken(Event, frozen=True, kw_only=True):
    """`applied` of the credit note lowers its own invoice, which still owes `open`. What is `unallocated` is credit of
    the account; what of it pays other invoices is told by `CreditAllocated`. `covered` of its amount had been credited
    before without a document (an accepted dispute, an adjustment, a refund), and is not credited a second time.
    """

    credit_note_id: str
    invoice_id: str
    account_id: str
    number: str
    amount: Decimal
    currency: str
    issued_on: date
    applied: Decimal
    open: Decimal
    unallocated: Decimal
    covered: Decimal = Decimal(0)

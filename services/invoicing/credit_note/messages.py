"""Credit notes: what of an issued invoice is taken back, by a document of its own that cites the invoice.

CreditInvoice(credit_note_id="cn-1", invoice_id="inv-1", reason="service_outage", ...)
-> CreditNoteLocked -> (number) -> CompleteCreditNote -> CreditNoteIssued(number="CN-000001", ...)
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from services.invoicing.invoice.messages import DocumentReference, InvoiceLine, Seller, TaxGroup
from services.invoicing.proof.link import Hashes, Proof
from shared.kernel.bounds import Checked, Count, Seq
from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event
from shared.kernel.money import Money
from shared.kernel.period import Period
from shared.kernel.sealed import Sealed

CREDIT_NOTE: Final = "credit_note"
"""The kind of document that a credit note is."""


class LineToCredit(Checked, frozen=True, kw_only=True):
    """Line `n` of the invoice, or `net` of it; what is left of it where that is `None`."""

    n: Count
    net: Decimal | None = None


class CreditInvoice(Command, frozen=True, kw_only=True):
    """Credit an issued invoice: by `lines`, or an `amount` with its tax, or else all that is left of it.

    With `reissue`, which credits all, what it billed is drafted anew. Refused: `invoice_not_found`, `not_issued`,
    `invoice_void`, `void_pending`, `line_not_found`, `invalid`, `over_credited`, `nothing_to_credit`,
    `currency_mismatch`, `amount_not_positive`, `too_many_decimals`, `version_mismatch`.
    """

    credit_note_id: str
    invoice_id: str
    account_id: str
    reason: str
    note: str = ""
    lines: list[LineToCredit] | None = None
    amount: Money | None = None
    reissue: bool = False
    seller: Seller | None = None


class CompleteCreditNote(Command, frozen=True, kw_only=True):
    """Issue a locked credit note under the number it was given."""

    credit_note_id: str
    account_id: str
    number: str
    issued_on: date
    series_id: str
    series_n: Seq
    proof: Proof | None = None


class CreditNoteLocked(Event, frozen=True, kw_only=True):
    """So much of an invoice is taken back: lines, tax and totals are fixed, and a number has been asked for.

    Amounts are those of the credit note, above zero where the invoice's are. `invoice_lines` says of each line which of
    the invoice it credits, 0 for none. `legal_entity` is who issued the invoice, if not the operator, and `seller` what
    it is now. `reissued_as` is the draft that bills anew what is credited.
    """

    credit_note_id: str
    invoice_id: str
    account_id: str
    corrects: DocumentReference
    currency: Currency
    period: Period
    lines: list[InvoiceLine]
    invoice_lines: list[Count]
    tax_groups: list[TaxGroup]
    net: Decimal
    tax: Decimal
    total: Decimal
    reason: str
    series_id: str
    issue_date_asked: date
    note: str = ""
    reissued_as: str | None = None
    seller: Seller | None = None
    hashes: Hashes | None = None
    legal_entity: str | None = None


class CreditNoteIssued(Event, frozen=True, kw_only=True):
    """The credit note is issued and will never change. All that its document prints is here.

    It has the fields of `InvoiceIssued`, but for what is due; `corrects` is the invoice, as the document cites it.
    """

    credit_note_id: str
    invoice_id: str
    account_id: str
    number: str
    currency: Currency
    issued_on: date
    period: Period
    lines: list[InvoiceLine]
    tax_groups: list[TaxGroup]
    net: Decimal
    tax: Decimal
    total: Decimal
    cycle_id: str
    name: Sealed
    corrects: DocumentReference
    reason: str
    series_id: str
    series_n: Seq
    details: Sealed | None = None
    note: str = ""
    invoice_lines: list[Count] = []
    reissued_as: str | None = None
    seller: Seller | None = None
    proof: Proof | None = None
    legal_entity: str | None = None

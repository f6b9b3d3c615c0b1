"""Debit notes: what an issued invoice claims is raised, by a document of its own that cites the invoice (BG-3).

DebitInvoice(debit_note_id="dn-1", invoice_id="inv-1", reason="billing_error", lines=[...])
-> DebitNoteDrafted, InvoiceLocked(kind="debit_note", series_id="DN") -> (number) -> InvoiceIssued(kind="debit_note")
-> DebitNoteDrafted, ApprovalAsked, where the operator's policy wants one of an invoice of that total (approval/)

A debit note is an invoice of its own kind: it is owed, paid, credited, made void and sent as one. Its `invoice_id` is
its own id; the invoice that it raises is what it `corrects`.
"""

from __future__ import annotations

from decimal import Decimal

from services.invoicing.invoice.messages import DocumentReference, InvoiceLine, Seller, TaxGroup
from shared.kernel.bounds import Checked, Count
from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event
from shared.kernel.period import Period


class LineToDebit(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """`net` more. It is taxed like line `n` of the invoice, or like its lines of `tax_class`; or as all of them are."""

    description: str
    net: Decimal
    n: Count | None = None
    tax_class: str | None = None


class DebitInvoice(Command, frozen=True, kw_only=True):
    """Raise what an issued invoice claims, by these lines. `seller` issues the debit note.

    Refused: `invoice_not_found`, `not_issued`, `invoice_void`, `void_pending`, `line_not_found`, `tax_class_unknown`,
    `tax_unknown`, `amount_not_positive`, `too_many_decimals`, `out_of_bounds`, `version_mismatch`.
    """

    debit_note_id: str
    invoice_id: str
    account_id: str
    reason: str
    lines: list[LineToDebit]
    note: str = ""
    seller: Seller | None = None


class DebitNoteDrafted(Event, frozen=True, kw_only=True):
    """The lines of a debit note are fixed, and its tax; `InvoiceLocked` follows at once, or when it is approved.

    `legal_entity` is who issued the invoice that it corrects. Older ones say no tax: they were locked at once.
    """

    invoice_id: str
    account_id: str
    currency: Currency
    period: Period
    lines: list[InvoiceLine]
    net: Decimal
    corrects: DocumentReference
    reason: str
    note: str = ""
    tax: Decimal | None = None
    total: Decimal | None = None
    tax_groups: list[TaxGroup] = []
    legal_entity: str | None = None

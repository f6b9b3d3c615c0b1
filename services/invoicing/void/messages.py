"""Making an invoice void: asked here, and done when payments has said that nothing was paid of it.

VoidInvoice -> InvoiceVoidAsked -> (payments) -> CompleteVoid -> InvoiceVoided, or InvoiceVoidRefused
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event


class VoidInvoice(Command, frozen=True, kw_only=True):
    """Make an issued invoice void: it claims nothing any more and keeps its number (R46).

    Refused: `invoice_not_found`, `not_issued`, `invoice_void`, `void_pending`, `invoice_credited`,
    `clearance_pending`, `invoice_cleared`, `version_mismatch`; later, by `InvoiceVoidRefused`, one of which
    something was paid.
    """

    invoice_id: str
    account_id: str
    reason: str
    note: str = ""


class CompleteVoid(Command, frozen=True, kw_only=True):
    """Payments has taken the claim back; or has not, as `paid` of it was paid."""

    invoice_id: str
    account_id: str
    paid: Decimal | None = None


class InvoiceVoidAsked(Event, frozen=True, kw_only=True):
    """An issued invoice shall be void. Nothing else happens to it until payments has answered."""

    invoice_id: str
    account_id: str
    number: str
    reason: str
    note: str = ""


class InvoiceVoided(Event, frozen=True, kw_only=True):
    """The invoice claims nothing from the day `voided_on` of its account on. Its number stays its own."""

    invoice_id: str
    account_id: str
    number: str
    currency: Currency
    total: Decimal
    reason: str
    voided_on: date
    note: str = ""


class InvoiceVoidRefused(Event, frozen=True, kw_only=True):
    """The invoice stands as it was issued: `paid` of it was paid, so it can only be credited."""

    invoice_id: str
    account_id: str
    number: str
    currency: Currency
    paid: Decimal

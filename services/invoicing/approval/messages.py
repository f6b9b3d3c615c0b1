"""Drafts that somebody has to approve before they are locked, where the operator's policy says so (invoice_policy/).

FinaliseInvoice, a billing run   -> ApprovalAsked      it waits
ApproveInvoice                   -> InvoiceApproved    the next run takes it, or a person issues it
RejectInvoice                    -> InvoiceRejected    it stays a draft until it is approved, or has changed
"""

from __future__ import annotations

from decimal import Decimal

from services.invoicing.invoice.printed import Seller
from shared.kernel.bounds import Count
from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event


class ApproveInvoice(Command, frozen=True, kw_only=True):
    """Let a complete draft be issued as it is now. `seller` would issue it.

    Refused: `invoice_not_found`, what stops its issue (`draft_incomplete`, `negative_total`, …), `approval_not_asked`,
    `already_approved`, `own_approval`, `version_mismatch`.
    """

    invoice_id: str
    account_id: str
    note: str = ""
    seller: Seller | None = None


class RejectInvoice(Command, frozen=True, kw_only=True):
    """Don't let a complete draft be issued, for this reason in words.

    Refused: as `ApproveInvoice`, and `already_rejected`."""

    invoice_id: str
    account_id: str
    reason: str
    seller: Seller | None = None


class ApprovalAsked(Event, frozen=True, kw_only=True):
    """A draft was to be issued and waits for an approval: `asked_by` whoever issued it, or started run `run_id`.

    `total` is what it would come to. `version` is the invoice's with this event; an approval holds while both stay.
    """

    invoice_id: str
    account_id: str
    currency: Currency
    total: Decimal
    asked_by: str
    version: Count
    run_id: str | None = None


class InvoiceApproved(Event, frozen=True, kw_only=True):
    """The draft may be issued as it is: of that `total`, in that `version`."""

    invoice_id: str
    account_id: str
    currency: Currency
    total: Decimal
    approved_by: str
    version: Count
    note: str = ""


class InvoiceRejected(Event, frozen=True, kw_only=True):
    """The draft may not be issued as it is, for the `reason` given in words."""

    invoice_id: str
    account_id: str
    currency: Currency
    total: Decimal
    rejected_by: str
    reason: str
    version: Count

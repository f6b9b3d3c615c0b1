"""What a tax authority says of an issued invoice, told by an integrator.

InvoiceIssued, where the policy wants it  -> ClearanceAwaited                        waiting
ReportClearance(status="submitted")       -> ClearanceReported                       submitted
ReportClearance(status="cleared")         -> ClearanceReported(reference="IT-4711")  cleared, for good
ReportClearance(status="rejected")        -> ClearanceReported(reason="00404 …")     rejected
"""

from __future__ import annotations

from datetime import datetime

from shared.kernel.message import Command, Event


class ReportClearance(Command, frozen=True, kw_only=True):
    """The authority has been given an issued invoice, or has answered. `at` is when it says so, else now.

    Refused: `invoice_not_found`, `not_issued`, `void_pending`, `invoice_void`, `clearance_transition`,
    `version_mismatch`.
    """

    invoice_id: str
    account_id: str
    status: str
    authority: str
    reference: str | None = None
    reason: str | None = None
    at: datetime | None = None


class ClearanceAwaited(Event, frozen=True, kw_only=True):
    """The invoice is not sent before `authority` has cleared it."""

    invoice_id: str
    account_id: str
    number: str
    authority: str


class ClearanceReported(Event, frozen=True, kw_only=True):
    """The invoice is `submitted` to the authority, or `cleared` under its number (`reference`), or `rejected` for a
    `reason`, at that instant. The document that was issued does not change.
    """

    invoice_id: str
    account_id: str
    number: str
    status: str
    authority: str
    at: datetime
    reference: str | None = None
    reason: str | None = None

"""What may be asked of invoicing.

`FinaliseInvoice` and `StartBillingRun` come from people and scripts, all others from this service's own reactions:
those that assemble drafts are decided in place when rating reports, those that number and walk travel between
partitions.

    FinaliseInvoice(invoice_id="inv-1", account_id="acc-1")     # lock, number, issue
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from services.invoicing.events import InvoiceLine
from shared.kernel.message import Command, catalogue
from shared.kernel.period import Period
from shared.kernel.sealed import Sealed


class NoteBillingCycle(Command, frozen=True, kw_only=True):
    """Rating has defined a cycle. Decided in partition 0, where rating's reference data arrives."""

    REFERENCE: ClassVar[bool] = True

    cycle_id: str
    name: str

    @property
    def key(self) -> str:
        return self.cycle_id


class OpenBillProfile(Command, frozen=True, kw_only=True):
    """Take over the settings an account was opened with; invoicing owns them from then on."""

    account_id: str
    name: Sealed
    currency: str
    tax_rate: Decimal
    cycle_id: str
    time_zone: str
    details: Sealed | None = None

    @property
    def key(self) -> str:
        return self.account_id


class ExpectPeriod(Command, frozen=True, kw_only=True):
    """Rating will close this period next."""

    account_id: str
    period: Period

    @property
    def key(self) -> str:
        return self.account_id


class AddDraftLine(Command, frozen=True, kw_only=True):
    """Put a charge on the draft of its billing period; the draft numbers its lines itself, whatever `line.n` says."""

    account_id: str
    currency: str
    billing_period: Period
    line: InvoiceLine

    @property
    def key(self) -> str:
        return self.account_id


class CompleteDraft(Command, frozen=True, kw_only=True):
    """Rating has announced `lines` charges summing to `net` for the period: compare, and complete the draft or stop."""

    account_id: str
    currency: str
    period: Period
    lines: int
    net: Decimal

    @property
    def key(self) -> str:
        return self.account_id


class FinaliseInvoice(Command, frozen=True, kw_only=True):
    """Lock a complete draft, fixing tax and totals, and ask for its number.

    Refused: `invoice_not_found`, `draft_incomplete`, `draft_disagrees`, `negative_total`,
    `invoice_carried_forward`, `invoice_locked`, `invoice_issued`, `version_mismatch`.
    """

    invoice_id: str
    account_id: str

    @property
    def key(self) -> str:
        return self.account_id


class AssignNumber(Command, frozen=True, kw_only=True):
    """Give a locked invoice the next number of a series. Asked again for the same invoice, the number stays (R46)."""

    series_id: str
    invoice_id: str
    account_id: str
    issue_date_asked: date

    @property
    def key(self) -> str:
        return self.series_id


class CompleteIssue(Command, frozen=True, kw_only=True):
    """Issue a locked invoice under the number it was given."""

    invoice_id: str
    account_id: str
    number: str
    issued_on: date

    @property
    def key(self) -> str:
        return self.account_id


class StateAmountDue(Command, frozen=True, kw_only=True):
    """Payments has opened the receivable: credit of the account pays `credit_applied` of it, `amount_due` remains."""

    invoice_id: str
    account_id: str
    credit_applied: Decimal
    amount_due: Decimal

    @property
    def key(self) -> str:
        return self.account_id


class StartBillingRun(Command, frozen=True, kw_only=True):
    """Finalise every complete draft whose period ends on or before `target_date`, for a cycle or for named accounts.

    A dry run counts and sums the same and locks nothing. Refused: `billing_run_exists`.
    """

    run_id: str
    target_date: date
    dry_run: bool = False
    cycle_id: str | None = None
    account_ids: list[str] | None = None

    @property
    def key(self) -> str:
        return self.run_id


class WalkAccounts(Command, frozen=True, kw_only=True):
    """Go through one page of this partition's accounts for a run.

    Without `account_ids` it is page `page` of all accounts here, and the next page follows by itself. With them it is
    those accounts, and `last` says whether the run has more of them for this partition.
    """

    run_id: str
    target_date: date
    dry_run: bool
    page: int = 0
    cycle_id: str | None = None
    account_ids: list[str] | None = None
    last: bool = False

    @property
    def key(self) -> str:
        return self.run_id


COMMANDS = catalogue(
    "invoicing",
    NoteBillingCycle,
    OpenBillProfile,
    ExpectPeriod,
    AddDraftLine,
    CompleteDraft,
    FinaliseInvoice,
    AssignNumber,
    CompleteIssue,
    StateAmountDue,
    StartBillingRun,
    WalkAccounts,
)

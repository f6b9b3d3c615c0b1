"""What invoicing reports: drafts assembled, numbers given, invoices issued, billing runs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from shared.kernel.bounds import Checked, Count, Seq
from shared.kernel.message import Event, catalogue
from shared.kernel.period import Period
from shared.kernel.sealed import Sealed


class InvoiceLine(Checked, frozen=True, kw_only=True):
    """One line. `net` is rounded to the currency, `quantity` exact, in `unit`; `charge_id` leads back to rating.

    A line of kind `carried_forward` has no charge, subscription or plan ("", version 0): `carried_from` is the draft
    that it sums up.
    """

    n: Count
    charge_id: str
    kind: str
    description: str
    subscription_id: str
    plan_id: str
    plan_version: Count
    period: Period
    net: Decimal
    unrounded: Decimal
    meter: str | None = None
    unit: str | None = None
    quantity: Decimal | None = None
    records: Seq = 0
    fraction: str | None = None
    steps: list[dict[str, Any]] = []
    carried_from: str | None = None


class TaxGroup(Checked, frozen=True, kw_only=True):
    """Tax of one (category, rate) group: base × rate, rounded once (EN 16931). `rate` in percent."""

    category: str
    rate: Decimal
    base: Decimal
    tax: Decimal


class RunOutcome(Checked, frozen=True, kw_only=True):
    """What a billing run found at one account, where it found anything.

    `outcome` is `invoiced` (in a dry run: would be), `not_closed` (the period is still open) or `failed` with `reason`.
    """

    account_id: str
    outcome: str
    invoice_id: str | None = None
    currency: str | None = None
    net: Decimal | None = None
    tax: Decimal | None = None
    total: Decimal | None = None
    reason: str | None = None


class BillingCycleKnown(Event, frozen=True, kw_only=True):
    """Rating has defined a billing cycle: billing runs may name it from now on."""

    cycle_id: str
    name: str

    @property
    def key(self) -> str:
        return self.cycle_id


class BillProfileOpened(Event, frozen=True, kw_only=True):
    """How an account is billed; `terms_days` from issue date to due date, `details` sealed `CustomerDetails`."""

    account_id: str
    name: Sealed
    currency: str
    tax_rate: Decimal
    cycle_id: str
    time_zone: str
    terms_days: Count
    details: Sealed | None = None

    @property
    def key(self) -> str:
        return self.account_id


class PeriodExpected(Event, frozen=True, kw_only=True):
    """The next period of the account that rating will close; a billing run that finds it open says `not_closed`."""

    account_id: str
    period: Period

    @property
    def key(self) -> str:
        return self.account_id


class DraftLineAdded(Event, frozen=True, kw_only=True):
    """A charge has become line `line.n` of the draft for its billing period."""

    invoice_id: str
    account_id: str
    currency: str
    billing_period: Period
    line: InvoiceLine

    @property
    def key(self) -> str:
        return self.account_id


class DraftCarriedForward(Event, frozen=True, kw_only=True):
    """A complete draft came to less than zero and is never issued: its net is `line` of the account's next draft.

    Tax is computed there, on the whole (R39). `into` names that draft; it follows from the close of a later period.
    """

    invoice_id: str
    account_id: str
    into: str
    currency: str
    period: Period
    line: InvoiceLine

    @property
    def key(self) -> str:
        return self.account_id


class InvoiceDrafted(Event, frozen=True, kw_only=True):
    """The draft is complete: its charges agree with what rating announced, in count and in sum.

    `lines` and `net` are with what was carried forward to it.
    """

    invoice_id: str
    account_id: str
    currency: str
    period: Period
    lines: Count
    net: Decimal

    @property
    def key(self) -> str:
        return self.account_id


class DraftDisagreed(Event, frozen=True, kw_only=True):
    """Lines received and lines announced differ: nothing is invoiced until a person has looked."""

    invoice_id: str
    account_id: str
    period: Period
    lines: Count
    lines_announced: Count
    net: Decimal
    net_announced: Decimal

    @property
    def key(self) -> str:
        return self.account_id


class InvoiceLocked(Event, frozen=True, kw_only=True):
    """Tax and totals are fixed; a number has been asked for. Only its assignment can follow."""

    invoice_id: str
    account_id: str
    currency: str
    net: Decimal
    tax: Decimal
    total: Decimal
    tax_groups: list[TaxGroup]
    series_id: str
    issue_date_asked: date
    terms_days: Count
    run_id: str | None = None

    @property
    def key(self) -> str:
        return self.account_id


class NumberAssigned(Event, frozen=True, kw_only=True):
    """The series' owner gives number, date and document together: gapless, dates never going back (R46)."""

    series_id: str
    n: Seq
    number: str
    issued_on: date
    invoice_id: str
    account_id: str

    @property
    def key(self) -> str:
        return self.series_id


class NumberConfirmed(Event, frozen=True, kw_only=True):
    """A number was asked for again for the same document: the one it has stands, none is used up (R46)."""

    series_id: str
    n: Seq
    number: str
    issued_on: date
    invoice_id: str
    account_id: str

    @property
    def key(self) -> str:
        return self.series_id


class InvoiceIssued(Event, frozen=True, kw_only=True):
    """The invoice is issued and will never change. The only event of an invoice that others need."""

    invoice_id: str
    account_id: str
    number: str
    currency: str
    issued_on: date
    due_on: date
    period: Period
    lines: list[InvoiceLine]
    tax_groups: list[TaxGroup]
    net: Decimal
    tax: Decimal
    total: Decimal
    cycle_id: str
    name: Sealed
    details: Sealed | None = None
    run_id: str | None = None

    @property
    def key(self) -> str:
        return self.account_id


class AmountDueStated(Event, frozen=True, kw_only=True):
    """What the document of an issued invoice asks for: its total less the credit that the account had at issue."""

    invoice_id: str
    account_id: str
    credit_applied: Decimal
    amount_due: Decimal

    @property
    def key(self) -> str:
        return self.account_id


class BillingRunStarted(Event, frozen=True, kw_only=True):
    """A run over the accounts of a cycle, or over those named, up to `target_date` (inclusive end of period)."""

    run_id: str
    target_date: date
    dry_run: bool
    partitions: Count
    cycle_id: str | None = None
    account_ids: list[str] | None = None

    @property
    def key(self) -> str:
        return self.run_id


class BillingRunPageWalked(Event, frozen=True, kw_only=True):
    """A partition has gone through one page of its accounts for a run; `last` when there are no more.

    `amounts` sums the totals of the invoices by currency. `outcomes` names the accounts at which there was something
    to say; the others had nothing to bill. Target, cycle and `dry_run` are those of the run: the next page needs them.
    `named_accounts`: the run is for accounts that were named, and all its pages were sent when it started.
    """

    run_id: str
    partition: Count
    page: Count
    accounts: Count
    invoices: Count
    not_closed: Count
    failed: Count
    amounts: dict[str, Decimal]
    last: bool
    target_date: date
    dry_run: bool
    cycle_id: str | None = None
    named_accounts: bool = False
    outcomes: list[RunOutcome] = []

    @property
    def key(self) -> str:
        return self.run_id


EVENTS = catalogue(
    "invoicing",
    BillingCycleKnown,
    BillProfileOpened,
    PeriodExpected,
    DraftLineAdded,
    DraftCarriedForward,
    InvoiceDrafted,
    DraftDisagreed,
    InvoiceLocked,
    NumberAssigned,
    NumberConfirmed,
    InvoiceIssued,
    AmountDueStated,
    BillingRunStarted,
    BillingRunPageWalked,
)

"""An invoice's commands and events, from the first charge of a period to the issued document.

ChargeFixed (rating)   -> AddDraftLine    -> DraftLineAdded
PeriodClosed (rating)  -> CompleteDraft   -> InvoiceDrafted, or DraftDisagreed
                                          -> DraftPassedOn -> TakeCharges (payer) -> ChargesTaken -> DraftTaken
FinaliseInvoice        -> InvoiceLocked   -> (number)  -> CompleteIssue -> InvoiceIssued
a page of a run        -> InvoiceLocked … -> (numbers) -> CompleteIssues -> InvoiceIssued …
CreditNoteLocked       -> ReissueInvoice  -> DraftReissued, InvoiceDrafted
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import ClassVar, Final

import msgspec

from services.invoicing.invoice.printed import Allowance as Allowance
from services.invoicing.invoice.printed import AllowancePart as AllowancePart
from services.invoicing.invoice.printed import AllowanceShare as AllowanceShare
from services.invoicing.invoice.printed import DocumentReference as DocumentReference
from services.invoicing.invoice.printed import InvoiceLine as InvoiceLine
from services.invoicing.invoice.printed import LateFeeReason as LateFeeReason
from services.invoicing.invoice.printed import LineStep as LineStep
from services.invoicing.invoice.printed import Seller as Seller
from services.invoicing.invoice.printed import TaxGroup as TaxGroup
from services.invoicing.late_fee_policy.messages import PolicyInForce
from services.invoicing.proof.link import Hashes, Proof
from shared.kernel.bounds import Checked, Count, Seq
from shared.kernel.currency import Currency, is_currency
from shared.kernel.decimals import exact
from shared.kernel.halves import in_halves
from shared.kernel.message import Command, Event
from shared.kernel.period import Period
from shared.kernel.rounding import HALF_UP, Rounding, round_amount
from shared.kernel.sealed import Sealed

INVOICE: Final = "invoice"
"""The kind of document that an invoice is."""
DEBIT_NOTE: Final = "debit_note"
"""The kind of an invoice that raises what another one claims."""


class AddDraftLine(Command, frozen=True, kw_only=True):
    """Put a charge on the draft of its billing period; the draft numbers its lines itself, whatever `line.n` says."""

    account_id: str
    currency: Currency
    billing_period: Period
    line: InvoiceLine


class CompleteDraft(Command, frozen=True, kw_only=True):
    """Rating has announced `lines` charges summing to `net` for the period: compare, and complete the draft or stop.

    `billed_by` pays for it, where it is not the account itself.
    """

    account_id: str
    currency: Currency
    period: Period
    lines: int
    net: Decimal
    billed_by: str | None = None


class TakeCharges(Command, frozen=True, kw_only=True):
    """Put the lines of `from_account`, which this account pays for, on its draft of the period."""

    account_id: str
    from_account: str
    from_invoice: str
    currency: Currency
    period: Period
    lines: list[InvoiceLine]


class NoteTaken(Command, frozen=True, kw_only=True):
    """The payer has taken what draft `invoice_id` passed on: it is on the invoice `into`."""

    account_id: str
    invoice_id: str
    into: str


class FinaliseInvoice(Command, frozen=True, kw_only=True):
    """Lock a complete draft, fixing tax and totals, and ask for its number. `seller` issues it.

    Refused: `invoice_not_found`, `draft_incomplete`, `draft_disagrees`, `negative_total`,
    `invoice_carried_forward`, `invoice_passed_on`, `invoice_locked`, `invoice_issued`, `version_mismatch`.
    """

    invoice_id: str
    account_id: str
    seller: Seller | None = None


class CompleteIssue(Command, frozen=True, kw_only=True):
    """Issue a locked invoice under the number it was given."""

    invoice_id: str
    account_id: str
    number: str
    issued_on: date
    series_id: str | None = None
    series_n: Seq | None = None
    proof: Proof | None = None


class NumberedInvoice(Checked, frozen=True, kw_only=True):
    """A locked invoice and the number it was given."""

    invoice_id: str
    account_id: str
    number: str
    issued_on: date
    series_n: Seq
    proof: Proof | None = None


class CompleteIssues(Command, frozen=True, kw_only=True):
    """Issue many locked invoices of a partition, as `CompleteIssue` does one: a page of a billing run.

    One that is issued under its number is left as it is, so that the command needs no result of its own: it is hot.
    """

    KEY_FIELD = ""
    HOT: ClassVar[bool] = True

    series_id: str
    invoices: list[NumberedInvoice]

    @property
    def account(self) -> str | None:
        """Of one invoice alone, its account: what can't be issued waits with it."""
        return self.invoices[0].account_id if len(self.invoices) == 1 else None

    def halves(self) -> Sequence[CompleteIssues]:
        """Two that issue the same together; none where one invoice is left."""
        return [msgspec.structs.replace(self, invoices=part) for part in in_halves(self.invoices)]


class StateAmountDue(Command, frozen=True, kw_only=True):
    """Payments has opened the receivable: credit of the account pays `credit_applied` of it, `amount_due` remains."""

    invoice_id: str
    account_id: str
    credit_applied: Decimal
    amount_due: Decimal


class ReissueInvoice(Command, frozen=True, kw_only=True):
    """Draft what an invoice that is credited in full billed anew, as draft `invoice_id`. Decided in place."""

    invoice_id: str
    account_id: str
    replaces: DocumentReference


class DraftLineAdded(Event, frozen=True, kw_only=True):
    """A charge has become line `line.n` of the draft for its billing period."""

    invoice_id: str
    account_id: str
    currency: Currency
    billing_period: Period
    line: InvoiceLine


class DraftCarriedForward(Event, frozen=True, kw_only=True):
    """A complete draft came to less than zero and is never issued: its net is `line` of the account's next draft.

    Tax is computed there, on the whole (R39). `into` names that draft; it follows from the close of a later period.
    What is taxed in several classes, or in part includes tax, is a line for each: `more` are those beside the first.
    """

    invoice_id: str
    account_id: str
    into: str
    currency: Currency
    period: Period
    line: InvoiceLine
    more: list[InvoiceLine] = []

    @property
    def lines(self) -> list[InvoiceLine]:
        """All that the next draft takes over."""
        return [self.line, *self.more]


class InvoiceDrafted(Event, frozen=True, kw_only=True):
    """The draft is complete: its charges agree with what rating announced, in count and in sum.

    `lines` and `net` are with what was carried forward to it, `net` after its `allowances`. These, `tax_groups`, `tax`
    and `total` are provisional: what locking it now would fix. They are `None` in events that are older than these
    fields; `forecast` makes up for it.
    A draft is complete once more with each account whose charges it takes: `version` is the invoice's with this event,
    `lines` + 1 where it is `None`. `tax_missing` says why it can't be taxed yet: then `tax` is 0, and locking is
    refused with that code until tables and tax profile say enough. `nets` are those of lines that include tax, by their
    numbers, provisional too.
    """

    invoice_id: str
    account_id: str
    currency: Currency
    period: Period
    lines: Count
    net: Decimal
    tax: Decimal | None = None
    total: Decimal | None = None
    tax_groups: list[TaxGroup] = []
    version: Count | None = None
    tax_missing: str | None = None
    allowances: list[Allowance] = []
    nets: dict[Count, Decimal] = {}

    def forecast(self, rate: Decimal | None) -> tuple[Decimal, Decimal]:
        """Tax and total, provisional. Where the event does not say, its account had one `rate`: base × rate (R39)."""
        if self.tax is not None and self.total is not None:
            return self.tax, self.total
        rounding = HALF_UP if is_currency(self.currency) else Rounding(decimals=2)
        with exact():
            tax = round_amount(self.net * (rate or Decimal(0)) / 100, rounding, self.currency)
            return tax, self.net + tax


class DraftDeferred(Event, frozen=True, kw_only=True):
    """A run has left the draft for the account's next invoice, for a `reason` of its policy; a person may issue it.

    The next draft of the account takes it over (`DraftCarriedForward`).
    """

    invoice_id: str
    account_id: str
    run_id: str
    reason: str


class DraftReissued(Event, frozen=True, kw_only=True):
    """The lines of an invoice that was credited in full are a draft again, which is taxed and numbered anew."""

    invoice_id: str
    account_id: str
    currency: Currency
    period: Period
    lines: list[InvoiceLine]
    net: Decimal
    replaces: DocumentReference


class DraftPassedOn(Event, frozen=True, kw_only=True):
    """A complete draft is never issued, as `payer_id` pays for the account: its lines go on an invoice of that one."""

    invoice_id: str
    account_id: str
    payer_id: str
    currency: Currency
    period: Period
    lines: list[InvoiceLine]
    net: Decimal


class ChargesTaken(Event, frozen=True, kw_only=True):
    """`lines` lines of `from_account` are on the draft `invoice_id` of the account that pays for it."""

    invoice_id: str
    account_id: str
    from_account: str
    from_invoice: str
    currency: Currency
    period: Period
    lines: Count
    net: Decimal


class DraftTaken(Event, frozen=True, kw_only=True):
    """What the draft passed on is on the invoice `into` of the account that pays."""

    invoice_id: str
    account_id: str
    into: str


class DraftDisagreed(Event, frozen=True, kw_only=True):
    """Lines received and lines announced differ: nothing is invoiced until a person has looked."""

    invoice_id: str
    account_id: str
    period: Period
    lines: Count
    lines_announced: Count
    net: Decimal
    net_announced: Decimal


class InvoiceLocked(Event, frozen=True, kw_only=True):
    """Tax and totals are fixed; a number has been asked for. Only its assignment can follow.

    `seller` is who issues it, as it was when it was asked for: by run `run_id`, or by a person as `demand_id`. It is
    the operator, or the `legal_entity` by which the account is billed. `net` is after the `allowances`, which discounts
    take off its lines. `nets` are those of lines that include tax, by their numbers.
    """

    invoice_id: str
    account_id: str
    currency: Currency
    net: Decimal
    tax: Decimal
    total: Decimal
    tax_groups: list[TaxGroup]
    series_id: str
    issue_date_asked: date
    terms_days: Count
    run_id: str | None = None
    seller: Seller | None = None
    demand_id: str | None = None
    allowances: list[Allowance] = []
    kind: str = INVOICE
    hashes: Hashes | None = None
    legal_entity: str | None = None
    nets: dict[Count, Decimal] = {}


class InvoiceIssued(Event, frozen=True, kw_only=True):
    """The invoice is issued and will never change. The only event of an invoice that others need.

    All that its document prints is here, but for what credit paid of it (`AmountDueStated`). `series_n` is its place in
    the series, which orders numbers whatever their pattern. Invoices older than `seller` and `series_n` have neither.
    `replaces` is the invoice that was credited in full and is issued anew by this one. The nets of its lines less its
    `allowances` are `net`. One of kind `debit_note` raises what the invoice that it `corrects` claims, for a `reason`,
    with a `note` in words (debit_note/). `late_fee_policy` is what is asked for if it stays unpaid. `proof` is its link
    in the chain of the series.
    """

    invoice_id: str
    account_id: str
    number: str
    currency: Currency
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
    seller: Seller | None = None
    series_id: str | None = None
    series_n: Seq | None = None
    replaces: DocumentReference | None = None
    allowances: list[Allowance] = []
    kind: str = INVOICE
    corrects: DocumentReference | None = None
    reason: str | None = None
    note: str = ""
    late_fee_policy: PolicyInForce | None = None
    proof: Proof | None = None
    legal_entity: str | None = None


class AmountDueStated(Event, frozen=True, kw_only=True):
    """What the document of an issued invoice asks for: its total less the credit that the account had at issue."""

    invoice_id: str
    account_id: str
    credit_applied: Decimal
    amount_due: Decimal

"""Billing runs: the commands that start one and walk the accounts of a partition, and what they came to.

StartBillingRun(run_id="run-1", target_date=2026-10-01, cycle_id="monthly")
-> BillingRunStarted -> WalkAccounts in every partition -> BillingRunPageWalked, page by page
CancelBillingRun(run_id="run-1")
-> BillingRunCancelled -> StopWalking in every partition -> WalkingStopped; pages that come later find nothing
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

import msgspec

from services.invoicing.invoice.messages import Seller
from services.rating.billing_cycle.messages import CycleTerms
from shared.kernel.bounds import Checked, Count
from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event, Message

Pages = Annotated[int, msgspec.Meta(ge=1, le=100)]
"""How many pages of accounts are decided in one go."""


class RunOutcome(Checked, frozen=True, kw_only=True):
    """What a billing run found at one account, where it found anything.

    `outcome` is `invoiced` (in a dry run: would be), `not_closed` (the period is still open), `on_hold` (people have
    decided so, for the `reason` they gave), `deferred` (left for the account's next invoice, as the run's policy says),
    `waiting_approval` (nobody has approved it, for that `reason`) or `failed` with `reason`.
    """

    account_id: str
    outcome: str
    invoice_id: str | None = None
    currency: Currency | None = None
    net: Decimal | None = None
    tax: Decimal | None = None
    total: Decimal | None = None
    reason: str | None = None


class RunPolicy(Checked, frozen=True, kw_only=True):
    """What a run leaves for the account's next invoice: 0.00, and what is below a `minimum` in its currency."""

    skip_zero: bool = False
    minimum: dict[Currency, Decimal] = {}


class NoteBillingCycle(Command, frozen=True, kw_only=True):
    """Rating has defined or changed a cycle. Decided in partition 0, where rating's reference data arrives."""

    KEY_FIELD = "cycle_id"
    REFERENCE: ClassVar[bool] = True

    cycle_id: str
    name: str
    terms: CycleTerms | None = None


class ForgetBillingCycle(Command, frozen=True, kw_only=True):
    """Rating has deleted a cycle. Decided in partition 0, as `NoteBillingCycle`."""

    KEY_FIELD = "cycle_id"
    REFERENCE: ClassVar[bool] = True

    cycle_id: str


class OfRun(Message, frozen=True, kw_only=True):
    """What is asked or said of a billing run."""

    KEY_FIELD = "run_id"

    run_id: str


class StartBillingRun(OfRun, Command, frozen=True, kw_only=True):
    """Finalise every complete draft whose period ends on or before `target_date`, for a cycle or for named accounts.

    A dry run counts and sums the same and locks nothing. `seller` issues the invoices. `confirms` is the dry run that
    was looked at, `retries` the run whose failures are tried again. Refused: `billing_run_exists`.
    """

    target_date: date
    dry_run: bool = False
    cycle_id: str | None = None
    account_ids: list[str] | None = None
    seller: Seller | None = None
    confirms: str | None = None
    retries: str | None = None
    policy: RunPolicy | None = None


class CancelBillingRun(OfRun, Command, frozen=True, kw_only=True):
    """Finalise nothing more for the run; what it has locked is issued. Refused: `billing_run_not_found`."""


class StopWalking(OfRun, Command, frozen=True, kw_only=True):
    """Pages of the run that this partition has not gone through find nothing."""


class WalkAccounts(OfRun, Command, frozen=True, kw_only=True):
    """Go through one page of this partition's accounts for a run.

    Without `account_ids` it is `pages` pages of all accounts here, from `page` on, and what is after them follows by
    itself. With them it is those accounts, and `last` says whether the run has more of them for this partition.
    """

    target_date: date
    dry_run: bool
    page: int = 0
    pages: Pages = 1
    cycle_id: str | None = None
    account_ids: list[str] | None = None
    last: bool = False
    seller: Seller | None = None
    policy: RunPolicy | None = None


class BillingCycleKnown(Event, frozen=True, kw_only=True):
    """Rating has defined a billing cycle, or changed it: billing runs may name it from now on.

    `terms` are its days; events older than automatic runs have none.
    """

    KEY_FIELD = "cycle_id"

    cycle_id: str
    name: str
    terms: CycleTerms | None = None


class BillingCycleForgotten(Event, frozen=True, kw_only=True):
    """The cycle is gone: runs can't name it, until one of that id is defined again."""

    KEY_FIELD = "cycle_id"

    cycle_id: str


class BillingRunStarted(OfRun, Event, frozen=True, kw_only=True):
    """A run over the accounts of a cycle, or over those named, up to `target_date` (inclusive end of period).

    `seller` issues its invoices. `confirms` is the dry run that was looked at, `retries` the run whose failures are
    tried again.
    """

    target_date: date
    dry_run: bool
    partitions: Count
    cycle_id: str | None = None
    account_ids: list[str] | None = None
    seller: Seller | None = None
    confirms: str | None = None
    retries: str | None = None
    policy: RunPolicy | None = None


class BillingRunCancelled(OfRun, Event, frozen=True, kw_only=True):
    """People have stopped the run: the partitions are told, and go no further."""

    partitions: Count


class WalkingStopped(OfRun, Event, frozen=True, kw_only=True):
    """A partition goes no further for the run."""


class BillingRunPageWalked(OfRun, Event, frozen=True, kw_only=True):
    """A partition has gone through one page of its accounts for a run; `last` when there are no more.

    `amounts` sums the totals of the invoices by currency. `outcomes` names the accounts at which there was something
    to say; the others had nothing to bill. Target, cycle, `dry_run`, `seller` and `policy` are the run's, for the next
    page. `named_accounts`: the run is for accounts that were named, and all its pages were sent when it started.
    `cancelled`: the run was stopped before this page, which was not looked at. `pages` pages of the partition's
    accounts are in it, from `page` on.
    """

    partition: Count
    page: Count
    accounts: Count
    invoices: Count
    not_closed: Count
    failed: Count
    amounts: dict[Currency, Decimal]
    last: bool
    target_date: date
    dry_run: bool
    cycle_id: str | None = None
    named_accounts: bool = False
    outcomes: list[RunOutcome] = []
    seller: Seller | None = None
    on_hold: Count = 0
    cancelled: bool = False
    deferred: Count = 0
    policy: RunPolicy | None = None
    pages: Pages = 1
    waiting_approval: Count = 0

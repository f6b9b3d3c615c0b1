"""Billing runs: each partition walks its accounts a page at a time and finalises the drafts that are due.

A run to target date 1 October finalises the drafts of periods that end on or before it:

    account  pending draft     expected period     outcome
    acc-1    1 Sep – 1 Oct     1 Oct – 1 Nov       invoiced
    acc-2    none              1 Sep – 1 Oct       not_closed    rating still waits for usage
    acc-3    disagreeing       1 Oct – 1 Nov       failed        a person has to look
    acc-4    none              1 Oct – 1 Nov       nothing to say
    acc-5    1 Sep – 1 Oct     1 Oct – 1 Nov       on_hold       people have decided so; the draft waits
    acc-6    1 Sep – 1 Oct     1 Oct – 1 Nov       deferred      0.00: the run leaves that for the next invoice
    acc-7    1 Sep – 1 Oct     1 Oct – 1 Nov       waiting_approval    a later run takes it, once it is approved

A second run to the same date finds nothing pending and creates nothing (R12). A dry run says the same and locks
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from services.invoicing.approval.checks import ask, hindrance
from services.invoicing.approval.messages import ApprovalAsked
from services.invoicing.bill_profile.messages import BillProfileOpened
from services.invoicing.bill_profile.state import BillProfile, PendingDraft
from services.invoicing.billing_run.messages import (
    BillingRunPageWalked,
    BillingRunStarted,
    RunOutcome,
    RunPolicy,
    StartBillingRun,
    WalkAccounts,
)
from services.invoicing.billing_run.state import (
    ACCOUNTS_PER_PAGE,
    AccountIndex,
    AccountPage,
    BillingRun,
    StoppedRun,
    pages_of,
)
from services.invoicing.invoice.messages import DraftDeferred, InvoiceLocked
from services.invoicing.invoice.state import Invoice
from services.invoicing.invoice_policy.state import InvoicePolicy, invoice_policy
from services.invoicing.locking import ask_for_tables, lock
from shared.kernel.calendar import local_date
from shared.kernel.currency import Currency
from shared.kernel.decider import Context, State, View
from shared.kernel.decimals import EXACT
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def evolve_account(event: BillProfileOpened, envelope: Envelope, view: View) -> Iterable[State]:
    """The account gets its place on the last page of the partition's accounts."""
    index = view.get(AccountIndex, AccountIndex.KEY) or AccountIndex(accounts=0)
    number = index.accounts // ACCOUNTS_PER_PAGE
    page = view.get(AccountPage, str(number)) or AccountPage(page=number, account_ids=())
    yield AccountIndex(accounts=index.accounts + 1)
    yield AccountPage(page=number, account_ids=(*page.account_ids, event.account_id))


def decide_start(command: StartBillingRun, view: View, context: Context) -> Sequence[Event]:
    if view.get(BillingRun, command.run_id) is not None:
        raise Rejection("billing_run_exists", f"there is a billing run {command.run_id}", pointer="/id", status=409)
    return [same_fields(BillingRunStarted, command, partitions=context.partitions)]


def evolve_start(event: BillingRunStarted, envelope: Envelope, view: View) -> Iterable[State]:
    return [BillingRun(run_id=event.run_id, partitions=event.partitions)]


def decide_walk(command: WalkAccounts, view: View, context: Context) -> Sequence[Event]:
    """The locks of this page, and last what the page came to."""
    if view.get(StoppedRun, command.run_id) is not None:
        end = command.last or command.account_ids is None
        return [_Tally(policy=InvoicePolicy()).walked(command, context, 0, last=end, cancelled=True)]
    account_ids, last = _page(command, view)
    # All states are asked for before any work is done, and those of a kind together: a function that meets a missing
    # one is run again, and where the owner does not hold them in memory each question is one to the database.
    profiles = view.get_many(BillProfile, account_ids)
    accounts = [(account_id, profiles.get(account_id)) for account_id in account_ids]
    cycle = command.cycle_id
    in_scope = [(i, a) for i, a in accounts if a is None or cycle in (None, a.cycle_id) or a.pending_of(cycle)]
    due = [
        draft.invoice_id
        for _, account in in_scope
        if account is not None
        for draft in account.pending_of(cycle)
        if draft.agrees and draft.period_end <= command.target_date
    ]
    drafts = view.get_many(Invoice, due)
    ask_for_tables((account for _, account in in_scope if account is not None), view)
    policy = invoice_policy(view)
    tally = _Tally(policy=policy)
    walk = _Walk(command, context, view, drafts, tally)
    for account_id, account in in_scope:
        _visit(account_id, account, walk)
    done = [] if command.dry_run else [*tally.deferrals, *tally.asked, *tally.locked]
    return [*done, tally.walked(command, context, len(in_scope), last=last)]


def _page(command: WalkAccounts, view: View) -> tuple[Sequence[str], bool]:
    """The accounts to visit, and whether there are none after them."""
    if command.account_ids is not None:
        return command.account_ids, command.last
    index = view.get(AccountIndex, AccountIndex.KEY)
    accounts = index.accounts if index else 0
    numbers = [str(number) for number in pages_of(command)]
    pages = view.get_many(AccountPage, numbers)
    account_ids = [account_id for number in numbers if number in pages for account_id in pages[number].account_ids]
    return account_ids, accounts <= (command.page + command.pages) * ACCOUNTS_PER_PAGE


@dataclass
class _Tally:
    """What a page has come to so far."""

    policy: InvoicePolicy
    locked: list[InvoiceLocked] = field(default_factory=list)
    asked: list[ApprovalAsked] = field(default_factory=list)
    deferrals: list[DraftDeferred] = field(default_factory=list)
    outcomes: list[RunOutcome] = field(default_factory=list)

    def invoiced(self, locked: InvoiceLocked) -> None:
        self.locked.append(locked)
        self.outcomes.append(same_fields(RunOutcome, locked, outcome="invoiced"))

    def deferred(self, locked: InvoiceLocked, reason: str, run_id: str, *, before: bool) -> None:
        if not before:
            self.deferrals.append(same_fields(DraftDeferred, locked, run_id=run_id, reason=reason))
        self.outcomes.append(same_fields(RunOutcome, locked, outcome="deferred", reason=reason))

    def waiting(self, locked: InvoiceLocked, draft: Invoice, why: Rejection, context: Context) -> None:
        self.asked += ask(locked, draft, why, context, run_id=locked.run_id)
        self.outcomes.append(same_fields(RunOutcome, locked, outcome="waiting_approval", reason=why.code))

    def failed(self, account_id: str, reason: str, invoice_id: str | None = None) -> None:
        self.outcomes.append(RunOutcome(account_id=account_id, outcome="failed", invoice_id=invoice_id, reason=reason))

    def on_hold(self, account_id: str, reason: str, invoice_id: str) -> None:
        self.outcomes.append(RunOutcome(account_id=account_id, outcome="on_hold", invoice_id=invoice_id, reason=reason))

    def not_closed(self, account_id: str) -> None:
        self.outcomes.append(RunOutcome(account_id=account_id, outcome="not_closed"))

    def walked(
        self, command: WalkAccounts, context: Context, accounts: int, *, last: bool, cancelled: bool = False
    ) -> BillingRunPageWalked:
        return same_fields(
            BillingRunPageWalked,
            command,
            partition=context.partition,
            accounts=accounts,
            invoices=len(self.locked),
            not_closed=self._count("not_closed"),
            failed=self._count("failed"),
            on_hold=self._count("on_hold"),
            deferred=self._count("deferred"),
            waiting_approval=self._count("waiting_approval"),
            amounts=self._amounts(),
            last=last,
            named_accounts=command.account_ids is not None,
            outcomes=self.outcomes,
            cancelled=cancelled,
        )

    def _count(self, outcome: str) -> int:
        return sum(1 for found in self.outcomes if found.outcome == outcome)

    def _amounts(self) -> dict[Currency, Decimal]:
        amounts: dict[Currency, Decimal] = {}
        for locked in self.locked:
            amounts[locked.currency] = EXACT.add(amounts.get(locked.currency, Decimal(0)), locked.total)
        return dict(sorted(amounts.items()))


@dataclass(frozen=True)
class _Walk:
    """What is the same for all accounts of a page."""

    command: WalkAccounts
    context: Context
    view: View
    drafts: Mapping[str, Invoice]
    tally: _Tally


def _visit(account_id: str, account: BillProfile | None, walk: _Walk) -> None:
    command, tally = walk.command, walk.tally
    if account is None:
        tally.failed(account_id, "unknown_account")
        return
    hold = account.held_on(local_date(walk.context.now, account.time_zone))
    for pending in account.pending_of(command.cycle_id):
        if pending.period_end > command.target_date:
            continue
        if hold is not None:
            tally.on_hold(account_id, hold.reason, pending.invoice_id)
        elif (draft := walk.drafts.get(pending.invoice_id)) is None:
            tally.failed(account_id, "draft_disagrees", pending.invoice_id)
        else:
            _lock(draft, pending, account, walk)
    is_here = command.cycle_id in (None, account.cycle_id)
    if is_here and account.expected is not None and account.expected.end <= command.target_date:
        tally.not_closed(account_id)


def _lock(draft: Invoice, pending: PendingDraft, account: BillProfile, walk: _Walk) -> None:
    """Lock a draft, or say why the run does not."""
    command, tally = walk.command, walk.tally
    seller, run_id = command.seller, command.run_id
    try:
        locked = lock(draft, account, walk.context, walk.view, seller=seller, run_id=run_id, before=tally.locked)
    except Rejection as refusal:
        tally.failed(account.account_id, refusal.code, pending.invoice_id)
        return
    reason = _deferred_for(command.policy, locked)
    if reason is not None:
        tally.deferred(locked, reason, run_id, before=pending.deferred)
    elif (why := hindrance(locked, draft, account, tally.policy, walk.context)) is not None:
        tally.waiting(locked, draft, why, walk.context)
    else:
        tally.invoiced(locked)


def _deferred_for(policy: RunPolicy | None, locked: InvoiceLocked) -> str | None:
    """Why the policy leaves it for the account's next invoice, if it does."""
    if policy is None:
        return None
    if not locked.total:
        return "zero_invoice" if policy.skip_zero else None
    return "below_minimum" if locked.total < policy.minimum.get(locked.currency, Decimal(0)) else None

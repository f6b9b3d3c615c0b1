"""What follows from what: rating's facts assemble drafts here, locked invoices fetch a number, runs walk on.

rating.ChargeFixed   -> AddDraftLine                     decided in place
InvoiceLocked        -> AssignNumber    to p(series)     ->  NumberAssigned -> CompleteIssue to p(account)
BillingRunStarted    -> WalkAccounts    to every partition, each of which sends itself the next page
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from services.invoicing import commands as c
from services.invoicing import events as e
from services.invoicing.domain.state import ACCOUNTS_PER_PAGE
from services.rating import events as rating
from shared.kernel.decider import Do, Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.partition import partition_of


def react(event: Event, envelope: Envelope, view: View) -> Iterable[Do | Send]:
    """Policy for events of rating and of this service; those not named here have no consequence."""
    match event:
        case rating.ChargeFixed():
            yield Do(_add_line(event))
        case rating.PeriodClosed():
            yield Do(_complete(event))
            yield Do(c.ExpectPeriod(account_id=event.account_id, period=event.next_period))
        case rating.SubscriptionStarted():
            yield Do(c.ExpectPeriod(account_id=event.account_id, period=event.period))
        case rating.AccountOpened():
            yield Do(_open_profile(event))
        case rating.BillingCycleDefined():
            yield Do(c.NoteBillingCycle(cycle_id=event.terms.cycle_id, name=event.name))
        case e.InvoiceLocked():
            yield Send(_assign_number(event), to="invoicing")
        case e.NumberAssigned() | e.NumberConfirmed():
            yield Send(_complete_issue(event), to="invoicing")
        case e.BillingRunStarted():
            yield from _walks(event)
        case e.BillingRunPageWalked(last=False):
            yield from _next_page(event)


def _open_profile(event: rating.AccountOpened) -> c.OpenBillProfile:
    return c.OpenBillProfile(
        account_id=event.account_id,
        name=event.name,
        currency=event.currency,
        tax_rate=event.tax_rate,
        cycle_id=event.cycle.cycle_id,
        time_zone=event.cycle.time_zone,
        details=event.details,
    )


def _add_line(charge: rating.ChargeFixed) -> c.AddDraftLine:
    line = e.InvoiceLine(
        n=charge.n,
        charge_id=charge.charge_id,
        kind=charge.kind,
        description=charge.description,
        subscription_id=charge.subscription_id,
        plan_id=charge.plan_id,
        plan_version=charge.plan_version,
        period=charge.period,
        net=charge.amount,
        unrounded=charge.unrounded,
        meter=charge.meter,
        unit=charge.unit,
        quantity=charge.quantity,
        records=charge.records,
        fraction=charge.fraction,
        steps=[msgspec.to_builtins(step) for step in charge.steps],
    )
    return c.AddDraftLine(
        account_id=charge.account_id, currency=charge.currency, billing_period=charge.billing_period, line=line
    )


def _complete(closed: rating.PeriodClosed) -> c.CompleteDraft:
    return c.CompleteDraft(
        account_id=closed.account_id,
        currency=closed.currency,
        period=closed.period,
        lines=closed.lines,
        net=closed.sum,
    )


def _assign_number(locked: e.InvoiceLocked) -> c.AssignNumber:
    return c.AssignNumber(
        series_id=locked.series_id,
        invoice_id=locked.invoice_id,
        account_id=locked.account_id,
        issue_date_asked=locked.issue_date_asked,
    )


def _complete_issue(numbered: e.NumberAssigned | e.NumberConfirmed) -> c.CompleteIssue:
    return c.CompleteIssue(
        invoice_id=numbered.invoice_id,
        account_id=numbered.account_id,
        number=numbered.number,
        issued_on=numbered.issued_on,
    )


def _walks(run: e.BillingRunStarted) -> Iterator[Send]:
    """The first page of every partition; for named accounts all their pages, in order."""
    for partition in range(run.partitions):
        for page, last, account_ids in _pages(run, partition):
            walk = c.WalkAccounts(
                run_id=run.run_id,
                target_date=run.target_date,
                dry_run=run.dry_run,
                page=page,
                cycle_id=run.cycle_id,
                account_ids=account_ids,
                last=last,
            )
            yield Send(walk, to="invoicing", partition=partition)


def _pages(run: e.BillingRunStarted, partition: int) -> Iterator[tuple[int, bool, list[str] | None]]:
    """`(page, last, accounts)`; a partition with none of the named accounts has one empty page, which says so."""
    if run.account_ids is None:
        yield 0, False, None
        return
    here = [account for account in run.account_ids if partition_of(account, run.partitions) == partition]
    for start in range(0, max(len(here), 1), ACCOUNTS_PER_PAGE):
        end = start + ACCOUNTS_PER_PAGE
        yield start // ACCOUNTS_PER_PAGE, end >= len(here), here[start:end]


def _next_page(walked: e.BillingRunPageWalked) -> Iterator[Send]:
    """The page after this one, of this partition. Pages of named accounts were all sent at the start."""
    if walked.named_accounts:
        return
    walk = c.WalkAccounts(
        run_id=walked.run_id,
        target_date=walked.target_date,
        dry_run=walked.dry_run,
        page=walked.page + 1,
        cycle_id=walked.cycle_id,
    )
    yield Send(walk, to="invoicing", partition=walked.partition)

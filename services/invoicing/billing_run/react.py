"""Runs walk on: the first page of every partition when one starts, each next page when one is done.

rating.BillingCycleDefined, …Changed  -> NoteBillingCycle                       decided in place, in partition 0
rating.BillingCycleDeleted  -> ForgetBillingCycle                     likewise
BillingRunStarted           -> WalkAccounts   to every partition
BillingRunPageWalked        -> WalkAccounts   to the same partition, unless it was the last page
BillingRunCancelled         -> StopWalking    to every partition
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from services.invoicing.billing_run.messages import (
    BillingRunCancelled,
    BillingRunPageWalked,
    BillingRunStarted,
    ForgetBillingCycle,
    NoteBillingCycle,
    StopWalking,
    WalkAccounts,
)
from services.invoicing.billing_run.state import ACCOUNTS_PER_PAGE, PAGES_PER_WALK
from services.rating.billing_cycle.messages import BillingCycleChanged, BillingCycleDefined, BillingCycleDeleted
from shared.kernel.decider import Do, Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.partition import pages_here
from shared.kernel.same_fields import same_fields

CycleFact = BillingCycleDefined | BillingCycleChanged | BillingCycleDeleted


def react(
    event: CycleFact | BillingRunStarted | BillingRunCancelled | BillingRunPageWalked,
    envelope: Envelope,
    view: View,
) -> Iterable[Do | Send]:
    match event:
        case BillingCycleDefined() | BillingCycleChanged():
            yield Do(NoteBillingCycle(cycle_id=event.terms.cycle_id, name=event.name, terms=event.terms))
        case BillingCycleDeleted():
            yield Do(ForgetBillingCycle(cycle_id=event.cycle_id))
        case BillingRunStarted():
            yield from _walks(event)
        case BillingRunCancelled():
            stop = StopWalking(run_id=event.run_id)
            yield from (Send(stop, to="invoicing", partition=partition) for partition in range(event.partitions))
        case BillingRunPageWalked(last=False):
            yield from _next_page(event)


def _walks(run: BillingRunStarted) -> Iterator[Send]:
    """The first page of every partition; for named accounts all their pages, in order."""
    for partition in range(run.partitions):
        size = ACCOUNTS_PER_PAGE * PAGES_PER_WALK
        many = 1 if run.account_ids is not None else PAGES_PER_WALK
        for page, last, account_ids in pages_here(run.account_ids, partition, run.partitions, size=size):
            walk = same_fields(WalkAccounts, run, page=page, pages=many, account_ids=account_ids, last=last)
            yield Send(walk, to="invoicing", partition=partition)


def _next_page(walked: BillingRunPageWalked) -> Iterator[Send]:
    """The page after this one, of this partition. Pages of named accounts were all sent at the start."""
    if walked.named_accounts:
        return
    walk = same_fields(WalkAccounts, walked, page=walked.page + walked.pages, pages=PAGES_PER_WALK)
    yield Send(walk, to="invoicing", partition=walked.partition)

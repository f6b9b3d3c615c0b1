"""Migrations: each partition walks its subscriptions a page at a time and asks each for its change of plan.

    sub-1   fiber, version 1 on the day        moved
    sub-2   fiber, terminated before the day   nothing to say
    sub-3   fiber, account in USD              failed    currency_mismatch
    sub-4   cable                              nothing to say

A change of a migration has an id that follows from the migration and the subscription, so cancelling finds it again,
and no other. A cancellation that reaches a partition before all of its pages are walked ends the walk there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Final, assert_never

import msgspec

from services.rating.account.state import Account
from services.rating.plan.state import Plan
from services.rating.plan_migration.messages import (
    CancelMigration,
    MigrationCancelled,
    MigrationPageWalked,
    MigrationScheduled,
    MigrationTerms,
    Moved,
    ScheduleMigration,
    WalkMigration,
)
from services.rating.plan_migration.state import (
    SUBSCRIPTIONS_PER_PAGE,
    CancelledHere,
    PlanMigration,
    SubscriptionIndex,
    SubscriptionsOfPage,
    page_of,
)
from services.rating.rated_usage.state import UsageSum
from services.rating.subscription.messages import CancelChange, ChangePlan, SubscriptionStarted
from services.rating.subscription.state import Subscription
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection, absent
from shared.kernel.ids import derive
from shared.kernel.message import Event
from shared.kernel.outcome import Parking

MigrationCommand = ScheduleMigration | CancelMigration | WalkMigration
MigrationEvent = MigrationScheduled | MigrationCancelled | MigrationPageWalked
Change = Callable[[ChangePlan | CancelChange, View, Context], Sequence[Event]]
"""What decides a change of a subscription; service.py hands it in."""

EARLIEST_ZONE: Final = timedelta(hours=14)


def decide_migration(command: MigrationCommand, view: View, context: Context, change: Change) -> Sequence[Event]:
    match command:
        case ScheduleMigration():
            return _schedule(command, view, context)
        case CancelMigration():
            return _cancel(command, view, context)
        case WalkMigration():
            return _walk(command, view, context, change)
        case _:
            assert_never(command)


def evolve_migration(event: MigrationEvent, envelope: Envelope, view: View) -> Iterator[State]:
    match event:
        case MigrationScheduled():
            accounts = None if event.account_ids is None else tuple(event.account_ids)
            yield PlanMigration(migration_id=event.migration_id, terms=event.terms, account_ids=accounts)
        case MigrationCancelled():
            known = view.get(PlanMigration, event.migration_id)
            if known is None:
                raise NeverBegan(f"the migration {event.migration_id} was cancelled and never scheduled")
            yield msgspec.structs.replace(known, cancelled=True)
        case MigrationPageWalked():
            if event.undo:
                yield CancelledHere(migration_id=event.migration_id)
        case _:
            assert_never(event)


def indexed(event: SubscriptionStarted, envelope: Envelope, view: View) -> Iterator[State]:
    """A new subscription gets its place on the last page of the partition's."""
    index = view.get(SubscriptionIndex, SubscriptionIndex.KEY) or SubscriptionIndex()
    tail = (*index.tail, event.subscription_id)
    if len(tail) < SUBSCRIPTIONS_PER_PAGE:
        yield msgspec.structs.replace(index, tail=tail)
        return
    yield SubscriptionsOfPage(page=index.pages, subscription_ids=tail)
    yield SubscriptionIndex(pages=index.pages + 1)


def moves(terms: MigrationTerms, subscription: Subscription, plan: Plan) -> bool:
    """Whether the subscription has the plan (and version) on the day, and not yet what it shall move to."""
    term = subscription.terms_on(max(terms.on, subscription.start))
    if term is None or term.plan_id != terms.from_plan:
        return False
    if (term.plan_id, term.plan_version) == (terms.to_plan, terms.to_version):
        return False
    if terms.from_version is None:
        return True
    version = term.version_of(plan, terms.on)
    return version is not None and version.version == terms.from_version


def asked(terms: MigrationTerms, subscription: Subscription) -> ChangePlan:
    """What a migration asks of a subscription."""
    return ChangePlan(
        subscription_id=subscription.subscription_id,
        account_id=subscription.account_id,
        effective_on=max(terms.on, subscription.start),
        plan_id=terms.to_plan,
        plan_version=terms.to_version,
    )


def _schedule(command: ScheduleMigration, view: View, context: Context) -> list[Event]:
    if view.get(PlanMigration, command.migration_id) is not None:
        detail = f"there is a migration {command.migration_id}; choose another id"
        raise Rejection("migration_exists", detail, pointer="/id", status=409)
    terms = command.terms
    source, target = _plan(terms.from_plan, view, "/from_plan_id"), _plan(terms.to_plan, view, "/to_plan_id")
    if source.currency != target.currency:
        detail = f"{source.plan_id} is in {source.currency}, {target.plan_id} in {target.currency}"
        raise Rejection("currency_mismatch", detail, pointer="/to_plan_id")
    _check_version(source, terms.from_version, "/from_version")
    _check_version(target, terms.to_version, "/to_version")
    if (terms.from_plan, terms.from_version) == (terms.to_plan, terms.to_version):
        raise Rejection("nothing_changes", "they would move to what they have", pointer="/to_version")
    if terms.to_version is None and target.version_in_force(terms.on) is None:
        detail = (
            f"no published version of {target.plan_id} is in force on {terms.on}; publish one or choose a later day"
        )
        raise Rejection("no_version_in_force", detail, pointer="/on")
    if source.plan_id != target.plan_id and not target.sold_on(terms.on):
        detail = f"{target.plan_id} is not sold from {target.retired_on} on; choose another plan"
        raise Rejection("plan_retired", detail, pointer="/to_plan_id")
    today = context.now.date()
    if terms.on < today:
        raise Rejection("backdated", f"{terms.on} is past; give {today} or later", pointer="/on")
    return [
        MigrationScheduled(
            migration_id=command.migration_id,
            terms=terms,
            partitions=context.partitions,
            account_ids=command.account_ids,
        )
    ]


def _cancel(command: CancelMigration, view: View, context: Context) -> list[Event]:
    known = view.get(PlanMigration, command.migration_id)
    if known is None:
        raise absent("migration", command.migration_id)
    if known.cancelled:
        return []
    if known.terms.on <= (context.now + EARLIEST_ZONE).date():
        detail = f"its day, {known.terms.on}, has begun; migrate back from a day to come"
        raise Rejection("already_effective", detail, status=409)
    return [
        MigrationCancelled(
            migration_id=known.migration_id,
            terms=known.terms,
            partitions=context.partitions,
            account_ids=None if known.account_ids is None else list(known.account_ids),
        )
    ]


def _walk(command: WalkMigration, view: View, context: Context, change: Change) -> list[Event]:
    """The changes of this page, and last what the page came to."""
    if not command.undo and view.get(CancelledHere, command.migration_id) is not None:
        return [_walked(command, context, [], last=True)]
    ids, last = _page(command, view)
    # All states are asked for before any work is done: a function that meets a missing one is run again.
    held = view.get_many(Subscription, ids)
    view.get_many(Account, sorted({subscription.account_id for subscription in held.values()}))
    view.get_many(UsageSum, ids)
    plan = _plan(command.terms.from_plan, view, "/from_plan_id")
    _plan(command.terms.to_plan, view, "/to_plan_id")
    events: list[Event] = []
    found: list[Moved] = []
    for subscription_id in ids:
        ask = _asked(command, held.get(subscription_id), plan, context)
        if ask is not None:
            said, moved = _changed(command, ask, view, context, change)
            events += said
            found.append(moved)
    return [*events, _walked(command, context, found, last=last)]


def _page(command: WalkMigration, view: View) -> tuple[Sequence[str], bool]:
    """The subscriptions to visit, and whether there are none after them."""
    if command.account_ids is not None:
        accounts = view.get_many(Account, command.account_ids)
        return [one for account in accounts.values() for one in account.subscriptions], command.last
    return page_of(command.page, view)


def _asked(
    command: WalkMigration, subscription: Subscription | None, plan: Plan, context: Context
) -> ChangePlan | CancelChange | None:
    """What to ask of a subscription; `None` where the migration is not about it."""
    if subscription is None:
        return None
    identity = {"subscription_id": subscription.subscription_id, "account_id": subscription.account_id}
    if command.undo:
        mine = _context(context, command.migration_id, subscription.subscription_id).new_id("change")
        held = any(change.change_id == mine for change in subscription.changes)
        return CancelChange(**identity, change_id=mine) if held else None
    return asked(command.terms, subscription) if moves(command.terms, subscription, plan) else None


def _changed(
    command: WalkMigration, ask: ChangePlan | CancelChange, view: View, context: Context, change: Change
) -> tuple[Sequence[Event], Moved]:
    """The events of one change, or none where it is refused; and what the page says of it."""
    whose = {"subscription_id": ask.subscription_id, "account_id": ask.account_id}
    try:
        if view.get(Parking, ask.account_id) is not None:
            raise Rejection("account_parked", f"{ask.account_id} waits for an operator", status=503)
        events = change(ask, view, _context(context, command.migration_id, ask.subscription_id))
    except Rejection as refusal:
        return [], Moved(**whose, outcome="failed", code=refusal.code, detail=refusal.detail)
    return events, Moved(**whose, outcome="cancelled" if command.undo else "moved")


def _context(context: Context, migration_id: str, subscription_id: str) -> Context:
    """As if the change had been asked by a command of its own: ids that it makes are found again by a cancellation."""
    command_id = derive("migration", migration_id, subscription_id)
    return msgspec.structs.replace(context, command_id=command_id, expected_version=None)


def _walked(command: WalkMigration, context: Context, found: Sequence[Moved], *, last: bool) -> MigrationPageWalked:
    return MigrationPageWalked(
        migration_id=command.migration_id,
        terms=command.terms,
        partition=context.partition,
        page=command.page,
        last=last,
        undo=command.undo,
        named_accounts=command.account_ids is not None,
        found=list(found),
    )


def _plan(plan_id: str, view: View, pointer: str) -> Plan:
    plan = view.get(Plan, plan_id)
    if plan is None:
        raise absent("plan", plan_id, pointer=pointer)
    return plan


def _check_version(plan: Plan, number: int | None, pointer: str) -> None:
    if number is None:
        return
    if not 1 <= number <= plan.latest:
        raise absent("plan_version", f"{plan.plan_id}/{number}", pointer=pointer)
    if plan.versions[number - 1].effective_from is None:
        detail = f"version {number} of {plan.plan_id} is a draft; publish it first"
        raise Rejection("no_version_in_force", detail, pointer=pointer)

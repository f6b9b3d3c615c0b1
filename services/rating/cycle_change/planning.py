"""An account goes over to another cycle where one of its periods ends; the first period by the new one is odd (R10).

    monthly on the 1st, open until 1 October, to monthly on the 15th:
        short   [1 Oct, 15 Oct)   then [15 Oct, 15 Nov)
        long    [1 Oct, 15 Nov)   then [15 Nov, 15 Dec)

The account keeps its time zone: other services know it from the day the account was opened. What was charged stays
charged, and flat prices follow the new calendar from where they are charged to (recurring/calendar.py), as shares of
its full periods (R5).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, assert_never

import msgspec

from services.rating.account.messages import (
    AccountCycleChanged,
    ChangeAccountCycle,
    CycleChangeScheduled,
    Transition,
)
from services.rating.account.standing import check_pays_for_none
from services.rating.account.state import Account, NextCycle
from services.rating.billing_cycle.messages import CycleTerms
from services.rating.billing_cycle.state import BillingCycle
from services.rating.rated_usage.state import UsageSum
from services.rating.recurring.calendar import cycle_of
from services.rating.subscription.state import Subscription
from shared.kernel.calendar import local_date, next_period, period_containing
from shared.kernel.decider import Context, View
from shared.kernel.errors import Rejection, absent
from shared.kernel.period import Period

YEARS_AHEAD_MAX: Final = 10


def decide_cycle_change(
    command: ChangeAccountCycle, account: Account, view: View, context: Context
) -> list[CycleChangeScheduled | AccountCycleChanged]:
    context.check_version(account.version)
    cycle = view.get(BillingCycle, command.cycle_id)
    if cycle is None:
        raise absent("cycle", command.cycle_id, pointer="/cycle_id")
    _check_billed_alone(account, view)
    today = local_date(context.now, account.terms.time_zone)
    used_until = max(_days_of_usage(account, view), default=date.min)
    _check_change(account, today, used_until)
    version = account.version + 1
    if cycle.terms.cycle_id == account.terms.cycle_id:
        if account.next_cycle is None:
            detail = f"account {account.account_id} bills by {command.cycle_id} already"
            raise Rejection("cycle_unchanged", detail, pointer="/cycle_id", status=409)
        return [CycleChangeScheduled(account_id=account.account_id, version=version)]
    terms = _terms_for(account, cycle.terms, _first_day(account, view))
    if account.open_period is None:
        return [AccountCycleChanged(account_id=account.account_id, cycle=terms, version=version)]
    coming = _planned(
        account, terms, effective_on=command.effective_on, transition=command.transition, today=today, used=used_until
    )
    return [
        CycleChangeScheduled(
            account_id=account.account_id,
            version=version,
            cycle=terms,
            effective_on=coming.effective_on,
            transition=coming.transition,
        )
    ]


def account_after(command: ChangeAccountCycle, account: Account, view: View, context: Context) -> Account:
    """The account as the command would leave it, recording nothing. Raises what it would be refused with."""
    (event,) = decide_cycle_change(command, account, view, context)
    match event:
        case AccountCycleChanged():
            return msgspec.structs.replace(account, terms=event.cycle)
        case CycleChangeScheduled():
            return msgspec.structs.replace(account, next_cycle=NextCycle.of(event))
        case _:
            assert_never(event)


def _planned(
    account: Account,
    terms: CycleTerms,
    *,
    effective_on: date | None,
    transition: Transition,
    today: date,
    used: date = date.min,
) -> NextCycle:
    """Where the account goes over: the first end of a period of its own that is not before `effective_on`.

    Never within a period that has begun, by the calendar or by usage (`used`, where the latest period with usage
    begins): its sums belong to the period as it is. Raises `out_of_bounds`.
    """
    account = msgspec.structs.replace(account, next_cycle=None)
    earliest = next(end for end in _ends(account) if end > today and end >= used)
    latest = today + timedelta(days=366 * YEARS_AHEAD_MAX)
    wanted = earliest if effective_on is None else effective_on
    if not earliest <= wanted <= latest:
        detail = f"{wanted} is not between {earliest}, the end of the period that has begun, and {latest}"
        raise Rejection("out_of_bounds", f"{detail}; choose a day in between, or none", pointer="/effective_on")
    on = next(end for end in _ends(account) if end >= wanted)
    return NextCycle(terms=terms, effective_on=on, transition=transition_period(terms, on, transition))


def transition_period(terms: CycleTerms, on: date, transition: Transition) -> Period:
    """The first period by the new terms, from `on`. A whole one where one begins that day, whatever was asked for."""
    whole = period_containing(cycle_of(terms), on)
    if whole.start == on or transition == "short":
        return Period(on, whole.end)
    return Period(on, next_period(cycle_of(terms), whole).end)


def _ends(account: Account) -> Iterator[date]:
    """The ends of the account's open period and of those that follow."""
    return (period.end for period in account.open_periods())


def _days_of_usage(account: Account, view: View) -> Iterator[date]:
    """Where the periods begin that usage is waiting in."""
    for sums in view.get_many(UsageSum, account.subscriptions).values():
        yield from sums.periods


def _check_change(account: Account, today: date, used_until: date) -> None:
    """Refuse to move what usage may already have been put into, and the calendar of a closed account."""
    account.check_open()
    coming = account.next_cycle
    if coming is not None and (today >= coming.effective_on or used_until > coming.effective_on):
        raise Rejection(
            "cycle_change_begun",
            f"account {account.account_id} goes over to {coming.terms.cycle_id} with {coming.effective_on}, which has "
            "begun; change it again once the period before is closed",
            status=409,
        )


def _check_billed_alone(account: Account, view: View) -> None:
    """Accounts of one invoice have one calendar. Raises `billed_by_another` and `pays_for_others`."""
    if account.billed_by is not None:
        detail = f"{account.account_id} is billed by {account.billed_by} and has its cycle; let it pay for itself first"
        raise Rejection("billed_by_another", detail, status=409)
    check_pays_for_none(account.account_id, view)


def _terms_for(account: Account, terms: CycleTerms, first_day: date | None) -> CycleTerms:
    """The cycle's terms as the account's own: in its time zone, an anniversary on its first subscription's day."""
    terms = msgspec.structs.replace(terms, time_zone=account.terms.time_zone)
    return terms if first_day is None else terms.anchored_at(first_day)


def _first_day(account: Account, view: View) -> date | None:
    """The first day of its first subscription."""
    subscriptions = view.get_many(Subscription, account.subscriptions).values()
    return min((subscription.start for subscription in subscriptions), default=None)

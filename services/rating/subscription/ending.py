"""The end of a subscription: with its add-ons, the fee of a contract that goes on, and the usage behind the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from services.rating.one_time_charge.messages import OneTimeChargeAdded, OneTimeChargeCancelled
from services.rating.one_time_charge.state import PendingCharges
from services.rating.period.messages import EARLY_TERMINATION
from services.rating.plan.state import Plan
from services.rating.rated_usage.messages import UsageTakenBack
from services.rating.rated_usage.taking_back import usage_taken_back
from services.rating.subscription.changing import Changing
from services.rating.subscription.contract import leaving
from services.rating.subscription.messages import SubscriptionTerminated, TerminateSubscription
from services.rating.subscription.state import Subscription, Term
from shared.kernel.message import Event


def terminate(changing: Changing, command: TerminateSubscription) -> Iterator[Event]:
    """What was scheduled for that day and later is cancelled, an end of later too; its add-ons end with it.

    A change of a closed period stays on the timeline, where it means nothing behind the end: its plan was billed.
    """
    day, held = changing.end_of(command), changing.subscription
    opened = changing.account.open_period
    open_since = opened.start if opened else day
    if held.end_change is not None:
        yield from without_end(changing, held.end_change)
    for change in held.changes:
        if change.effective_on >= max(day, open_since) and change.kind != "trial_end":
            yield changing.cancelled(change.change_id)
    fee = _fee_for_leaving(changing, day)
    waived = command.waive_fee if fee is not None else None
    ended = SubscriptionTerminated(**changing.identity(day), reason=command.reason, fee_waived=waived)
    yield ended
    yield from _taken_back(changing, held, ended)
    if fee is not None and waived is None:
        yield fee
    yield from _terminate_add_ons(changing, day, command.reason)


def without_end(changing: Changing, change_id: str) -> Iterator[Event]:
    """A termination that does not happen, and its fee, unless that is billed."""
    account_id = changing.account.account_id
    yield changing.cancelled(change_id)
    pending = changing.view.get(PendingCharges, account_id)
    for charge in pending.charges if pending else ():
        if charge.change_id == change_id:
            yield OneTimeChargeCancelled(charge_id=charge.charge_id, account_id=account_id)


def _taken_back(changing: Changing, held: Subscription, ended: SubscriptionTerminated) -> Sequence[UsageTakenBack]:
    """Usage of days that turn out to have had no service; what was used on the day of a change stays."""
    if ended.effective_on >= changing.today:
        return ()
    return usage_taken_back(changing.account, held, ended.change_id, ended.effective_on, changing.view)


def _fee_for_leaving(changing: Changing, day: date) -> OneTimeChargeAdded | None:
    """What the contract asks for, on the last day of service; `None` where that is nothing."""
    held, account = changing.subscription, changing.account
    plans = {plan_id: plan for plan_id in held.plans() if (plan := changing.view.get(Plan, plan_id)) is not None}
    cost = leaving(account, held, plans, day)
    if cost is None or not cost.amount:
        return None
    first = account.open_period.start if account.open_period else day
    plan = plans[_last_term(changing, day).plan_id]
    return OneTimeChargeAdded(
        charge_id=changing.context.new_id("early_termination"),
        account_id=account.account_id,
        description=f"{plan.name}: early termination, {cost.formula}",
        amount=cost.amount,
        currency=account.currency,
        on=max(day - timedelta(days=1), first),
        item=EARLY_TERMINATION,
        subscription_id=held.subscription_id,
        change_id=changing.identity(day)["change_id"],
        includes_tax=_includes_tax(_last_term(changing, day), plan, day),
    )


def _includes_tax(term: Term, plan: Plan, day: date) -> bool:
    """Whether the prices that the fee is about include tax: those of the version on the last day of service."""
    version = term.version_of(plan, day - timedelta(days=1)) or plan.versions[0]
    return version.prices_include_tax


def _last_term(changing: Changing, day: date) -> Term:
    return changing.term(max(day - timedelta(days=1), changing.subscription.start))


def _terminate_add_ons(
    changing: Changing, day: date, reason: str | None
) -> Iterator[SubscriptionTerminated | UsageTakenBack]:
    for subscription_id in changing.account.subscriptions:
        add_on = changing.view.get(Subscription, subscription_id)
        if add_on is None or add_on.parent_id != changing.subscription.subscription_id:
            continue
        last = max(day, add_on.start)
        if add_on.end is None or last < add_on.end:
            ended = SubscriptionTerminated(
                subscription_id=subscription_id,
                account_id=add_on.account_id,
                change_id=changing.context.new_id("change", subscription_id),
                effective_on=last,
                reason=reason,
            )
            yield ended
            yield from _taken_back(changing, add_on, ended)

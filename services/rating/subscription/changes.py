"""What may change of a subscription, and from which day.

A change takes effect on `effective_on`, else today. No earlier than the subscription and the open period begin: what is
closed is billed. A plan that is dearer or costs the same begins at once, a cheaper one when the period is over (R11).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, assert_never

import msgspec

from services.rating.account.state import Account
from services.rating.one_time_charge.messages import OneTimeChargeAdded, OneTimeChargeCancelled
from services.rating.one_time_charge.state import PendingCharges
from services.rating.period.messages import EARLY_TERMINATION
from services.rating.plan.state import Plan, PlanVersion
from services.rating.pricing.engine.contract import ONE, ZERO
from services.rating.rated_usage.messages import UsageTakenBack
from services.rating.rated_usage.moving import moved_usage
from services.rating.rated_usage.taking_back import usage_taken_back
from services.rating.recurring.amounts import total
from services.rating.recurring.calendar import cycle_of
from services.rating.subscription.contract import leaving, resolved
from services.rating.subscription.messages import (
    CancelChange,
    ChangeCancelled,
    ChangeOfSubscription,
    ChangePlan,
    ChangeQuantity,
    PauseSubscription,
    PlanChanged,
    QuantityChanged,
    ResumeSubscription,
    SubscriptionPaused,
    SubscriptionResumed,
    SubscriptionSuspended,
    SubscriptionTerminated,
    SuspendSubscription,
    TerminateSubscription,
)
from services.rating.subscription.state import Change, Subscription, Term
from services.rating.subscription.timeline import change_of, moot, terms_of, with_change
from shared.kernel.calendar import EveryDays, Frequency, local_date, period_containing
from shared.kernel.decider import Context, View
from shared.kernel.decimals import exact
from shared.kernel.errors import Rejection, absent, unknown_aggregate
from shared.kernel.message import Event

CHANGES_MAX: Final = 500
YEARS_AHEAD_MAX: Final = 10
QUANTITY_MAX: Final = 1_000_000

_DAYS_OF: Final[dict[str, int]] = {"month": 30, "quarter": 90, "year": 360}

ChangeCommand = (
    ChangePlan
    | ChangeQuantity
    | SuspendSubscription
    | PauseSubscription
    | ResumeSubscription
    | TerminateSubscription
    | CancelChange
)


def decide_change(command: ChangeCommand, view: View, context: Context) -> Sequence[Event]:
    account = view.get(Account, command.account_id)
    subscription = view.get(Subscription, command.subscription_id)
    if account is None or subscription is None or subscription.account_id != command.account_id:
        raise unknown_aggregate("subscription", command.subscription_id)
    context.check_version(subscription.version)
    change = _Change(account, subscription, view, context)
    match command:
        case ChangePlan():
            return [*change.plan(command)]
        case ChangeQuantity():
            return [change.quantity(command)]
        case SuspendSubscription() | PauseSubscription():
            return [*change.rest(command)]
        case ResumeSubscription():
            return [*change.resume(command)]
        case TerminateSubscription():
            return [*change.terminate(command)]
        case CancelChange():
            return [*change.cancel(command)]
        case _:
            assert_never(command)


class _Change:
    """A subscription that is asked to change, with the circumstances."""

    def __init__(self, account: Account, subscription: Subscription, view: View, context: Context) -> None:
        self._account = account
        self._subscription = subscription
        self._view = view
        self._context = context
        self._today = local_date(context.now, account.terms.time_zone)

    def plan(self, command: ChangePlan) -> Iterator[Event]:
        """Usage that days before today have already is moved to the plan that they have now."""
        plan = self._view.get(Plan, command.plan_id)
        if plan is None:
            raise absent("plan", command.plan_id, pointer="/plan_id")
        day = self._day(command, self._day_of_plan(command, plan) if command.effective_on is None else None)
        check_plan(plan, command.plan_id, command.plan_version, day, self._account)
        before = self._term(day)
        same_plan = before.plan_id == plan.plan_id
        if not same_plan:
            check_sold(plan, day)
        if not same_plan or before.version_of(plan, day) != _version(plan, command.plan_version, day):
            check_version_sold(plan, command.plan_version, day)
        quantity = before.quantity if command.quantity is None else _checked(command.quantity)
        if (before.plan_id, before.plan_version, before.quantity) == (plan.plan_id, command.plan_version, quantity):
            raise Rejection("nothing_changes", f"that is what it has on {day}", pointer="/plan_id", status=409)
        changed = PlanChanged(
            **self._identity(day),
            plan_id=plan.plan_id,
            plan_before=before.plan_id,
            plan_version=command.plan_version,
            quantity=command.quantity,
            term=None if command.term is None else resolved(command.term, day),
        )
        yield changed
        if day < self._today:
            yield from moved_usage(self._account, self._after(changed), changed.change_id, day, self._view)

    def _after(self, changed: PlanChanged) -> Subscription:
        held = self._subscription
        changes = with_change(held.changes, change_of(changed))
        return msgspec.structs.replace(held, changes=changes, terms=terms_of(held.first, changes))

    def quantity(self, command: ChangeQuantity) -> QuantityChanged:
        day = self._day(command)
        before, quantity = self._term(day), _checked(command.quantity)
        if before.quantity == quantity:
            raise Rejection("nothing_changes", f"it has {quantity} on {day}", pointer="/quantity", status=409)
        return QuantityChanged(**self._identity(day), quantity=quantity, quantity_before=before.quantity)

    def rest(self, command: SuspendSubscription | PauseSubscription) -> Iterator[Event]:
        day = self._day(command)
        term = self._term(day)
        if term.status != "active":
            detail = f"it is {term.status} on {day}, since {term.start}; resume it first"
            raise Rejection("not_active", detail, pointer="/effective_on", status=409)
        _check_fee(command)
        told: dict[str, Any] = {"fee": command.fee, "reason": command.reason}
        if isinstance(command, SuspendSubscription):
            if (command.access == "throttled") != (command.profile is not None):
                raise Rejection("invalid", "a profile goes with access throttled", pointer="/profile")
            told |= {"access": command.access, "profile": command.profile}
            yield SubscriptionSuspended(**self._identity(day), billing=command.billing, **told)
        else:
            yield SubscriptionPaused(**self._identity(day), billing=command.billing, **told)
        if command.until is not None:
            self._check_until(command.until, day)
            yield SubscriptionResumed(**self._identity(command.until, "until"))

    def resume(self, command: ResumeSubscription) -> Iterator[Event]:
        """Another resumption that was scheduled for later is not needed any more."""
        day = self._day(command)
        if self._term(day).status == "active":
            raise Rejection("not_suspended", f"it is active on {day}", pointer="/effective_on", status=409)
        resumed = SubscriptionResumed(**self._identity(day), reason=command.reason)
        yield resumed
        yield from self._without_moot(with_change(self._subscription.changes, change_of(resumed)))

    def terminate(self, command: TerminateSubscription) -> Iterator[Event]:
        """What was scheduled for that day and later is cancelled, an end of later too; its add-ons end with it."""
        day, held = self._day(command), self._subscription
        if held.end_change is not None:
            yield from self._without_end(held.end_change)
        for change in held.changes:
            if change.effective_on >= day and change.kind != "trial_end":
                yield self._cancelled(change.change_id)
        fee = self._fee_for_leaving(day)
        waived = command.waive_fee if fee is not None else None
        ended = SubscriptionTerminated(**self._identity(day), reason=command.reason, fee_waived=waived)
        yield ended
        yield from self._taken_back(ended)
        if fee is not None and waived is None:
            yield fee
        yield from self._terminate_add_ons(day, command.reason)

    def _taken_back(self, ended: SubscriptionTerminated) -> Sequence[UsageTakenBack]:
        """Usage of days that turn out to have had no service; what was used on the day of a change stays."""
        if ended.effective_on >= self._today:
            return ()
        which = (ended.subscription_id, ended.change_id, ended.effective_on)
        return usage_taken_back(self._account, *which, self._view)

    def _fee_for_leaving(self, day: date) -> OneTimeChargeAdded | None:
        """What the contract asks for, on the last day of service; `None` where that is nothing."""
        held, account = self._subscription, self._account
        plans = {plan_id: plan for plan_id in held.plans() if (plan := self._view.get(Plan, plan_id)) is not None}
        cost = leaving(account, held, plans, day)
        if cost is None or not cost.amount:
            return None
        first = account.open_period.start if account.open_period else day
        plan = plans[self._last_term(day).plan_id]
        return OneTimeChargeAdded(
            charge_id=self._context.new_id("early_termination"),
            account_id=account.account_id,
            description=f"{plan.name}: early termination, {cost.formula}",
            amount=cost.amount,
            currency=account.currency,
            on=max(day - timedelta(days=1), first),
            item=EARLY_TERMINATION,
            subscription_id=held.subscription_id,
            change_id=self._identity(day)["change_id"],
        )

    def _last_term(self, day: date) -> Term:
        return self._term(max(day - timedelta(days=1), self._subscription.start))

    def _without_end(self, change_id: str) -> Iterator[Event]:
        """A termination that does not happen, and its fee, unless that is billed."""
        yield self._cancelled(change_id)
        pending = self._view.get(PendingCharges, self._account.account_id)
        for charge in pending.charges if pending else ():
            if charge.change_id == change_id:
                yield OneTimeChargeCancelled(charge_id=charge.charge_id, account_id=self._account.account_id)

    def _terminate_add_ons(self, day: date, reason: str | None) -> Iterator[SubscriptionTerminated | UsageTakenBack]:
        for subscription_id in self._account.subscriptions:
            add_on = self._view.get(Subscription, subscription_id)
            if add_on is None or add_on.parent_id != self._subscription.subscription_id:
                continue
            last = max(day, add_on.start)
            if add_on.end is None or last < add_on.end:
                ended = SubscriptionTerminated(
                    subscription_id=subscription_id,
                    account_id=add_on.account_id,
                    change_id=self._context.new_id("change", subscription_id),
                    effective_on=last,
                    reason=reason,
                )
                yield ended
                yield from self._taken_back(ended)

    def cancel(self, command: CancelChange) -> Iterator[Event]:
        """The resumption that a cancelled suspension was to end with is cancelled too."""
        held = self._subscription
        days = {change.change_id: change.effective_on for change in held.changes if change.kind != "trial_end"}
        if held.end_change is not None and held.end is not None:
            days[held.end_change] = held.end
        day = days.get(command.change_id)
        if day is None:
            raise unknown_aggregate("change", command.change_id)
        if day <= self._today:
            detail = f"it took effect on {day}; make the opposite change from today on"
            raise Rejection("already_effective", detail, status=409)
        if command.change_id == held.end_change:
            yield from self._without_end(command.change_id)
            return
        yield self._cancelled(command.change_id)
        yield from self._without_moot([change for change in held.changes if change.change_id != command.change_id])

    def _without_moot(self, changes: Sequence[Change]) -> Iterator[ChangeCancelled]:
        for change in moot(self._subscription.first, changes):
            yield self._cancelled(change.change_id)

    def _cancelled(self, change_id: str) -> ChangeCancelled:
        held = self._subscription
        return ChangeCancelled(subscription_id=held.subscription_id, account_id=held.account_id, change_id=change_id)

    # -- days --------------------------------------------------------------------------------------------------------

    def _day(self, command: ChangeOfSubscription, default: date | None = None) -> date:
        """The first day of the change. Refused outside the days of the subscription that are not closed."""
        held, open_period = self._subscription, self._account.open_period
        day = command.effective_on or default or max(self._today, held.start)
        if day < held.start:
            detail = f"the subscription starts on {held.start}, which is the earliest day"
            raise Rejection("out_of_bounds", detail, pointer="/effective_on")
        if open_period is not None and day < open_period.start:
            detail = f"{day} lies in a period that is closed; the earliest day is {open_period.start}. "
            detail += "What was charged before is corrected by POST /v1/reratings or a one-time charge"
            raise Rejection("period_closed", detail, pointer="/effective_on")
        if held.end is not None and day >= held.end:
            detail = f"the subscription ends on {held.end}; a change takes effect before that day"
            raise Rejection("subscription_ended", detail, pointer="/effective_on", status=409)
        if day > self._latest:
            raise Rejection("out_of_bounds", f"{day} is after {self._latest}, the latest day", pointer="/effective_on")
        if len(held.changes) >= CHANGES_MAX:
            detail = f"it has {CHANGES_MAX} changes, which is the most; terminate it and start another"
            raise Rejection("too_many_changes", detail, status=409)
        return day

    @property
    def _latest(self) -> date:
        return self._today + timedelta(days=366 * YEARS_AHEAD_MAX)

    def _day_of_plan(self, command: ChangePlan, plan: Plan) -> date:
        """When a change of plan takes effect that names no day (R11)."""
        day = max(self._today, self._subscription.start)
        term = self._subscription.terms_on(day)
        before = self._view.get(Plan, term.plan_id) if term else None
        if term is None or before is None:
            return day
        quantity = term.quantity if command.quantity is None else command.quantity
        price_before = self._price_of_a_year(term.version_of(before, day), term.quantity)
        price_after = self._price_of_a_year(_version(plan, command.plan_version, day), quantity)
        return day if price_after >= price_before else period_containing(cycle_of(self._account.terms), day).end

    def _price_of_a_year(self, version: PlanVersion | None, quantity: int) -> Decimal:
        """What recurring prices come to in 360 days: for comparing plans, not for billing."""
        prices = [price for price in version.prices if price.recurring and not price.once] if version else []
        intervals = [price.recurring_terms.interval or self._account.terms.frequency for price in prices]
        with exact():
            of_one = [
                total(price.steps(ONE)) * 360 / _days(every) for price, every in zip(prices, intervals, strict=True)
            ]
            return sum(of_one, ZERO) * quantity

    def _check_until(self, until: date, day: date) -> None:
        if not day < until <= self._latest:
            detail = f"the end {until} is not after the beginning {day}, or is after {self._latest}"
            raise Rejection("invalid_period", detail, pointer="/until")
        if self._subscription.end is not None and until >= self._subscription.end:
            detail = f"the subscription ends on {self._subscription.end}; leave until out"
            raise Rejection("subscription_ended", detail, pointer="/until", status=409)

    def _term(self, day: date) -> Term:
        """What holds on the day, with what else is recorded for it. `_day` has seen to it that there is something."""
        return self._subscription.terms_on(day) or self._subscription.first

    def _identity(self, day: date, *parts: str) -> dict[str, Any]:
        held = self._subscription
        return {
            "subscription_id": held.subscription_id,
            "account_id": held.account_id,
            "change_id": self._context.new_id("change", *parts),
            "effective_on": day,
        }


def check_plan(plan: Plan | None, plan_id: str, version: int | None, day: date, account: Account) -> None:
    """Refuse a plan that the account can't have from that day on."""
    if plan is None:
        raise absent("plan", plan_id, pointer="/plan_id")
    if plan.currency != account.currency:
        raise Rejection(
            "currency_mismatch",
            f"plan {plan.plan_id} is in {plan.currency}, account {account.account_id} in {account.currency}",
            pointer="/plan_id",
        )
    if version is not None and not 1 <= version <= plan.latest:
        raise absent("plan_version", f"{plan_id}/{version}", pointer="/plan_version")
    if version is not None and plan.versions[version - 1].effective_from is None:
        detail = f"version {version} of {plan_id} is a draft; publish it first"
        raise Rejection("no_version_in_force", detail, pointer="/plan_version")
    if version is None and plan.version_in_force(day) is None:
        detail = f"no published version of {plan_id} is in force on {day}; publish one or start later"
        raise Rejection("no_version_in_force", detail, pointer="/plan_id")


def check_sold(plan: Plan | None, day: date) -> None:
    """Refuse a plan that is retired by then to somebody who does not have it."""
    if plan is not None and not plan.sold_on(day):
        detail = f"{plan.plan_id} is not sold from {plan.retired_on} on; choose another plan, or an earlier day"
        raise Rejection("plan_retired", detail, pointer="/plan_id")


def check_version_sold(plan: Plan | None, version: int | None, day: date) -> None:
    """Refuse a version that is retired by then to somebody who does not have it."""
    taken = _version(plan, version, day) if plan else None
    if plan is not None and taken is not None and not taken.sold_on(day):
        pointer = "/plan_id" if version is None else "/plan_version"
        detail = f"version {taken.version} of {plan.plan_id} is not sold from {taken.retired_on} on"
        raise Rejection("plan_version_retired", f"{detail}; publish another, or choose another plan", pointer=pointer)


def _checked(quantity: int) -> int:
    if not 1 <= quantity <= QUANTITY_MAX:
        detail = f"a quantity is 1 to {QUANTITY_MAX}; to end the subscription, terminate it"
        raise Rejection("invalid", detail, pointer="/quantity")
    return quantity


def _check_fee(command: SuspendSubscription | PauseSubscription) -> None:
    if (command.billing == "fee") != (command.fee is not None):
        raise Rejection("invalid", "a fee goes with billing fee, and with no other", pointer="/fee")
    if command.fee is not None and command.fee < 0:
        raise Rejection("invalid", f"a fee is zero or more, not {command.fee}", pointer="/fee")


def _version(plan: Plan, version: int | None, day: date) -> PlanVersion | None:
    if version is None:
        return plan.version_in_force(day)
    return plan.versions[version - 1] if 1 <= version <= plan.latest else None


def _days(interval: Frequency) -> int:
    return interval.days if isinstance(interval, EveryDays) else _DAYS_OF[interval]

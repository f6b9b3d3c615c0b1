"""Another plan, or another quantity of the same.

A plan that is dearer or costs the same begins at once, a cheaper one when the period is over (R11). Usage that days
before today have already is moved to the plan that they have now (rated_usage/moving.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

import msgspec

from services.rating.plan.state import Plan, PlanVersion
from services.rating.pricing.engine.contract import ONE, ZERO
from services.rating.rated_usage.moving import moved_usage
from services.rating.recurring.amounts import total
from services.rating.recurring.calendar import cycle_of
from services.rating.subscription.changing import Changing, checked_quantity
from services.rating.subscription.contract import resolved
from services.rating.subscription.messages import ChangePlan, ChangeQuantity, PlanChanged, QuantityChanged
from services.rating.subscription.sold import check_plan, check_sold, check_version_sold, version_taken
from services.rating.subscription.state import Subscription, Term
from services.rating.subscription.timeline import change_of, terms_of, with_change
from shared.kernel.calendar import EveryDays, Frequency, period_containing
from shared.kernel.decimals import exact
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event

_DAYS_OF: Final[dict[str, int]] = {"month": 30, "quarter": 90, "year": 360}


def change_plan(changing: Changing, command: ChangePlan) -> Iterator[Event]:
    """The change, and the usage that moves with it."""
    plan = changing.view.get(Plan, command.plan_id)
    if plan is None:
        raise absent("plan", command.plan_id, pointer="/plan_id")
    day = changing.day(command, _day_of_plan(changing, command, plan) if command.effective_on is None else None)
    before = changing.term(day)
    _check(changing, command, plan, before, day)
    changed = PlanChanged(
        **changing.identity(day),
        plan_id=plan.plan_id,
        plan_before=before.plan_id,
        plan_version=command.plan_version,
        quantity=command.quantity,
        term=None if command.term is None else resolved(command.term, day),
    )
    yield changed
    if day < changing.today:
        after = _after(changing.subscription, changed)
        yield from moved_usage(changing.account, after, changed.change_id, day, changing.view)


def _check(changing: Changing, command: ChangePlan, plan: Plan, before: Term, day: date) -> None:
    check_plan(plan, command.plan_id, command.plan_version, day, changing.account)
    same_plan = before.plan_id == plan.plan_id
    if not same_plan:
        check_sold(plan, day)
    if not same_plan or before.version_of(plan, day) != version_taken(plan, command.plan_version, day):
        check_version_sold(plan, command.plan_version, day)
    quantity = before.quantity if command.quantity is None else checked_quantity(command.quantity)
    if (before.plan_id, before.plan_version, before.quantity) == (plan.plan_id, command.plan_version, quantity):
        raise Rejection("nothing_changes", f"that is what it has on {day}", pointer="/plan_id", status=409)


def _after(held: Subscription, changed: PlanChanged) -> Subscription:
    changes = with_change(held.changes, change_of(changed))
    return msgspec.structs.replace(held, changes=changes, terms=terms_of(held.first, changes))


def change_quantity(changing: Changing, command: ChangeQuantity) -> QuantityChanged:
    day = changing.day(command)
    before, quantity = changing.term(day), checked_quantity(command.quantity)
    if before.quantity == quantity:
        raise Rejection("nothing_changes", f"it has {quantity} on {day}", pointer="/quantity", status=409)
    return QuantityChanged(**changing.identity(day), quantity=quantity, quantity_before=before.quantity)


def _day_of_plan(changing: Changing, command: ChangePlan, plan: Plan) -> date:
    """When a change of plan takes effect that names no day (R11)."""
    day = max(changing.today, changing.subscription.start)
    term = changing.subscription.terms_on(day)
    before = changing.view.get(Plan, term.plan_id) if term else None
    if term is None or before is None:
        return day
    own = changing.account.terms.frequency
    quantity = term.quantity if command.quantity is None else command.quantity
    price_before = _price_of_a_year(term.version_of(before, day), term.quantity, own)
    price_after = _price_of_a_year(version_taken(plan, command.plan_version, day), quantity, own)
    return day if price_after >= price_before else period_containing(cycle_of(changing.account.terms), day).end


def _price_of_a_year(version: PlanVersion | None, quantity: int, own: Frequency) -> Decimal:
    """What recurring prices come to in 360 days: for comparing plans, not for billing. `own`: how often it bills."""
    prices = [price for price in version.prices if price.recurring and not price.once] if version else []
    intervals = [price.recurring_terms.interval or own for price in prices]
    with exact():
        of_one = [total(price.steps(ONE)) * 360 / _days(every) for price, every in zip(prices, intervals, strict=True)]
        return sum(of_one, ZERO) * quantity


def _days(interval: Frequency) -> int:
    return interval.days if isinstance(interval, EveryDays) else _DAYS_OF[interval]

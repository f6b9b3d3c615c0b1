"""Closing a period: it freezes, each line becomes a charge, the next period opens.

All of it is one decision. `PeriodClosing` says how many charges follow and what they add up to, so that invoicing can
tell a complete draft from a torn one; usage for the period is late from that event on.
"""

from __future__ import annotations

from decimal import Decimal

import msgspec

from services.rating.calendar import cycle_of
from services.rating.commands import ClosePeriod
from services.rating.domain.accounts import with_timer
from services.rating.domain.charging import Charge, charged_key, charges_of, meter_of
from services.rating.domain.state import Account, Meter, Plan, Subscription, UsageSum
from services.rating.events import ChargeFixed, ChargeStep, PeriodClosed, PeriodClosing
from services.rating.pricing import step_body
from services.rating.pricing.engine.lines import CREDIT, USAGE, fraction_text
from shared.kernel.calendar import next_period
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.decimals import exact, format_decimal
from shared.kernel.errors import NeverBegan, Rejection
from shared.kernel.ids import derive
from shared.kernel.outcome import Parking
from shared.kernel.period import Period


def close_period(
    command: ClosePeriod, view: View, context: Context
) -> list[PeriodClosing | ChargeFixed | PeriodClosed]:
    """The charges of the open period. Nothing for a timer that is not the open one: a rerun creates nothing (R12)."""
    account = view.get(Account, command.account_id)
    if account is None or account.open_period != command.period or account.close_due != command.due_at:
        return []
    _check_nothing_parked(view, context)
    charges = [charge for subscription in account.subscriptions for charge in _due(account, subscription, view)]
    fixed = [_fixed(charge, n, account, command.period, view) for n, charge in enumerate(charges, start=1)]
    with exact():
        total = sum((charge.amount for charge in fixed), Decimal(0))
    closing = PeriodClosing(
        account_id=account.account_id,
        period=command.period,
        lines=len(fixed),
        sum=total,
        currency=account.currency,
        watermark=context.now,
    )
    closed = PeriodClosed(
        account_id=account.account_id,
        period=command.period,
        lines=len(fixed),
        sum=total,
        currency=account.currency,
        next_period=next_period(cycle_of(account.terms), command.period),
    )
    return [closing, *fixed, closed]


def charge_fixed(event: ChargeFixed, view: View) -> list[State]:
    """A flat price is charged through the end of its line; a credit takes that back to where the credit begins."""
    if event.meter is not None:
        return []
    subscription = view.get(Subscription, event.subscription_id)
    if subscription is None:
        raise NeverBegan(f"charge {event.charge_id} is for {event.subscription_id}, which never started")
    key = charged_key(event.plan_version, event.price_index)
    through = event.period.start if event.kind == CREDIT else event.period.end
    if event.kind != CREDIT:
        through = max(through, subscription.charged_through.get(key, through))
    return [msgspec.structs.replace(subscription, charged_through={**subscription.charged_through, key: through})]


def period_closed(event: PeriodClosed, view: View) -> list[State | Gone]:
    """The next period is open, and the sums of this one have become charges."""
    account = view.get(Account, event.account_id)
    if account is None:
        raise NeverBegan(f"a period of {event.account_id} was closed, which was never opened")
    account = msgspec.structs.replace(account, open_period=event.next_period, any_closed=True)
    changes: list[State | Gone] = [*with_timer(account, before=event.period)]
    for subscription_id in account.subscriptions:
        sums = view.get(UsageSum, subscription_id)
        if sums is None or event.period.start not in sums.periods:
            continue
        left = {start: tallies for start, tallies in sums.periods.items() if start != event.period.start}
        changes.append(
            UsageSum(subscription_id=subscription_id, periods=left) if left else Gone(UsageSum, subscription_id)
        )
    return changes


def _check_nothing_parked(view: View, context: Context) -> None:
    """Refuse, for the timer to ask again, while a message of a usage partition waits for an operator.

    It may hold records of this account, which a close without them would make late.
    """
    for source in range(context.partitions):
        parked = view.get(Parking, f"usage/{source}")
        if parked is not None and parked.count > 0:
            raise Rejection("account_parked", f"guided usage of partition {source} waits for an operator", status=503)


def _due(account: Account, subscription_id: str, view: View) -> list[Charge]:
    subscription = view.get(Subscription, subscription_id)
    if subscription is None or account.open_period is None:
        raise NeverBegan(f"account {account.account_id} names {subscription_id}, which never started")
    plan = view.get(Plan, subscription.plan_id)
    if plan is None:
        raise NeverBegan(f"subscription {subscription_id} is on {subscription.plan_id}, which does not exist")
    period = account.open_period
    return charges_of(
        account,
        subscription,
        plan,
        view.get(UsageSum, subscription_id),
        periods=[period],
        target=period.end,
    )


def _fixed(charge: Charge, n: int, account: Account, billing_period: Period, view: View) -> ChargeFixed:
    line = charge.line
    meter = meter_of(line, lambda meter_id: view.get(Meter, meter_id))
    return ChargeFixed(
        charge_id=derive("charge", account.account_id, billing_period.start.isoformat(), n),
        account_id=account.account_id,
        billing_period=billing_period,
        n=n,
        kind=line.kind,
        subscription_id=charge.subscription_id,
        plan_id=charge.plan.plan_id,
        plan_version=charge.plan_version,
        price_index=charge.price_index,
        description=charge.description(meter),
        period=charge.period,
        amount=line.amount,
        unrounded=line.unrounded,
        currency=account.currency,
        meter=line.meter,
        unit=meter.unit if meter else None,
        quantity=None if line.quantity is None else Decimal(format_decimal(line.quantity)),
        records=charge.records,
        covered_records=charge.covered_records,
        fraction=None if line.kind == USAGE else fraction_text(line.fraction),
        steps=[ChargeStep(**step_body(step, account.currency)) for step in line.steps],
    )

"""Top-ups, and what a subscription has of buckets after each close.

A top-up is a bucket that is bought beside the plan's: there from the open period on, and charged once if it has a
price, as any one-time charge. Until it expires, is used up or cancelled it pays for usage of its meter, in the order of
R18.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import assert_never

import msgspec

from services.rating.account.state import Account
from services.rating.allowance.cancelling import cancellation
from services.rating.allowance.messages import (
    FAIR_USE,
    AddTopUp,
    Allowance,
    AllowancesSettled,
    BandwidthProfileAsked,
    Bucket,
    CancelTopUp,
    TopUpAdded,
    TopUpCancelled,
    top_up_exists,
)
from services.rating.allowance.state import BUCKETS_MAX, AllowanceBalance
from services.rating.buckets.fair_use import profiles_asked, shares, watched
from services.rating.buckets.granting import LineOfAccount, summed_meters
from services.rating.buckets.settling import settled
from services.rating.meter.state import BUILT_IN, Meter
from services.rating.one_time_charge.messages import OneTimeChargeAdded, OneTimeChargeCancelled
from services.rating.period.messages import TOP_UP
from services.rating.plan.state import PlanVersion
from services.rating.subscription.state import Subscription
from shared.kernel.calendar import local_date
from shared.kernel.currency import minor_units
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, unknown_aggregate
from shared.kernel.rounding import HALF_UP, round_amount
from shared.kernel.units import for_people

AllowanceCommand = AddTopUp | CancelTopUp
AllowanceEvent = TopUpAdded | TopUpCancelled | AllowancesSettled | BandwidthProfileAsked
Decided = TopUpAdded | TopUpCancelled | OneTimeChargeAdded | OneTimeChargeCancelled | BandwidthProfileAsked


def decide_allowance(command: AllowanceCommand, view: View, context: Context) -> Sequence[Decided]:
    account, subscription = view.get(Account, command.account_id), view.get(Subscription, command.subscription_id)
    if account is None or subscription is None or subscription.account_id != command.account_id:
        raise unknown_aggregate("subscription", command.subscription_id)
    today = local_date(context.now, account.terms.time_zone)
    match command:
        case AddTopUp():
            return _add(command, account, view, context, today)
        case CancelTopUp():
            return _cancel(command, account, view, context, today)
        case _:
            assert_never(command)


def _add(command: AddTopUp, account: Account, view: View, context: Context, today: date) -> Sequence[Decided]:
    account.check_open()
    (line,) = watched(view, account, [command.subscription_id])
    held = line.balance.held
    if any(bucket.bucket_id == command.top_up_id for bucket in held):
        raise top_up_exists(command.top_up_id)
    if len(held) >= BUCKETS_MAX:
        raise Rejection("too_many_buckets", f"{BUCKETS_MAX} buckets are held, which is the most", status=409)
    version = _version(account, line)
    topped = _topped(command, version)
    meter = topped.meter if topped else command.meter or ""
    _check(command, meter, account, version, today)
    charge = _charge(command, meter, account, version, view, context, today)
    bucket = Bucket(
        bucket_id=command.top_up_id,
        meter=meter,
        source="top_up",
        granted=command.quantity,
        left=command.quantity,
        priority=command.priority if command.priority is not None else topped.priority if topped else 0,
        expires_on=command.expires_on,
        charge_id=charge.charge_id if charge else None,
        price=charge.amount if charge else None,
        tax_class=charge.tax_class if charge else None,
        includes_tax=charge is not None and charge.includes_tax,
    )
    added = TopUpAdded(
        subscription_id=line.id,
        account_id=account.account_id,
        bucket=bucket,
        currency=charge.currency if charge else None,
    )
    line = replace(line, balance=_with(line.balance, bucket))
    return [added, *([charge] if charge else []), *_profiles(account, line, view, today)]


def _cancel(command: CancelTopUp, account: Account, view: View, context: Context, today: date) -> Sequence[Decided]:
    cancelled, *money = cancellation(command, account, view, context, today)
    (line,) = watched(view, account, [command.subscription_id])
    line = replace(line, balance=_without(line.balance, cancelled))
    return [cancelled, *money, *_profiles(account, line, view, today)]


def _profiles(account: Account, line: LineOfAccount, view: View, today: date) -> list[BandwidthProfileAsked]:
    """The bandwidth of a line with other buckets than before, and of those that share what it has."""
    running = account.period_on(today)
    lines = [line]
    if shares(line, running):
        others = [subscription_id for subscription_id in account.subscriptions if subscription_id != line.id]
        lines += watched(view, account, others)
    return profiles_asked(account, sorted(lines, key=lambda one: one.id), running)


def evolve_allowance(event: AllowanceEvent, envelope: Envelope, view: View) -> list[State | Gone]:
    before = view.get(AllowanceBalance, event.subscription_id)
    balance = before or AllowanceBalance(subscription_id=event.subscription_id)
    match event:
        case TopUpAdded():
            balance = _with(balance, event.bucket)
        case TopUpCancelled():
            balance = _without(balance, event)
        case AllowancesSettled():
            account = view.get(Account, event.account_id)
            balance = settled(event, balance, account.closed if account else ())
        case BandwidthProfileAsked():
            profile = event.profile if event.reason == FAIR_USE else None
            balance = msgspec.structs.replace(balance, profile=profile)
        case _:
            assert_never(event)
    if not balance.empty:
        return [balance]
    return [Gone(AllowanceBalance, event.subscription_id)] if before else []


def _with(balance: AllowanceBalance, bucket: Bucket) -> AllowanceBalance:
    return msgspec.structs.replace(balance, held=(*balance.held, bucket))


def _without(balance: AllowanceBalance, event: TopUpCancelled) -> AllowanceBalance:
    """In the place of the bucket what usage has taken of it, or nothing."""
    kept = {event.top_up_id: event.kept}
    held = [kept.get(bucket.bucket_id, bucket) for bucket in balance.held]
    return msgspec.structs.replace(balance, held=tuple(bucket for bucket in held if bucket is not None))


def _version(account: Account, line: LineOfAccount) -> PlanVersion:
    """The version that grants the allowances of the open period."""
    found = None if account.open_period is None else line.granting(account.open_period)
    if found is None:
        detail = f"{line.id} has no service in the open period; top it up when it has"
        raise Rejection("not_active", detail, status=409)
    return found[1]


def _topped(command: AddTopUp, version: PlanVersion) -> Allowance | None:
    """The allowance of the plan that is topped up; `None` where the command names a meter."""
    if command.allowance is None:
        return None
    found = next((one for one in version.allowances if one.id == command.allowance), None)
    if found is None:
        known = ", ".join(one.id for one in version.allowances) or "none"
        raise Rejection(
            "invalid", f"the plan has no allowance {command.allowance}; it has {known}", pointer="/allowance"
        )
    return found


def _check(command: AddTopUp, meter: str, account: Account, version: PlanVersion, today: date) -> None:
    if command.quantity <= 0:
        raise Rejection("invalid", f"a top-up is more than zero, not {command.quantity}", pointer="/quantity")
    if meter not in summed_meters(version):
        detail = f"the plan prices no sum of {meter}; it does of {', '.join(summed_meters(version)) or 'none'}"
        raise Rejection("no_price", detail, pointer="/meter")
    if command.expires_on is not None and command.expires_on <= today:
        detail = f"{command.expires_on}, the first day without it, is not after today, {today}"
        raise Rejection("invalid", detail, pointer="/expires_on")
    if command.amount is None:
        return
    if command.currency != account.currency:
        detail = f"account {account.account_id} is in {account.currency}, the price in {command.currency}"
        raise Rejection("currency_mismatch", detail, pointer="/price/currency")
    if command.amount <= 0:
        raise Rejection("invalid", "a price is more than zero; leave it out of a free top-up", pointer="/price/amount")
    if command.amount != round_amount(command.amount, HALF_UP, account.currency):
        detail = f"{account.currency} has {minor_units(account.currency)} decimals, {command.amount} has more"
        raise Rejection("too_many_decimals", detail, pointer="/price/amount")


def _charge(
    command: AddTopUp,
    meter_id: str,
    account: Account,
    version: PlanVersion,
    view: View,
    context: Context,
    today: date,
) -> OneTimeChargeAdded | None:
    """Its price, once, with the open period or the one of today; taxed as the plan's service is."""
    if command.amount is None or account.open_period is None:
        return None
    meter = BUILT_IN.get(meter_id) or view.get(Meter, meter_id)
    quantity = for_people(command.quantity, meter.unit if meter else meter_id)
    named = f"{quantity.value} {quantity.unit}"
    return OneTimeChargeAdded(
        charge_id=context.new_id("charge"),
        account_id=account.account_id,
        description=f"Top-up: {named}, {meter.name}" if meter else f"Top-up: {named}",
        amount=command.amount,
        currency=account.currency,
        on=max(today, account.open_period.start),
        item=TOP_UP,
        subscription_id=command.subscription_id,
        tax_class=version.tax_class,
        includes_tax=version.prices_include_tax,
    )

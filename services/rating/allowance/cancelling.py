"""Taking back what is not used of a top-up. Pure.

    50 for 4.90, 20 used        30 are gone, 2.94 come back (R8); the bucket still pays for the 20
    50 for 4.90, none used      all are gone; its charge is cancelled, or 4.90 come back where it is billed
    50 for 4.90, all used       refused: top_up_used_up

Used is what the periods that are not closed take of it so far, by the function that closes them.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from services.rating.account.state import Account
from services.rating.allowance.messages import Bucket, CancelTopUp, TopUpCancelled, top_up_used_up
from services.rating.allowance.state import AllowanceBalance
from services.rating.buckets.granting import total
from services.rating.one_time_charge.messages import OneTimeChargeAdded, OneTimeChargeCancelled
from services.rating.one_time_charge.state import PendingCharges
from services.rating.period.lines import lines_of, live
from services.rating.period.messages import TOP_UP
from shared.kernel.decider import Context, View
from shared.kernel.decimals import exact
from shared.kernel.errors import unknown_aggregate
from shared.kernel.period import Period
from shared.kernel.rounding import HALF_UP, round_amount


def cancellation(
    command: CancelTopUp, account: Account, view: View, context: Context, today: date
) -> tuple[TopUpCancelled, *tuple[OneTimeChargeAdded | OneTimeChargeCancelled, ...]]:
    """What becomes of the bucket, and of its price."""
    bucket = _held(command, view)
    period, unused = _unused(command, account, view, today)
    if not unused:
        raise top_up_used_up(command.top_up_id, "is used up, has expired or was cancelled")
    used = total([bucket.left, -unused])
    credited = _share(bucket, unused, account) if command.credit else Decimal(0)
    money = _money(bucket, credited, command, account, view, context, today)
    added = isinstance(money, OneTimeChargeAdded)
    cancelled = TopUpCancelled(
        top_up_id=command.top_up_id,
        subscription_id=command.subscription_id,
        account_id=account.account_id,
        reason=command.reason,
        unused=unused,
        currency=account.currency,
        credited=credited,
        charge_id=money.charge_id if added and money else None,
        kept=_kept(bucket, used, period),
    )
    return (cancelled, money) if money else (cancelled,)


def _held(command: CancelTopUp, view: View) -> Bucket:
    balance = view.get(AllowanceBalance, command.subscription_id)
    found = [bucket for bucket in balance.held if bucket.bucket_id == command.top_up_id] if balance else []
    if not found or found[0].source != "top_up":
        # What is used up, expired or cancelled is no longer here; the API has looked which.
        raise unknown_aggregate("top_up", command.top_up_id)
    return found[0]


def _unused(command: CancelTopUp, account: Account, view: View, today: date) -> tuple[Period, Decimal]:
    """The running period, and what is left of the bucket in it."""
    period, settled = live(account, lines_of(account, None, view), today)
    left = [
        used.left
        for used in settled.used
        if (used.subscription_id, used.bucket.bucket_id) == (command.subscription_id, command.top_up_id)
    ]
    return period, total(left)


def _kept(bucket: Bucket, used: Decimal, period: Period) -> Bucket | None:
    """The bucket as far as it is used, which ends with the running period."""
    if not used:
        return None
    expires_on = min(period.end, bucket.expires_on or period.end)
    return msgspec.structs.replace(bucket, left=used, expires_on=expires_on)


def _share(bucket: Bucket, unused: Decimal, account: Account) -> Decimal:
    """Of the price what was paid for the unused part, never more than all of it (R9)."""
    if bucket.price is None:
        return Decimal(0)
    if unused == bucket.granted:
        return bucket.price
    with exact():
        return min(bucket.price, round_amount(bucket.price * unused / bucket.granted, HALF_UP, account.currency))


def _money(
    bucket: Bucket,
    credited: Decimal,
    command: CancelTopUp,
    account: Account,
    view: View,
    context: Context,
    today: date,
) -> OneTimeChargeAdded | OneTimeChargeCancelled | None:
    """A charge that is not billed and all given back is cancelled; else a credit stands beside it."""
    if not credited or bucket.charge_id is None or account.open_period is None:
        return None
    pending = view.get(PendingCharges, account.account_id)
    charge = next((one for one in pending.charges if one.charge_id == bucket.charge_id), None) if pending else None
    if charge is not None and charge.amount == credited:
        return OneTimeChargeCancelled(charge_id=charge.charge_id, account_id=account.account_id)
    return OneTimeChargeAdded(
        charge_id=context.new_id("credit"),
        account_id=account.account_id,
        description=f"Top-up cancelled: {command.reason}",
        amount=-credited,
        currency=account.currency,
        on=max(today, account.open_period.start),
        item=TOP_UP,
        subscription_id=command.subscription_id,
        tax_class=bucket.tax_class,
        includes_tax=bucket.includes_tax,
        credits=bucket.charge_id,
    )

"""Fair use: which bandwidth profile a line is to have, by what it has used of what is there. Pure.

    steps [{"at": "80%", "profile": "slow"}, {"at": "100%", "profile": "slowest"}], 100 granted, a top-up of 50
    120 used of 150    -> slow             150 used -> slowest         a top-up of 50 more -> slow again

It is asked for when it changes: with usage of the running period, with a top-up, and when a period closes. The last
step that is reached counts; a step is reached with the usage it names. Only versions with steps are looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from services.rating.account.state import Account
from services.rating.allowance.messages import FAIR_USE, RESTORED, BandwidthProfileAsked, FairUseStep
from services.rating.allowance.state import AllowanceBalance
from services.rating.buckets.granting import LineOfAccount, granted, total, wants
from services.rating.buckets.settling import serves
from services.rating.plan.state import Plan
from services.rating.rated_usage.state import UsageSum
from services.rating.subscription.state import Subscription
from services.rating.used import Used
from shared.kernel.decider import View
from shared.kernel.decimals import exact
from shared.kernel.errors import NeverBegan
from shared.kernel.money import micro_decimal
from shared.kernel.period import Period


class Reached(NamedTuple):
    """A fair-use step and the allowance that it belongs to."""

    allowance: str
    step: FairUseStep


def has_fair_use(line: LineOfAccount) -> bool:
    """Whether its bandwidth depends on what it uses, or did until now."""
    versions = [version for plan in line.plans.values() for version in plan.versions]
    return line.balance.profile is not None or any(version.has_fair_use for version in versions)


def watched(view: View, account: Account, subscription_id: str) -> LineOfAccount:
    """A subscription with its sums alone: what fair use looks at."""
    subscription = view.get(Subscription, subscription_id)
    if subscription is None:
        raise NeverBegan(f"account {account.account_id} names {subscription_id}, which never started")
    sums = view.get(UsageSum, subscription_id)
    plans = {plan_id: plan for plan_id in subscription.plans() if (plan := view.get(Plan, plan_id)) is not None}
    return LineOfAccount(
        subscription=subscription,
        plans=plans,
        used=Used(sums.periods if sums else {}, {}),
        late=(),
        balance=view.get(AllowanceBalance, subscription_id) or AllowanceBalance(subscription_id=subscription_id),
    )


def profile_asked(
    account: Account, line: LineOfAccount, period: Period, *, more: Mapping[str, int] | None = None
) -> BandwidthProfileAsked | None:
    """The profile for usage of `period`, where it is another than was asked for. `more`: by meter, in 1e-6 units."""
    found = line.granting(period)
    if found is None:
        return None
    reached = _reached(account, line, period, more or {}) if any(a.then for a in found[1].allowances) else None
    profile = reached.step.profile if reached else None
    if profile == line.balance.profile:
        return None
    return BandwidthProfileAsked(
        subscription_id=line.id,
        account_id=account.account_id,
        profile=profile or found[1].terms.bandwidth_profile_id,
        reason=FAIR_USE if reached else RESTORED,
        period=period,
        allowance=reached.allowance if reached else None,
        at=reached.step.at if reached else None,
    )


def threshold(at: str, available: Decimal) -> Decimal:
    """How much usage reaches a step: a quantity, or a percentage of what is there."""
    if not at.endswith("%"):
        return Decimal(at)
    with exact():
        return available * Decimal(at[:-1]) * Decimal("0.01")


def _reached(account: Account, line: LineOfAccount, period: Period, more: Mapping[str, int]) -> Reached | None:
    found = line.granting(period)
    steps = [(a, step) for a in (found[1].allowances if found else ()) for step in a.then]
    reached: Reached | None = None
    for allowance, step in steps:
        if _used(line, period, allowance.meter, more) >= threshold(
            step.at, _there(account, line, period, allowance.meter)
        ):
            reached = Reached(allowance.id, step)
    return reached


def _used(line: LineOfAccount, period: Period, meter: str, more: Mapping[str, int]) -> Decimal:
    before = [want.quantity for want in wants(line, line.used, period.start) if want.meter == meter]
    return total([*before, micro_decimal(more.get(meter, 0))])


def _there(account: Account, line: LineOfAccount, period: Period, meter: str) -> Decimal:
    held = {bucket.bucket_id: bucket for bucket in granted(account, line, period)}
    held |= {bucket.bucket_id: bucket for bucket in line.balance.held if serves(bucket, period)}
    return total([bucket.left for bucket in held.values() if bucket.meter == meter])

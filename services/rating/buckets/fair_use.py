"""Fair use: which bandwidth profile a line is to have, by what it has used of what is there. Pure.

    steps [{"at": "80%", "profile": "slow"}, {"at": "100%", "profile": "slowest"}], 100 granted, a top-up of 50
    120 used of 150    -> slow             150 used -> slowest         a top-up of 50 more -> slow again

Of a shared allowance it is what all of the pool have used of what all of them have: it slows all down whose plan says
so, whoever has used it.

It is asked for when it changes: with usage of the running period, with a top-up, and when a period closes. The last
step that is reached counts; a step is reached with the usage it names. Only versions with steps are looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from services.rating.account.state import Account
from services.rating.allowance.messages import FAIR_USE, RESTORED, Allowance, BandwidthProfileAsked, FairUseStep
from services.rating.allowance.state import AllowanceBalance
from services.rating.buckets.granting import LineOfAccount, granted, pool_of, pools_of, total, wants
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

More = Mapping[tuple[str, str], int]
"""Usage that no sum has yet, by subscription and meter, in 1e-6 units."""


class Reached(NamedTuple):
    """A fair-use step and the allowance that it belongs to."""

    allowance: str
    step: FairUseStep


class _Use(NamedTuple):
    """So much used of so much that is there."""

    used: Decimal
    there: Decimal


def has_fair_use(line: LineOfAccount) -> bool:
    """Whether its bandwidth depends on what it uses, or did until now."""
    versions = [version for plan in line.plans.values() for version in plan.versions]
    return line.balance.profile is not None or any(version.has_fair_use for version in versions)


def shares(line: LineOfAccount, period: Period) -> bool:
    """Whether what it uses may slow others down."""
    return bool(pools_of(line, period))


def watched(view: View, account: Account, subscriptions: Collection[str]) -> list[LineOfAccount]:
    """Subscriptions of an account with their sums alone: what fair use looks at."""
    known = view.get_many(Subscription, subscriptions)
    sums = view.get_many(UsageSum, subscriptions)
    balances = view.get_many(AllowanceBalance, subscriptions)
    plans = view.get_many(Plan, sorted({plan_id for found in known.values() for plan_id in found.plans()}))
    lines = []
    for subscription_id in subscriptions:
        if subscription_id not in known:
            raise NeverBegan(f"account {account.account_id} names {subscription_id}, which never started")
        subscription, usage = known[subscription_id], sums.get(subscription_id)
        lines.append(
            LineOfAccount(
                subscription=subscription,
                plans={plan_id: plans[plan_id] for plan_id in subscription.plans() if plan_id in plans},
                used=Used(usage.periods if usage else {}, {}),
                late=(),
                balance=balances.get(subscription_id) or AllowanceBalance(subscription_id=subscription_id),
            )
        )
    return lines


def profiles_asked(
    account: Account, lines: Sequence[LineOfAccount], period: Period, *, more: More | None = None
) -> list[BandwidthProfileAsked]:
    """The profiles for usage of `period`, where they are others than were asked for.

    `lines` are all that share anything; of those with nothing shared each may stand alone.
    """
    uses = _Uses(account, lines, period, more or {})
    asked = [_asked(account, line, period, uses) for line in lines if has_fair_use(line)]
    return [event for event in asked if event is not None]


def threshold(at: str, available: Decimal) -> Decimal:
    """How much usage reaches a step: a quantity, or a percentage of what is there."""
    if not at.endswith("%"):
        return Decimal(at)
    with exact():
        return available * Decimal(at[:-1]) * Decimal("0.01")


def _asked(account: Account, line: LineOfAccount, period: Period, uses: _Uses) -> BandwidthProfileAsked | None:
    found = line.granting(period)
    if found is None:
        return None
    term, version = found
    reached: Reached | None = None
    for allowance in version.allowances:
        for step in allowance.then:
            use = uses.of(line, allowance, term.plan_id)
            if use.used >= threshold(step.at, use.there):
                reached = Reached(allowance.id, step)
    profile = reached.step.profile if reached else None
    if profile == line.balance.profile:
        return None
    return BandwidthProfileAsked(
        subscription_id=line.id,
        account_id=account.account_id,
        profile=profile or version.terms.bandwidth_profile_id,
        reason=FAIR_USE if reached else RESTORED,
        period=period,
        allowance=reached.allowance if reached else None,
        at=reached.step.at if reached else None,
    )


@dataclass(frozen=True, slots=True)
class _Uses:
    """What lines have used of what they have; of a pool it is added up once."""

    account: Account
    lines: Sequence[LineOfAccount]
    period: Period
    more: More
    pooled: dict[tuple[str, str], _Use] = field(default_factory=dict)

    def of(self, line: LineOfAccount, allowance: Allowance, plan_id: str) -> _Use:
        pool, meter = pool_of(allowance, plan_id), allowance.meter
        if pool is None:
            return self._own(line, meter)
        known = self.pooled.get((pool, meter))
        if known is None:
            members = [self._own(member, meter) for member in self.lines if pool in pools_of(member, self.period)]
            known = _Use(total([use.used for use in members]), total([use.there for use in members]))
            self.pooled[pool, meter] = known
        return known

    def _own(self, line: LineOfAccount, meter: str) -> _Use:
        before = [want.quantity for want in wants(line, line.used, self.period.start) if want.meter == meter]
        held = {bucket.bucket_id: bucket for bucket in granted(self.account, line, self.period)}
        held |= {bucket.bucket_id: bucket for bucket in line.balance.held if serves(bucket, self.period)}
        return _Use(
            used=total([*before, micro_decimal(self.more.get((line.id, meter), 0))]),
            there=total([bucket.left for bucket in held.values() if bucket.meter == meter]),
        )

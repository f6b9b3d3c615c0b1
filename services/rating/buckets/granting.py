"""What a subscription is granted with a period, what it wants of its buckets, and in which pools it is.

A period's buckets are those of the version that serves last in it, once, in full, times the quantity of the
subscription: who goes over to a larger plan in the middle of a month has its allowance for the whole of it. All usage
of the meter in the period, by whatever version, is served from them. Who rests for the whole period is granted nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice

from services.rating.account.state import Account
from services.rating.allowance.messages import Allowance, Bucket, Validity
from services.rating.allowance.state import AllowanceBalance
from services.rating.buckets.consume import Want
from services.rating.plan.state import Plan, PlanVersion
from services.rating.pricing import Price
from services.rating.pricing.engine.aggregation import SUM
from services.rating.pricing.engine.contract import quantity_of
from services.rating.pricing.engine.measuring import MeterMeasure, measures_of, meters_of
from services.rating.subscription.state import Subscription, Term
from services.rating.used import LateUsed, Used
from shared.kernel.decimals import exact, format_decimal
from shared.kernel.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOfAccount:
    """A subscription with all that decides what its buckets are and what they are used for."""

    subscription: Subscription
    plans: Mapping[str, Plan]
    used: Used
    late: Sequence[LateUsed]
    balance: AllowanceBalance

    @property
    def id(self) -> str:
        return self.subscription.subscription_id

    def granting(self, period: Period) -> tuple[Term, PlanVersion] | None:
        """The term and version whose allowances the period has; `None` where service rests for all of it."""
        return granting(self.subscription, self.plans, period)


def granting(subscription: Subscription, plans: Mapping[str, Plan], period: Period) -> tuple[Term, PlanVersion] | None:
    """As `LineOfAccount.granting`."""
    found: tuple[Term, PlanVersion] | None = None
    for term, start, end in subscription.spans():
        last = min(period.end, end or period.end) - timedelta(days=1)
        if term.status == "active" and max(start, period.start) <= last:
            version = term.version_of(plans[term.plan_id], last)
            found = (term, version) if version is not None else found
    return found


def granted(account: Account, line: LineOfAccount, period: Period) -> list[Bucket]:
    """The buckets that the plan of a subscription gives with the period."""
    found = line.granting(period)
    if found is None:
        return []
    term, version = found
    with exact():
        return [
            Bucket(
                bucket_id=f"{allowance.id}@{period.start}",
                meter=allowance.meter,
                source="plan",
                granted=allowance.quantity * term.quantity,
                left=allowance.quantity * term.quantity,
                allowance=allowance.id,
                priority=allowance.priority,
                expires_on=_expiry(account, allowance, period),
                pool=pool_of(allowance, term.plan_id),
            )
            for allowance in version.allowances
        ]


def pool_of(allowance: Allowance, plan_id: str) -> str | None:
    """The name of the pool that an allowance is shared in; one without a name of its own is the plan's."""
    if allowance.shared is True:
        return f"{plan_id}/{allowance.id}"
    return allowance.shared or None


def pools_of(line: LineOfAccount, period: Period) -> frozenset[str]:
    """The pools that a subscription may use in the period."""
    found = line.granting(period)
    if found is None:
        return frozenset()
    term, version = found
    return frozenset(pool for allowance in version.allowances if (pool := pool_of(allowance, term.plan_id)))


def wants(line: LineOfAccount, used: Used, start: date) -> Iterator[Want]:
    """What the versions price of a subscription's usage in the period from `start`, where it is one quantity.

    Plans come in the order in which the subscription has had them, their versions in that of their numbers.
    """
    order = list(dict.fromkeys([*(term.plan_id for term in line.subscription.timeline), *sorted(line.plans)]))
    versions = [version for plan_id in order for version in _published(line.plans[plan_id])]
    for place, (plan_id, version) in enumerate(versions):
        for meter in summed_meters(version):
            measured = used.measured(start, plan_id, version.version, MeterMeasure(meter, SUM))
            quantity = Decimal(format_decimal(quantity_of(measured)))
            if quantity > 0:
                yield Want(line.id, meter, place, plan_id, version.version, quantity)


def summed_meters(version: PlanVersion) -> list[str]:
    """The meters that the version prices as one quantity, the sum of their records, and in no other way."""
    priced = [price for price in version.prices if not price.recurring]
    other = {meter for price in priced for meter in meters_of(price) if not _one_sum(version, price)}
    return [meter for meter in version.meters if meter not in other]


def _one_sum(version: PlanVersion, price: Price) -> bool:
    measures = measures_of(price, version.aggregation_of)
    return measures == (MeterMeasure(price.meter or "", SUM),)


def _published(plan: Plan) -> Iterator[tuple[str, PlanVersion]]:
    for version in plan.versions:
        if version.effective_from is not None:
            yield plan.plan_id, version


def _expiry(account: Account, allowance: Allowance, period: Period) -> date:
    """The first day on which a bucket of the period is no longer valid."""
    validity = allowance.validity
    if not isinstance(validity, Validity):
        return period.end
    if validity.days:
        return period.start + timedelta(days=validity.days)
    return end_after(account, period, (validity.periods or 1) - 1)


def end_after(account: Account, period: Period, more: int) -> date:
    """The end of the period that comes `more` after this one."""
    return next(islice(_from(account, period), more, None)).end


def _from(account: Account, period: Period) -> Iterator[Period]:
    while True:
        yield period
        period = account.period_after(period)


def total(quantities: Sequence[Decimal]) -> Decimal:
    """Their exact sum."""
    with exact():
        return sum(quantities, Decimal(0))

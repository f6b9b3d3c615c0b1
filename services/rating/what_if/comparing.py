"""What a customer would have paid under a candidate plan, beside what was charged. Pure, by the functions of the close.

    charged    20.00 flat + 12.40 usage        candidate   25.00 flat + 4.10 usage        September: 3.30 less

Like is compared with like. A line counts in the closed period in which its service begins, on both sides, whatever
close it was charged at: what is paid in September for October is October's, and so is late usage of October that a
later close settled. The candidate is laid over the days that the subscription had the plan, with its quantities and
rests, as the one version that was in force all along; a period in which another version took over is priced by the
candidate as one. Flat prices cost the days of service as they are known now, so an amount that was charged for a
longer time and credited later is compared with what the shorter time costs; cents may differ by the rounding of the
parts. Charges put on by hand and fees for leaving early are no prices of a plan and in neither amount.

What usage came to is taken from the sums of its days, which are kept for ever. What a price measures beyond sums goes
some weeks after the close: such a period is listed as not computable, and in no sum (`reason`). So is one whose usage
depends on buckets that were bought, are shared with others, or come from before the first period. Nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, Literal

import msgspec

from services.rating.account.state import Account
from services.rating.allowance.messages import Allowance
from services.rating.allowance.state import AllowanceBalance
from services.rating.buckets.granting import LineOfAccount
from services.rating.period.charging import Charge, charges_of
from services.rating.period.flat_charges import version_days
from services.rating.period.lines import covers_of
from services.rating.plan.state import Plan, PlanVersion
from services.rating.pricing.engine.contract import ZERO
from services.rating.pricing.engine.measuring import measures_of
from services.rating.pricing_context import pricing_context
from services.rating.rated_usage.state import Tally, tally_key
from services.rating.subscription.state import Subscription
from services.rating.used import Used
from shared.kernel.decider import View
from shared.kernel.decimals import exact
from shared.kernel.period import Period

Reason = Literal["beyond_sums", "meter_not_rated", "allowances"]

BEYOND_SUMS: Final[Reason] = "beyond_sums"
METER_NOT_RATED: Final[Reason] = "meter_not_rated"
ALLOWANCES: Final[Reason] = "allowances"

_VERSION: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Billed:
    """A subscription with its closed periods, in order, in which it had the plan.

    `usage`: by first day of a period what there was of each meter; `charged`: what the plan cost in each period;
    `buckets`: those that paid for some of the usage of a period.
    """

    account: Account
    subscription: Subscription
    periods: Sequence[Period]
    usage: Mapping[date, Mapping[str, Tally]]
    charged: Mapping[date, Decimal]
    buckets: Mapping[date, Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One period of a subscription. `candidate` is `None` where it can't be computed, `reason` says why."""

    account_id: str
    subscription_id: str
    period: Period
    records: int
    charged: Decimal
    candidate: Decimal | None
    reason: Reason | None = None
    meter: str | None = None

    @property
    def difference(self) -> Decimal:
        """What the customer would pay more. Only where there is a candidate."""
        with exact():
            return (self.candidate or ZERO) - self.charged


def compare(billed: Billed, plan: Plan, candidate: PlanVersion, view: View) -> list[Compared]:
    """The closed periods of a subscription, priced by the candidate. `view` is where holidays are looked up."""
    obstacles = {period: _obstacle(billed, plan, candidate, period) for period in billed.periods}
    computable = [period for period, found in obstacles.items() if found is None]
    amounts = _amounts(billed, plan, candidate, computable, view) if computable else {}
    return [_compared(billed, period, amounts.get(period), found) for period, found in obstacles.items()]


def had_plan(subscription: Subscription, plan_id: str, period: Period) -> bool:
    """Whether it had the plan on some day of the period."""
    return any(
        term.plan_id == plan_id and start < period.end and (end is None or end > period.start)
        for term, start, end in subscription.spans()
    )


def period_of(periods: Sequence[Period], day: date) -> Period | None:
    """The one of the periods that a day lies in."""
    return next((period for period in periods if period.contains(day)), None)


def _obstacle(billed: Billed, plan: Plan, candidate: PlanVersion, period: Period) -> tuple[Reason, str | None] | None:
    """Why the candidate can't price the usage of a period, and the meter whose usage it is."""
    usage = billed.usage.get(period.start, {})
    if (meter := _elsewhere_included(billed, plan, candidate, period)) is not None:
        return ALLOWANCES, meter or None
    for price in candidate.prices:
        for measure in () if price.recurring else measures_of(price, candidate.aggregation_of):
            if measure.meter in usage:
                if not measure.plain:
                    return BEYOND_SUMS, measure.meter
            elif any(measure.meter not in version.meters for version in _in_force(billed, plan, period)):
                return METER_NOT_RATED, measure.meter
    return None


def _elsewhere_included(billed: Billed, plan: Plan, candidate: PlanVersion, period: Period) -> str | None:
    """The meter whose usage depends on buckets that the compared periods do not tell of: "" where it is not known.

    Those are bought, shared with other subscriptions, or carried over from periods before the first one.
    """
    first, usage = billed.periods[0].start, billed.usage.get(period.start, {})
    if any(_is_foreign(bucket, first) for bucket in billed.buckets.get(period.start, ())):
        return ""
    versions = [candidate, *_in_force(billed, plan, period)]
    began_before = billed.subscription.start < first
    return next(
        (
            allowance.meter
            for version in versions
            for allowance in version.allowances
            if allowance.meter in usage and (allowance.shared or (began_before and _carries(allowance)))
        ),
        None,
    )


def _is_foreign(bucket_id: str, first: date) -> bool:
    """Whether it was bought, or was granted before `first`: a plan's bucket is called `data@2026-09-01`."""
    _, at, granted_on = bucket_id.partition("@")
    return not at or granted_on.partition("/")[0] < first.isoformat()


def _carries(allowance: Allowance) -> bool:
    return allowance.rollover is not None or allowance.validity != "period"


def _in_force(billed: Billed, plan: Plan, period: Period) -> list[PlanVersion]:
    """The versions of the plan that priced usage of the period."""
    return [
        days.version
        for term, start, end in billed.subscription.spans()
        if term.plan_id == plan.plan_id
        for days in version_days(term, start, end, plan)
        if days.start < period.end and (days.end is None or days.end > period.start)
    ]


def _amounts(
    billed: Billed, plan: Plan, candidate: PlanVersion, periods: Sequence[Period], view: View
) -> dict[Period, Decimal]:
    """What each of the periods costs under the candidate."""
    tallies = {
        start: {tally_key(meter, _VERSION, plan.plan_id): tally for meter, tally in by_meter.items()}
        for start, by_meter in billed.usage.items()
    }
    line = LineOfAccount(
        subscription=_never_charged(billed.subscription),
        plans={plan_id: _without_versions(plan_id, plan) for plan_id in billed.subscription.plans()}
        | {plan.plan_id: _in_place_of(plan, candidate, since=billed.subscription.start)},
        used=Used(tallies, {}),
        late=(),
        balance=AllowanceBalance(subscription_id=billed.subscription.subscription_id),
    )
    charges = charges_of(
        # What was due before the first of the periods is not laid out.
        msgspec.structs.replace(billed.account, open_period=billed.periods[0]),
        line.subscription,
        line.plans,
        line.used,
        contexts=[pricing_context(billed.account, period, view) for period in periods],
        covers=covers_of(billed.account, [line], periods),
        target=_target(billed, candidate),
    )
    return _by_period(charges, periods)


def _by_period(charges: Sequence[Charge], periods: Sequence[Period]) -> dict[Period, Decimal]:
    amounts = dict.fromkeys(periods, ZERO)
    with exact():
        for charge in charges:
            period = period_of(periods, charge.period.start)
            if period is not None:
                amounts[period] += charge.line.amount
    return amounts


def _never_charged(subscription: Subscription) -> Subscription:
    """The subscription with its timeline, following the versions of its plans, and nothing charged."""
    first, *terms = (
        msgspec.structs.replace(term, plan_version=None) for term in (subscription.first, *subscription.terms)
    )
    return msgspec.structs.replace(subscription, first=first, terms=tuple(terms), charged=(), set_up=())


def _in_place_of(plan: Plan, candidate: PlanVersion, *, since: date) -> Plan:
    """The plan as if the candidate were all there ever was of it."""
    only = msgspec.structs.replace(candidate, version=_VERSION, effective_from=since)
    return msgspec.structs.replace(plan, versions=(only,))


def _without_versions(plan_id: str, plan: Plan) -> Plan:
    """Another plan of the timeline: it is not compared, and costs nothing here."""
    return msgspec.structs.replace(plan, plan_id=plan_id, versions=())


def _target(billed: Billed, candidate: PlanVersion) -> date:
    """The last close so far: what is due in arrears after it, nobody has been charged yet."""
    last = billed.periods[-1].end
    for_time = [price.recurring_terms for price in candidate.prices if price.recurring and not price.once]
    if all(terms.bill == "advance" for terms in for_time):
        return last
    open_period = billed.account.open_period
    return last if open_period is None else max(last, open_period.start)


def _compared(
    billed: Billed, period: Period, amount: Decimal | None, obstacle: tuple[Reason, str | None] | None
) -> Compared:
    reason, meter = obstacle or (None, None)
    return Compared(
        account_id=billed.account.account_id,
        subscription_id=billed.subscription.subscription_id,
        period=period,
        records=sum(tally.records for tally in billed.usage.get(period.start, {}).values()),
        charged=billed.charged.get(period.start, ZERO),
        candidate=amount,
        reason=reason,
        meter=meter,
    )

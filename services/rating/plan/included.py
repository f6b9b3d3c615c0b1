"""What the allowances of a plan include of the usage of a simulated subscription, month after month.

It is the function of a close (`buckets/settling.py`) over an account that has nothing else: what is left of one month
rolls over to the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from services.rating.account.state import Account
from services.rating.allowance.messages import Covered
from services.rating.allowance.state import AllowanceBalance
from services.rating.billing_cycle.messages import CycleTerms
from services.rating.buckets.granting import LineOfAccount, total
from services.rating.buckets.settling import settle
from services.rating.plan.compare import Side
from services.rating.plan.state import Plan, PlanVersion
from services.rating.pricing import Price, step_body
from services.rating.pricing.engine.contract import ZERO, Step
from services.rating.pricing.engine.lines import USAGE
from services.rating.pricing.engine.measuring import meters_of
from services.rating.pricing.engine.usage import INCLUDED
from services.rating.rated_usage.state import Tally, tally_key
from services.rating.subscription.state import Subscription, Term
from services.rating.used import Used
from shared.kernel.calendar import Cycle
from shared.kernel.decimals import format_decimal
from shared.kernel.money import quantity_micro
from shared.kernel.period import Period

_ONE: Final = "simulated"


def included(
    plan: Side, prices: Sequence[Price], cycle: Cycle, periods: Sequence[Period], used: Mapping[str, Decimal]
) -> dict[date, dict[str, tuple[Covered, ...]]]:
    """By the first day of each period and by meter; `used` of each meter in every one of them."""
    if not plan.terms.allowances:
        return {}
    first = periods[0].start
    account = Account(
        account_id=_ONE, currency=plan.currency, terms=_terms(cycle), opened_on=first, collection_grace_s=0
    )
    tallies = {tally_key(meter, 1, plan.plan_id): Tally(quantity_micro(f"{used[meter]:f}"), 1) for meter in used}
    line = LineOfAccount(
        subscription=Subscription(
            subscription_id=_ONE, account_id=_ONE, start=first, first=Term(start=first, plan_id=plan.plan_id)
        ),
        plans={plan.plan_id: _alone(plan, prices, first)},
        used=Used({period.start: tallies for period in periods}, {}),
        late=(),
        balance=AllowanceBalance(subscription_id=_ONE),
    )
    found: dict[date, dict[str, tuple[Covered, ...]]] = {}
    for period in periods:
        settled = settle(account, [line], period)
        found[period.start] = {
            meter: settled.covers.of(_ONE, period.start, plan.plan_id, 1, meter) for meter in sorted(used)
        }
        balance = settled.balances.get(_ONE, line.balance)
        line = LineOfAccount(subscription=line.subscription, plans=line.plans, used=line.used, late=(), balance=balance)
    return found


def _alone(plan: Side, prices: Iterable[Price], first: date) -> Plan:
    """The plan with the one version that is simulated."""
    version = PlanVersion(
        version=1,
        prices=tuple(prices),
        meters=tuple(sorted({meter for price in prices for meter in meters_of(price)})),
        effective_from=first,
        terms=plan.terms,
    )
    return Plan(plan_id=plan.plan_id, name=plan.name, currency=plan.currency, versions=(version,))


def _terms(cycle: Cycle) -> CycleTerms:
    return CycleTerms(
        cycle_id=_ONE,
        frequency=cycle.frequency,
        anchor_day=cycle.anchor_day,
        time_zone=cycle.time_zone,
        anchor_month=cycle.anchor_month,
        counts_from=cycle.counts_from,
    )


def priced_rest(records: Iterable[dict[str, Any]], covered: Mapping[str, Sequence[Covered]]) -> list[dict[str, Any]]:
    """The records of a quote without what is included of them: it comes off the last ones, and only sums matter."""
    left = {meter: total([part.quantity for part in parts]) for meter, parts in covered.items()}
    rest: list[dict[str, Any]] = []
    for record in reversed(list(records)):
        off = min(Decimal(record["quantity"]), left.get(record.get("meter", ""), Decimal(0)))
        if off:
            left[record["meter"]] = total([left[record["meter"]], -off])
            record = {**record, "quantity": f"{total([Decimal(record['quantity']), -off]):f}"}
        rest.append(record)
    return rest[::-1]


def with_included(line: dict[str, Any], covered: Sequence[Covered], currency: str) -> dict[str, Any]:
    """A line of a quote for the rest, as the close shows the whole: a step for each bucket before those priced."""
    if not covered or line["kind"] != USAGE:
        return line
    steps = [step_body(Step(INCLUDED, part.quantity, ZERO, ZERO, label=part.bucket_id), currency) for part in covered]
    quantity = total([Decimal(line["quantity"]), *(part.quantity for part in covered)])
    return {**line, "quantity": format_decimal(quantity), "steps": [*steps, *line["steps"]]}

"""Usage of past days goes to the plan that a backdated change puts in force on them, as had it been there at the time.

    100 units on September 15, rated by Fiber at 0.01; on the 20th the plan is Office at 0.02 since the 10th
    -> UsageMoved(moved=[(2026-09-15, "data.octets", fiber/1 -> office/1, 100 units)])

Sums are kept by period and version, so what moves are the days of `usage_day` from the first day of the change on, and
with them whatever is measured of those days beyond sums. A day moves whole or the change is refused (`usage_rated`):
when the new version has no price for the meter, when it measures what the old one did not, or when a record has no
price in it. Nothing is guessed and nothing is left behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NoReturn

import msgspec

from services.rating.account.state import Account
from services.rating.plan.state import Plan, PlanVersion
from services.rating.pricing.engine.aggregation import aggregations
from services.rating.pricing.engine.contract import Entry, PricingContext, UsageModel
from services.rating.pricing.engine.measuring import MeterMeasure
from services.rating.pricing.engine.price import Price
from services.rating.pricing.engine.wanted import refusing
from services.rating.pricing_context import pricing_context
from services.rating.rated_usage.by_day import DAYS_MAX, DayOfUsage, UsageByDay, by_day_key
from services.rating.rated_usage.chunks import Measured, merged
from services.rating.rated_usage.messages import MovedUsage, UsageMoved
from services.rating.rated_usage.state import (
    NOTHING,
    Groups,
    MeasuredName,
    PeriodDetail,
    Tally,
    UsageDetail,
    UsageSum,
    detail_key,
    measured_key,
    tally_key,
)
from services.rating.subscription.state import Subscription
from services.rating.usage_retraction.state import WAITING, WaitingRetractions
from shared.kernel.calendar import midnight
from shared.kernel.decider import State, View
from shared.kernel.errors import Rejection
from shared.kernel.instants import EPOCH
from shared.kernel.money import quantity_micro


def moved_usage(account: Account, after: Subscription, change_id: str, since: date, view: View) -> Sequence[UsageMoved]:
    """The move that a change of plan brings for days from `since` on; nothing where no usage is priced differently.

    `after` is the subscription with the change. Raises `usage_rated`, and `usage_arriving` where the next attempt may
    find more.
    """
    subscription_id = after.subscription_id
    sums = view.get(UsageSum, subscription_id)
    if sums is None or not sums.periods or account.open_period is None:
        return ()
    days = open_days(subscription_id, account.open_period.start, sums, view, refuse=_refuse)
    moved = [*_moved((day for day in days if day.day >= since), after, view)]
    _check_records(account, sums, moved, view)
    if not moved:
        return ()
    return (
        UsageMoved(subscription_id=subscription_id, account_id=account.account_id, change_id=change_id, moved=moved),
    )


def open_days(
    subscription_id: str, start: date, sums: UsageSum, view: View, *, refuse: Callable[[str], NoReturn]
) -> Sequence[DayOfUsage]:
    """All open usage by days. The table is of the batch before; usage of this batch shows in the sums alone.

    Raises `usage_arriving`, and what `refuse` does where there is too much of it.
    """
    waiting = view.get(WaitingRetractions, WAITING)
    if waiting is not None and waiting.count > 0:
        arriving(subscription_id)
    found = view.get(UsageByDay, by_day_key(subscription_id, start))
    if found is not None and not found.complete:
        refuse(f"there are more than {DAYS_MAX} sums of days")
    by_name: dict[tuple[date, str], Tally] = {}
    for day in found.days if found else ():
        at = (day.period_start, tally_key(day.meter, day.version, day.plan))
        by_name[at] = by_name.get(at, NOTHING).plus(day.quantity, day.records)
    rated = {(period, name): tally for period, held in sums.periods.items() for name, tally in held.items()}
    if counted(by_name) != counted(rated):
        arriving(subscription_id)
    return found.days if found else ()


def arriving(subscription_id: str) -> NoReturn:
    detail = f"usage of {subscription_id} is being rated this moment; send the change again"
    raise Rejection("usage_arriving", detail, pointer="/effective_on", status=409)


def counted(tallies: Mapping[tuple[date, str], Tally]) -> Mapping[tuple[date, str], Tally]:
    return {at: tally for at, tally in tallies.items() if tally != NOTHING}


def _moved(days: Iterable[DayOfUsage], after: Subscription, view: View) -> Iterator[MovedUsage]:
    for day in days:
        term = after.terms_on(day.day)
        plan = view.get(Plan, term.plan_id) if term else None
        version = term.version_of(plan, day.day) if term and plan else None
        if plan is None or version is None or (plan.plan_id, version.version) == (day.plan, day.version):
            continue
        _check_measured(day, _version(day.plan, day.version, view), plan, version)
        yield MovedUsage(
            period_start=day.period_start,
            day=day.day,
            meter=day.meter,
            plan_before=day.plan,
            version_before=day.version,
            plan=plan.plan_id,
            version=version.version,
            quantity=day.quantity,
            records=day.records,
        )


def _check_measured(day: DayOfUsage, before: PlanVersion, plan: Plan, version: PlanVersion) -> None:
    """Refuse what the new version can't price of the day's sums and what is measured beside them."""
    what = f"there is usage of {day.meter} on {day.day}, and version {version.version} of {plan.plan_id}"
    if day.meter not in version.meters:
        _refuse(f"{what} has no price for it")
    missing = set(_of(version, day.meter)) - set(_of(before, day.meter))
    if missing:
        named = ", ".join(sorted(measure.name for measure in missing))
        _refuse(f"{what} prices its {named}, which {day.plan} did not measure")


def _of(version: PlanVersion, meter: str) -> Iterator[MeterMeasure]:
    return (measure for measure in version.detailed if measure.meter == meter)


def _version(plan_id: str, version: int, view: View) -> PlanVersion:
    plan = view.get(Plan, plan_id)
    if plan is None:
        _refuse(f"plan {plan_id} is not there any more")
    return plan.versions[version - 1]


def _refuse(why: str) -> NoReturn:
    detail = f"{why}; change from a later day on, and make the days before good with a one-time charge; or end it on "
    detail += "this day, start another on the plan and assign its resources to that: its usage is then rated anew"
    raise Rejection("usage_rated", detail, pointer="/effective_on", status=409)


# -- records that their price looks at ---------------------------------------------------------------------------------


def _check_records(account: Account, sums: UsageSum, moved: Sequence[MovedUsage], view: View) -> None:
    """Refuse what holds a record that has no price in the version it would go to (R20)."""
    wary = [(one, checks) for one in moved if (checks := _checks(one, view))]
    for period_start in sorted({one.period_start for one, _ in wary}):
        details = [
            *(chunk.measured for chunk in chunks_of(sums, period_start, view)),
            sums.detail_of(period_start).held,
        ]
        context = pricing_context(account, account.period_on(period_start), view)
        for one, checks in wary:
            if one.period_start == period_start:
                for price, measure in checks:
                    entries = [*_entries(one, measure, details, account.terms.time_zone)]
                    _check_entries(one, price, entries, context)


def _checks(one: MovedUsage, view: View) -> Sequence[tuple[Price, MeterMeasure]]:
    version = _version(one.plan, one.version, view)
    return [*refusing(one.meter, version.prices, version.aggregation_of)]


def _check_entries(one: MovedUsage, price: Price, entries: Sequence[Entry], context: PricingContext) -> None:
    model = price.model
    assert isinstance(model, UsageModel) and model.unpriceable is not None
    if model.wanted is not None:
        for table_id, numbers in model.wanted(price.terms, entries).items():
            context.want_rates(table_id, numbers)
    for entry in entries:
        reason = model.unpriceable(price.terms, context, entry)
        if reason is not None:
            what = f"a record of {one.meter} on {one.day}" + (f" ({entry.id})" if entry.id else "")
            _refuse(f"{what} has no price in version {one.version} of {one.plan}: {reason}")


def _entries(one: MovedUsage, measure: MeterMeasure, details: Iterable[Measured], time_zone: str) -> Iterator[Entry]:
    """The records as far as they are kept; of what is kept as one number, such as the largest, one that has it."""
    name = measured_key(one.meter, one.version_before, one.plan_before, one.day, measure.name)
    at = (midnight(one.day, time_zone) - EPOCH) // timedelta(microseconds=1)
    for detail in details:
        for words, state in detail.get(name, ()):
            value = aggregations()[measure.aggregation].value(state)
            if isinstance(value, Decimal):
                yield Entry(at, "", "", quantity_micro(str(value)), at, words, one.meter)
            else:
                yield from (entry._replace(meter=one.meter) for entry in value)


# -- folding -----------------------------------------------------------------------------------------------------------


def evolve_moved(event: UsageMoved, view: View) -> Sequence[State]:
    """The sums and what is measured, under the versions that price them now."""
    sums = view.get(UsageSum, event.subscription_id)
    if sums is None:
        return ()
    periods = {start: dict(tallies) for start, tallies in sums.periods.items()}
    for one in event.moved:
        tallies = periods.setdefault(one.period_start, {})
        add(tallies, tally_key(one.meter, one.version_before, one.plan_before), -one.quantity, -one.records)
        add(tallies, tally_key(one.meter, one.version, one.plan), one.quantity, one.records)
    names = {place(one.meter, one.version_before, one.plan_before, one.day): one for one in event.moved}
    starts = sorted({one.period_start for one in event.moved})
    details = dict(sums.details or {})
    for start in details.keys() & set(starts):
        details[start] = PeriodDetail(details[start].chunks, dict(_renamed(details[start].held, names)))
    chunks = [chunk for start in starts for chunk in chunks_of(sums, start, view)]
    changed = [
        UsageDetail(name=chunk.name, measured=found)
        for chunk in chunks
        if (found := _renamed(chunk.measured, names)) is not chunk.measured
    ]
    return [msgspec.structs.replace(sums, periods=periods, details=details or None), *changed]


def add(tallies: dict[str, Tally], name: str, quantity: int, records: int) -> None:
    tally = tallies.get(name, NOTHING).plus(quantity, records)
    if tally == NOTHING:
        tallies.pop(name, None)
    else:
        tallies[name] = tally


def place(meter: str, version: int, plan_id: str, day: date) -> tuple[str, str]:
    return tally_key(meter, version, plan_id), str(day)


def _renamed(measured: Measured, names: Mapping[tuple[str, str], MovedUsage]) -> Measured:
    """What was measured with its days under the versions they have moved to; itself where none of them has."""
    held: dict[str, Groups] = {}
    moved = False
    for name, groups in measured.items():
        parsed = MeasuredName.parse(name)
        one = names.get((parsed.tally, parsed.day))
        if one is not None:
            moved = True
            name = measured_key(one.meter, one.version, one.plan, one.day, parsed.measure)
        held[name] = merged(parsed.measure, held[name], groups) if name in held else groups
    return held if moved else measured


def chunks_of(sums: UsageSum, period_start: date, view: View) -> Sequence[UsageDetail]:
    count = sums.detail_of(period_start).chunks
    keys = [detail_key(sums.subscription_id, period_start, n) for n in range(count)]
    found = view.get_many(UsageDetail, keys) if keys else {}
    return [found[key] for key in keys if key in found]

"""Usage behind an end that is put in the past counts no more: its sums go, its records go back to quarantine.

    100 units on September 22, rated; on the 25th the subscription ends on the 20th
    -> UsageTakenBack(taken=[(2026-09-22, "data.octets", fiber/1, 100 units, [(3, 1842, [17, 18])])])
    -> ReturnUsage(seq=1842, items=[(17, "no_subscription"), (18, "no_subscription")]) to usage partition 3

So a bill does not depend on when the end became known: what comes after that is given back too. Whoever assigns the
line to another subscription from the end on recycles the records to that. Days of closed periods are taken back beside
what was charged of them (taking_back_closed.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NoReturn

import msgspec

from services.rating.account.state import Account
from services.rating.lineage import unpack
from services.rating.rated_usage.by_day import DayOfUsage, UsageBehind, by_day_key
from services.rating.rated_usage.chunks import Measured
from services.rating.rated_usage.giving_back import Places, to_return
from services.rating.rated_usage.messages import TakenOfClosed, TakenUsage, UsageTakenBack
from services.rating.rated_usage.moving import add, chunks_of, open_days, place
from services.rating.rated_usage.slots import NO_SUBSCRIPTION
from services.rating.rated_usage.state import Groups, MeasuredName, PeriodDetail, UsageDetail, UsageSum, tally_key
from services.rating.rated_usage.taking_back_closed import evolve_closed, taken_of_closed
from services.rating.subscription.state import Subscription
from shared.kernel.decider import State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection

RECORDS_MAX: Final = 200_000
"""Records of one end: some 6 MB of events in one transaction at most."""
PER_EVENT: Final = 10_000
"""Records of one event, and commands that give them back: some 6 MB likewise."""

Behind = Mapping[tuple[date, str, str, int], Places]


def usage_taken_back(
    account: Account, subscription: Subscription, change_id: str, end: date, view: View
) -> Sequence[UsageTakenBack]:
    """What an end takes back of the usage of days from `end` on; nothing where there is none.

    Raises `usage_rated`, and `usage_arriving` where the next attempt may find more.
    """
    of_closed = taken_of_closed(account, subscription, end, view, _refuse)
    of_open = _open_days(account, subscription.subscription_id, end, view)
    if sum(day.records for day in of_closed) + sum(day.records for day in of_open) > RECORDS_MAX:
        _refuse(f"there are more than {RECORDS_MAX} records from {end} on")
    taken: list[TakenUsage] = [*of_closed, *_taken_of_open(account, subscription.subscription_id, end, of_open, view)]
    return [
        UsageTakenBack(
            subscription_id=subscription.subscription_id,
            account_id=account.account_id,
            change_id=change_id,
            reason=NO_SUBSCRIPTION,
            taken=[one for one in page if not isinstance(one, TakenOfClosed)],
            closed=[one for one in page if isinstance(one, TakenOfClosed)],
            n=n,
        )
        for n, page in enumerate(_pages(taken))
    ]


def _open_days(account: Account, subscription_id: str, end: date, view: View) -> Sequence[DayOfUsage]:
    sums = view.get(UsageSum, subscription_id)
    if sums is None or not sums.periods or account.open_period is None:
        return ()
    if all(account.period_on(start).end <= end for start in sums.periods):
        return ()
    days = open_days(subscription_id, account.open_period.start, sums, view, refuse=_refuse)
    return [day for day in days if day.day >= end]


def _taken_of_open(
    account: Account, subscription_id: str, end: date, days: Sequence[DayOfUsage], view: View
) -> Iterator[TakenUsage]:
    """The days with their records."""
    if days and account.open_period is not None:
        behind = _behind(subscription_id, max(end, account.open_period.start), view)
        for day in days:
            yield _taken(day, behind)


def _refuse(why: str) -> NoReturn:
    detail = f"{why}; end it on a later day, and make the days before good with a credit"
    raise Rejection("usage_rated", detail, pointer="/effective_on", status=409)


def _behind(subscription_id: str, end: date, view: View) -> Behind:
    found = view.get(UsageBehind, by_day_key(subscription_id, end))
    behind: dict[tuple[date, str, str, int], Places] = {}
    for row in found.days if found else ():
        groups: dict[tuple[int, int], list[int]] = {}
        for position in unpack(row.positions):
            groups.setdefault((position.partition, position.seq), []).append(position.record)
        behind[row.day, row.meter, row.plan, row.version] = [(*at, indexes) for at, indexes in groups.items()]
    return behind


def _pages(taken: Iterable[TakenUsage]) -> Iterator[list[TakenUsage]]:
    """Days with as many records as one event takes; a day with more of them goes on in the next."""
    page: list[TakenUsage] = []
    left = PER_EVENT
    for one in taken:
        rest, part = one.behind, msgspec.structs.replace(one, behind=[])
        while True:
            fits, rest, left = _split(rest, left)
            page.append(msgspec.structs.replace(part, behind=fits))
            if left:
                break
            yield page
            page, left = [], PER_EVENT
            part = _without_sum(part)
            if not rest:
                break
    if page:
        yield page


def _without_sum(part: TakenUsage) -> TakenUsage:
    sums = {"quantity": 0, "records": 0, **({"credited": 0} if isinstance(part, TakenOfClosed) else {})}
    return msgspec.structs.replace(part, **sums)


def _split(behind: Places, left: int) -> tuple[Places, Places, int]:
    """The records that still fit, those that do not, and how many more would."""
    fits: Places = []
    for number, (partition, seq, indexes) in enumerate(behind):
        if len(indexes) > left:
            cut = [(partition, seq, indexes[:left])] if left else []
            return [*fits, *cut], [(partition, seq, indexes[left:]), *behind[number + 1 :]], 0
        fits.append((partition, seq, indexes))
        left -= len(indexes)
    return fits, [], left


def _taken(day: DayOfUsage, behind: Behind) -> TakenUsage:
    return TakenUsage(
        period_start=day.period_start,
        day=day.day,
        meter=day.meter,
        plan=day.plan,
        version=day.version,
        quantity=day.quantity,
        records=day.records,
        behind=behind.get((day.day, day.meter, day.plan, day.version), []),
    )


def evolve_taken_back(event: UsageTakenBack, envelope: Envelope, view: View) -> Sequence[State]:
    """The sums and what is measured, without those days; records that wait to go back."""
    waiting = [*to_return(event, envelope), *evolve_closed(event, view)]
    sums = view.get(UsageSum, event.subscription_id)
    if sums is None or not event.taken:
        return waiting
    periods = {start: dict(tallies) for start, tallies in sums.periods.items()}
    for one in event.taken:
        tallies = periods.setdefault(one.period_start, {})
        add(tallies, tally_key(one.meter, one.version, one.plan), -one.quantity, -one.records)
    places = {place(one.meter, one.version, one.plan, one.day) for one in event.taken}
    starts = sorted({one.period_start for one in event.taken})
    details = dict(sums.details or {})
    for start in details.keys() & set(starts):
        details[start] = PeriodDetail(details[start].chunks, _without(details[start].held, places))
    chunks = [chunk for start in starts for chunk in chunks_of(sums, start, view)]
    changed = [UsageDetail(name=chunk.name, measured=_without(chunk.measured, places)) for chunk in chunks]
    return [msgspec.structs.replace(sums, periods=periods, details=details or None), *changed, *waiting]


def _without(measured: Measured, places: set[tuple[str, str]]) -> dict[str, Groups]:
    kept: dict[str, Groups] = {}
    for name, groups in measured.items():
        parsed = MeasuredName.parse(name)
        if (parsed.tally, parsed.day) not in places:
            kept[name] = groups
    return kept

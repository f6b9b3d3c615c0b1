"""What a period's usage takes of the buckets of an account, and what is left: for a close and for live counters.

    settled = settle(account, lines, september)
    settled.covers.of("sub-1", september.start, "fiber", 1, "data.octets")      # (Covered 40 of "data@2026-09-01", ...)
    settled.balances["sub-1"]                                                   # what October begins with

One function for both, so the balance that a customer is shown is what the close bills (R18). Of what is left at the end
of a bucket's validity the part that rolls over becomes a bucket for further periods; the rest expires. It stays with
its closed period, for usage that comes late for that: late usage never takes what a later period has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

import msgspec

from services.rating.account.state import Account, open_to_late
from services.rating.allowance.messages import (
    AllowancesSettled,
    Bucket,
    Covered,
    LateSettled,
    Rollover,
    SettledBucket,
)
from services.rating.allowance.state import AllowanceBalance, PastAllowances
from services.rating.buckets.consume import Owned, Take, Want, after, consume
from services.rating.buckets.granting import LineOfAccount, end_after, granted, pools_of, total, wants
from shared.kernel.period import Period

ZERO: Final = Decimal(0)

CoverKey = tuple[str, date, str, int, str]
"""Subscription, first day of the period, plan, version and meter."""


class LateCovers(NamedTuple):
    """What was included of a closed period's usage when it was billed, and what is with the late one."""

    billed: tuple[Covered, ...]
    total: tuple[Covered, ...]


@dataclass(frozen=True, slots=True)
class Covers:
    """Which usage is included in buckets: the rest is priced."""

    by_key: Mapping[CoverKey, tuple[Covered, ...]] = field(default_factory=dict)
    late: Mapping[CoverKey, LateCovers] = field(default_factory=dict)

    def of(self, subscription_id: str, start: date, plan_id: str, version: int, meter: str) -> tuple[Covered, ...]:
        """What is included of a subscription's usage in the period from `start`."""
        return self.by_key.get((subscription_id, start, plan_id, version, meter), ())

    def late_of(self, subscription_id: str, start: date, plan_id: str, version: int, meter: str) -> LateCovers:
        """The same of a closed period with late usage."""
        return self.late.get((subscription_id, start, plan_id, version, meter), LateCovers((), ()))

    def and_also(self, other: Covers) -> Covers:
        """Both, of different periods."""
        return Covers({**self.by_key, **other.by_key}, {**self.late, **other.late})


NOTHING_COVERED: Final = Covers()


class UsedBucket(NamedTuple):
    """A bucket as the period finds it, and how much its usage takes of it."""

    subscription_id: str
    bucket: Bucket
    used: Decimal

    @property
    def left(self) -> Decimal:
        return total([self.bucket.left, -self.used])


@dataclass(frozen=True, slots=True)
class Settled:
    """`events` say of each subscription what has become of its buckets, `balances` what it has afterwards."""

    covers: Covers
    used: Sequence[UsedBucket]
    takes: Sequence[Take]
    events: Sequence[AllowancesSettled]
    balances: Mapping[str, AllowanceBalance]


def concerned(lines: Iterable[LineOfAccount]) -> bool:
    """Whether any of them has to do with buckets at all: most accounts have not."""
    return any(
        not line.balance.empty or any(version.allowances for plan in line.plans.values() for version in plan.versions)
        for line in lines
    )


def settle(account: Account, lines: Sequence[LineOfAccount], period: Period) -> Settled:
    """What usage of `period`, the first that is not closed, and late usage take of the buckets of an account."""
    if not concerned(lines):
        return Settled(NOTHING_COVERED, (), (), (), {})
    lines = sorted(lines, key=lambda line: line.id)
    buckets = [Owned(line.id, bucket) for line in lines for bucket in _there(account, line, period)]
    pools = {line.id: pools_of(line, period) for line in lines}
    takes = consume([want for line in lines for want in wants(line, line.used, period.start)], buckets, pools)
    used = [_used(*pair) for pair in zip(buckets, after(buckets, takes), strict=True)]
    late_covers, late_events = _settle_late(lines)
    events: list[AllowancesSettled] = []
    for line in lines:
        own = [found for found in used if found.subscription_id == line.id]
        taken = [take for take in takes if take.want.subscription_id == line.id]
        event = _event(account, line, period, own, taken, late_events.get(line.id, []))
        if event.buckets or event.covered or event.late or line.balance.held or line.balance.past:
            events.append(event)
    by_id = {line.id: line.balance for line in lines}
    return Settled(
        covers=Covers(_by_key(takes, period.start), late_covers),
        used=used,
        takes=takes,
        events=events,
        balances={
            **by_id,
            **{event.subscription_id: settled(event, by_id[event.subscription_id], account.closed) for event in events},
        },
    )


def settled(event: AllowancesSettled, balance: AllowanceBalance, closed: Iterable[Period]) -> AllowanceBalance:
    """The balance after a close. `closed` are the account's closed periods before it."""
    past = dict(balance.past)
    for late in event.late:
        held = past.get(late.period_start, PastAllowances())
        past[late.period_start] = msgspec.structs.replace(
            held, left=tuple(late.left), covered=_together(held.covered, late.covered)
        )
    if event.left or event.covered or event.pools:
        past[event.period.start] = PastAllowances(
            left=tuple(event.left), covered=tuple(event.covered), pools=tuple(event.pools)
        )
    kept = {period.start for period in open_to_late(closed, event.period)}
    return msgspec.structs.replace(
        balance, held=tuple(event.held), past={start: held for start, held in past.items() if start in kept}
    )


def _there(account: Account, line: LineOfAccount, period: Period) -> Iterator[Bucket]:
    """What a subscription has in the period: what is carried and still valid, and what its plan grants."""
    held = {bucket.bucket_id: bucket for bucket in line.balance.held if serves(bucket, period)}
    yield from held.values()
    for bucket in granted(account, line, period):
        if bucket.bucket_id not in held:
            yield bucket


def serves(bucket: Bucket, period: Period) -> bool:
    """Usage is known by period: a bucket that expires within one is valid for all of it."""
    return bucket.expires_on is None or bucket.expires_on > period.start


def _serves_after(bucket: Bucket, period: Period) -> bool:
    """Whether it serves the next period."""
    return bucket.expires_on is None or bucket.expires_on > period.end


def _event(
    account: Account,
    line: LineOfAccount,
    period: Period,
    own: Sequence[UsedBucket],
    takes: Iterable[Take],
    late: list[LateSettled],
) -> AllowancesSettled:
    """What becomes of what is left: it stays, rolls over, or expires with the period."""
    ended = line.subscription.end is not None and line.subscription.end <= period.end
    remaining = [msgspec.structs.replace(used.bucket, left=used.left) for used in own if used.left]
    held = [] if ended else [bucket for bucket in remaining if _serves_after(bucket, period)]
    staying = {bucket.bucket_id for bucket in held}
    over = [bucket for bucket in remaining if bucket.bucket_id not in staying]
    rolled = {} if ended else _rolled_over(account, line, period, over, held)
    rolled_over = {bucket_id: bucket.left for bucket_id, bucket in rolled.items()}
    expired = {b.bucket_id: total([b.left, -rolled_over.get(b.bucket_id, ZERO)]) for b in over}
    return AllowancesSettled(
        subscription_id=line.id,
        account_id=account.account_id,
        period=period,
        buckets=[
            SettledBucket(
                bucket_id=used.bucket.bucket_id,
                used=used.used,
                rolled_over=rolled_over.get(used.bucket.bucket_id, ZERO),
                expired=expired.get(used.bucket.bucket_id, ZERO),
                top_up=used.bucket.source == "top_up",
            )
            for used in own
        ],
        held=[*held, *rolled.values()],
        left=[msgspec.structs.replace(b, left=expired[b.bucket_id]) for b in over if expired[b.bucket_id]],
        covered=_covered(takes),
        pools=sorted(pools_of(line, period)),
        late=late,
    )


def _rolled_over(
    account: Account, line: LineOfAccount, period: Period, over: Sequence[Bucket], held: Sequence[Bucket]
) -> dict[str, Bucket]:
    """What rolls over of each bucket of the plan whose time is over, by its id; nothing does so twice."""
    found = line.granting(period)
    terms: dict[str, Rollover] = {a.id: a.rollover for a in found[1].allowances if a.rollover} if found else {}
    rolled: dict[str, Bucket] = {}
    for bucket in over:
        rollover = terms.get(bucket.allowance)
        if rollover is None or bucket.source != "plan":
            continue
        carried = [b.left for b in (*held, *rolled.values()) if _is_carried(b, bucket.allowance)]
        most = rollover.max_quantity
        room = bucket.left if most is None else min(bucket.left, total([most, -total(carried)]))
        if room > 0:
            rolled[bucket.bucket_id] = msgspec.structs.replace(
                bucket,
                bucket_id=f"{bucket.bucket_id}/rollover",
                source="rollover",
                granted=room,
                left=room,
                expires_on=end_after(account, period, rollover.periods),
            )
    return rolled


def _is_carried(bucket: Bucket, allowance: str) -> bool:
    return bucket.source == "rollover" and bucket.allowance == allowance


def _settle_late(
    lines: Sequence[LineOfAccount],
) -> tuple[dict[CoverKey, LateCovers], dict[str, list[LateSettled]]]:
    """What late usage takes of what its closed periods had left, period by period."""
    covers: dict[CoverKey, LateCovers] = {}
    events: dict[str, list[LateSettled]] = {}
    for start in sorted({late.period.start for line in lines for late in line.late}):
        past = {line.id: line.balance.past.get(start, PastAllowances()) for line in lines}
        buckets = [Owned(owner, bucket) for owner, held in past.items() for bucket in held.left]
        # Of late usage only what is new: f(total) less what was billed, which has had its part.
        came = [(line, late) for line in lines for late in line.late if late.period.start == start]
        total_of = {_of_want(want): want.quantity for line, late in came for want in wants(line, late.total, start)}
        billed_of = {_of_want(want): want.quantity for line, late in came for want in wants(line, late.billed, start)}
        asked = [
            want._replace(quantity=more)
            for line, late in came
            for want in wants(line, late.late, start)
            if (more := _beyond_covered(want, total_of, past)) > 0
        ]
        takes = consume(asked, buckets, {owner: frozenset(held.pools) for owner, held in past.items()})
        left = after(buckets, takes)
        new = _by_key(takes, start)
        for of in {**billed_of, **total_of}:
            subscription_id, *_, meter = of
            key = (subscription_id, start, of[1], of[2], meter)
            covered = tuple(c for c in past[subscription_id].covered if (c.plan_id, c.plan_version, c.meter) == of[1:])
            billed = _at_most(covered, billed_of.get(of, ZERO))
            covers[key] = LateCovers(billed, _at_most(_together(covered, new.get(key, ())), total_of.get(of, ZERO)))
        for owner, held in past.items():
            now = [bucket for name, bucket in left if name == owner]
            taken = _covered([take for take in takes if take.want.subscription_id == owner])
            if taken or now != list(held.left):
                settled_late = LateSettled(period_start=start, left=[b for b in now if b.left], covered=taken)
                events.setdefault(owner, []).append(settled_late)
    return covers, events


def _of_want(want: Want) -> tuple[str, str, int, str]:
    return want.subscription_id, want.plan_id, want.plan_version, want.meter


def _beyond_covered(
    want: Want, total_of: Mapping[tuple[str, str, int, str], Decimal], past: Mapping[str, PastAllowances]
) -> Decimal:
    """How much of late usage is not included yet: where usage was retracted, what was included of that pays first."""
    of = _of_want(want)
    covered = [c.quantity for c in past[want.subscription_id].covered if (c.plan_id, c.plan_version, c.meter) == of[1:]]
    return min(want.quantity, total([total_of.get(of, ZERO), -total(covered)]))


def _at_most(covered: Iterable[Covered], quantity: Decimal) -> tuple[Covered, ...]:
    """What is included, as far as there is usage: of usage that was retracted nothing is."""
    found: list[Covered] = []
    for one in covered:
        part = min(one.quantity, quantity)
        quantity = total([quantity, -part])
        if part > 0:
            found.append(msgspec.structs.replace(one, quantity=part))
    return tuple(found)


def _by_key(takes: Iterable[Take], start: date) -> dict[CoverKey, tuple[Covered, ...]]:
    by_want: dict[CoverKey, list[Take]] = {}
    for take in takes:
        want = take.want
        key = (want.subscription_id, start, want.plan_id, want.plan_version, want.meter)
        by_want.setdefault(key, []).append(take)
    return {key: tuple(_covered(taken)) for key, taken in by_want.items()}


def _covered(takes: Iterable[Take]) -> list[Covered]:
    """By bucket id: of a pool, the buckets of several subscriptions have the same."""
    return list(
        _together(
            (),
            [
                Covered(
                    plan_id=take.want.plan_id,
                    plan_version=take.want.plan_version,
                    meter=take.want.meter,
                    bucket_id=take.owned.bucket.bucket_id,
                    quantity=take.quantity,
                )
                for take in takes
            ],
        )
    )


def _together(some: Iterable[Covered], more: Iterable[Covered]) -> tuple[Covered, ...]:
    together: dict[tuple[str, int, str, str], Covered] = {}
    for covered in (*some, *more):
        key = (covered.plan_id, covered.plan_version, covered.meter, covered.bucket_id)
        held = together.get(key)
        quantity = total([held.quantity, covered.quantity]) if held else covered.quantity
        together[key] = msgspec.structs.replace(covered, quantity=quantity)
    return tuple(together.values())


def _used(owned: Owned, left: Owned) -> UsedBucket:
    return UsedBucket(owned.subscription_id, owned.bucket, total([owned.bucket.left, -left.bucket.left]))

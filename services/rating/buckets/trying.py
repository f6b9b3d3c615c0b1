"""A rule tried on a month that has been: what would be left of its buckets, when it would have throttled. Pure.

Every allowance is granted once, in full, to the one subscription; nothing is carried into the month, and nothing
bought. Days count as steps are reached: on the first day by whose end the usage of the meter is enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from services.rating.allowance.messages import Allowance, Bucket, FairUseStep, Validity
from services.rating.buckets.consume import Owned, Want, after, consume
from services.rating.buckets.fair_use import threshold
from services.rating.buckets.granting import total
from shared.kernel.period import Period


class UsedOnDay(NamedTuple):
    """How much of a meter was used on a day."""

    day: date
    meter: str
    quantity: Decimal


class TriedAllowance(NamedTuple):
    allowance: Allowance
    used: Decimal
    left: Decimal
    rolls_over: Decimal


class TriedStep(NamedTuple):
    """`on`: the day on which the step would have been reached, `None` if it never was."""

    allowance: Allowance
    step: FairUseStep
    on: date | None


class Tried(NamedTuple):
    allowances: list[TriedAllowance]
    steps: list[TriedStep]
    used: dict[str, Decimal]
    over: dict[str, Decimal]


def tried(allowances: Sequence[Allowance], usage: Iterable[UsedOnDay], period: Period) -> Tried:
    """What the rule would have made of the usage; `used` and `over`, what no bucket pays for, by meter."""
    days = sorted(usage)
    meters = sorted({allowance.meter for allowance in allowances})
    used = {meter: total([one.quantity for one in days if one.meter == meter]) for meter in meters}
    buckets = [Owned("", _bucket(allowance, period)) for allowance in allowances]
    takes = consume([Want("", meter, 0, "", 0, quantity) for meter, quantity in used.items()], buckets, {})
    left = [owned.bucket.left for owned in after(buckets, takes)]
    return Tried(
        allowances=[
            TriedAllowance(allowance, total([allowance.quantity, -rest]), rest, _rolls_over(allowance, rest))
            for allowance, rest in zip(allowances, left, strict=True)
        ],
        steps=[
            TriedStep(allowance, step, _reached(step, allowance.meter, allowances, days))
            for allowance in allowances
            for step in allowance.then
        ],
        used=used,
        over={
            meter: total([quantity, *(-take.quantity for take in takes if take.want.meter == meter)])
            for meter, quantity in used.items()
        },
    )


def _bucket(allowance: Allowance, period: Period) -> Bucket:
    """Of several the one that expires first pays first: those of one period before those of more."""
    longer = isinstance(allowance.validity, Validity)
    return Bucket(
        bucket_id=allowance.id,
        meter=allowance.meter,
        source="plan",
        granted=allowance.quantity,
        left=allowance.quantity,
        priority=allowance.priority,
        expires_on=None if longer else period.end,
    )


def _rolls_over(allowance: Allowance, left: Decimal) -> Decimal:
    if allowance.rollover is None:
        return Decimal(0)
    most = allowance.rollover.max_quantity
    return left if most is None else min(left, most)


def _reached(step: FairUseStep, meter: str, allowances: Sequence[Allowance], days: Iterable[UsedOnDay]) -> date | None:
    needed = threshold(step.at, total([one.quantity for one in allowances if one.meter == meter]))
    so_far = Decimal(0)
    for one in days:
        if one.meter == meter:
            so_far = total([so_far, one.quantity])
            if so_far >= needed:
                return one.day
    return None

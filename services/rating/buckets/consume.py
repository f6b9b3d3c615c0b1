"""Which bucket pays for which usage: by priority, then earliest expiry, then id (R18). Pure.

Only totals of a period enter, and they are served in canonical order, so the order in which usage arrived changes
nothing (R16). 70 units with buckets A (priority 0, 40 left) and B (priority 1, 100 left) take 40 of A and 30 of B.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import msgspec

from services.rating.allowance.messages import Bucket
from shared.kernel.decimals import exact


class Want(NamedTuple):
    """What a version of a plan would price of a subscription's usage. They are served in the order of these fields.

    `place` counts the versions of the subscription in the order they were in force.
    """

    subscription_id: str
    meter: str
    place: int
    plan_id: str
    plan_version: int
    quantity: Decimal


class Owned(NamedTuple):
    """A bucket and the subscription that it was granted to."""

    subscription_id: str
    bucket: Bucket


class Take(NamedTuple):
    """So much of a want comes out of a bucket."""

    want: Want
    owned: Owned
    quantity: Decimal


def consume(wants: Iterable[Want], buckets: Sequence[Owned], pools: Mapping[str, frozenset[str]]) -> list[Take]:
    """What each bucket gives to each want; what no bucket gives is priced. `pools` of each subscription, by its id.

    A subscription uses its own buckets and those of its pools; among equal ones its own first.
    """
    left = {place: owned.bucket.left for place, owned in enumerate(buckets)}
    takes: list[Take] = []
    with exact():
        for want in sorted(wants):
            need = want.quantity
            for place in sorted(
                _open_to(want, buckets, pools), key=lambda place: order(want.subscription_id, buckets[place])
            ):
                taken = min(need, left[place])
                if taken > 0:
                    left[place] -= taken
                    need -= taken
                    takes.append(Take(want, buckets[place], taken))
    return takes


def after(buckets: Sequence[Owned], takes: Iterable[Take]) -> list[Owned]:
    """The same buckets, in the same order, with what the takes have left of them."""
    used: dict[tuple[str, str], Decimal] = {}
    with exact():
        for take in takes:
            name = (take.owned.subscription_id, take.owned.bucket.bucket_id)
            used[name] = used.get(name, Decimal(0)) + take.quantity
        return [
            Owned(owner, msgspec.structs.replace(bucket, left=bucket.left - used.get((owner, bucket.bucket_id), 0)))
            for owner, bucket in buckets
        ]


def _open_to(want: Want, buckets: Sequence[Owned], pools: Mapping[str, frozenset[str]]) -> list[int]:
    joined = pools.get(want.subscription_id, frozenset())
    return [
        place
        for place, (owner, bucket) in enumerate(buckets)
        if bucket.meter == want.meter and (owner == want.subscription_id or bucket.pool in joined)
    ]


def order(subscription_id: str, owned: Owned) -> tuple[int, date, str, bool, str]:
    """Of the buckets that a subscription may use those with the lower order pay first."""
    owner, bucket = owned
    return bucket.priority, bucket.expires_on or date.max, bucket.bucket_id, owner != subscription_id, owner

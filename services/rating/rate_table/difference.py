"""What another version of a table changes: which prefixes come, go, cost more, cost less.

    found = differences(old, new)
    found["raised"]      # [RateChange("33", before=…, after=…, percent=Decimal("12.50")), …]

A rate is raised where a second of some band or its connect fee costs more and none less, and lowered the other way.
What is dearer in one band and cheaper in another, or has other times or increments, is `changed`. Notations do not
differ: a fee of the rate and the same fee of all its bands is one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal, NamedTuple, get_args

from services.rating.pricing.calls.rate import Band, CallRate

Kind = Literal["added", "removed", "raised", "lowered", "changed"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


class RateChange(NamedTuple):
    """`percent`: by how much the second that changes most does, to 2 decimals; `None` where no second does, or was free
    before."""

    prefix: str
    before: CallRate | None
    after: CallRate | None
    percent: Decimal | None = None


def differences(before: Sequence[CallRate], after: Sequence[CallRate]) -> Mapping[Kind, list[RateChange]]:
    """The changes of each kind, by prefix. Both are by rising prefix."""
    old = {rate.prefix: rate for rate in before}
    found: dict[Kind, list[RateChange]] = {kind: [] for kind in KINDS}
    for rate in after:
        earlier = old.pop(rate.prefix, None)
        if earlier is None:
            found["added"].append(RateChange(rate.prefix, None, rate))
        elif earlier != rate and (kind := _kind(earlier, rate)) is not None:
            found[kind].append(RateChange(rate.prefix, earlier, rate, _percent(earlier, rate)))
    found["removed"] = [RateChange(prefix, rate, None) for prefix, rate in old.items()]
    return found


def _kind(before: CallRate, after: CallRate) -> Kind | None:
    """`None` where they only say the same in other words."""
    if [band.times for band in before.bands] != [band.times for band in after.bands]:
        return "changed"
    rises = falls = False
    for one, other in zip(before.bands, after.bands, strict=True):
        for was, becomes in zip(_costs(before, one), _costs(after, other), strict=True):
            rises, falls = rises or becomes > was, falls or becomes < was
    if rises != falls:
        return "raised" if rises else "lowered"
    same = all(
        _increments(before, one) == _increments(after, other)
        for one, other in zip(before.bands, after.bands, strict=True)
    )
    return None if same and not rises and before.name == after.name else "changed"


def _costs(rate: CallRate, band: Band) -> tuple[Fraction, Fraction]:
    fee = rate.connect_fee if band.connect_fee is None else band.connect_fee
    return _second(band), Fraction(fee or 0)


def _second(band: Band) -> Fraction:
    return Fraction(band.unit_price) / Fraction(band.per_s)


def _increments(rate: CallRate, band: Band) -> object:
    return rate.increments if band.increments is None else band.increments


def _percent(before: CallRate, after: CallRate) -> Decimal | None:
    if len(before.bands) != len(after.bands):
        return None
    shares = [
        (_second(other) - was) / was
        for one, other in zip(before.bands, after.bands, strict=True)
        if (was := _second(one)) and was != _second(other)
    ]
    if not shares:
        return None
    return Decimal(round(max(shares, key=abs) * 10_000)).scaleb(-2)

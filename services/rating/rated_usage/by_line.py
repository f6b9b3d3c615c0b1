"""The records of a guided message by line, meter and local day: what is then summed as one.

    by_line(records, zone_of)    [OfLine("acc-1", "sub-1", "data.octets", 2026-09-14, 73_400_320_000_000, [0, 7]), ...]

Integers of any size, and columns: days are asked for once for each instant and zone, and nothing is asked of a record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from services.rating.recurring.calendar import QUARTER_US, day_of_quarter
from services.usage.record.messages import GuidedColumns


class OfLine(NamedTuple):
    """Records of a line on one of its local days: `quantity` in 1e-6 units, and their indexes."""

    account: str
    subscription: str
    meter: str
    day: date
    quantity: int
    indexes: list[int]


def by_line(records: GuidedColumns, zone_of: Callable[[str], str]) -> Iterator[OfLine]:
    """In the order in which the first of each comes. `zone_of` gives the time zone of an account."""
    holders = records.holder.values
    zones = [zone_of(account) for account, _ in holders]
    days = {zone: [_day(zone, instant) for instant in records.started_at.values] for zone in dict.fromkeys(zones)}
    if len(records.meter.values) == 1 and len(all_days := {day for of_zone in days.values() for day in of_zone}) == 1:
        return _of_one_day(records, all_days.pop())
    return _of_several(records, [days[zone] for zone in zones])


def _day(zone: str, started_at: int) -> date:
    return day_of_quarter(zone, started_at // QUARTER_US)


def _of_one_day(records: GuidedColumns, day: date) -> Iterator[OfLine]:
    """All of one meter and one local day, as nearly always: a line is a place in two lists."""
    holders, [meter] = records.holder.values, records.meter.values
    quantities, indexes = [0] * len(holders), [list[int]() for _ in holders]
    codes = records.holder.code_of_each(records.count)
    for code, quantity, index in zip(codes, records.quantity, records.index, strict=True):
        quantities[code] += quantity
        indexes[code].append(index)
    for (account, subscription), quantity, of_line in zip(holders, quantities, indexes, strict=True):
        if of_line:
            yield OfLine(account, subscription, meter, day, quantity, of_line)


def _of_several(records: GuidedColumns, days: Sequence[Sequence[date]]) -> Iterator[OfLine]:
    """`days` has for each holder the local days of the instants."""
    count = records.count
    holders, meters = records.holder.values, records.meter.values
    found: dict[tuple[int, int, date], tuple[list[int], list[int]]] = {}
    for holder, meter, instant, quantity, index in zip(
        records.holder.code_of_each(count),
        records.meter.code_of_each(count),
        records.started_at.code_of_each(count),
        records.quantity,
        records.index,
        strict=True,
    ):
        key = (holder, meter, days[holder][instant])
        held = found.get(key)
        if held is None:
            held = found[key] = ([], [])
        held[0].append(quantity)
        held[1].append(index)
    for (holder, meter, day), (quantities, indexes) in found.items():
        yield OfLine(*holders[holder], meters[meter], day, sum(quantities), indexes)

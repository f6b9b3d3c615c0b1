"""What the equipment of the demo's customers measures in a month, with the troubles that real feeds have.

Each customer's line reports data twice a day and now and then a call. Mixed in: records sent twice (duplicates),
sent twice with another quantity (conflicts), of lines nobody knows, broken ones, and some that arrive only after their
month has been closed (late). How many of each is drawn from the seed, so the answer is known.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from meterlog.demo.world import GIGABYTE, METERS, TIME_ZONE, Customer, World, month_after
from shared.kernel.calendar import midnight
from shared.kernel.envelope import format_instant

REPORTS_A_DAY = 2
DUPLICATES = 0.004
CONFLICTS = 0.001
UNKNOWN = 0.001
MALFORMED = 0.0005
LATE = 0.001

Record = dict[str, Any]


@dataclass(frozen=True)
class Month:
    """`regular` is published during the month, `late` after it was closed."""

    regular: list[Record]
    late: list[Record]


def month_of(world: World, first: date) -> Month:
    """All records of a month, in the order in which they are published."""
    chance = random.Random(f"{world.seed}/{first}")
    regular: list[Record] = []
    late: list[Record] = []
    for record in _measured(world, first, chance):
        (late if chance.random() < LATE else regular).append(record)
        regular.extend(_troubles(record, chance))
    # Feeds are not ordered: records change places within some thousand.
    for start in range(0, len(regular), 4000):
        block = regular[start : start + 4000]
        chance.shuffle(block)
        regular[start : start + 4000] = block
    return Month(regular, late)


def _measured(world: World, first: date, chance: random.Random) -> Iterator[Record]:
    day = first
    while day < month_after(first):
        opened = midnight(day, TIME_ZONE)
        for customer in world.customers:
            yield from _day_of(customer, opened, chance)
        day += timedelta(days=1)


def _day_of(customer: Customer, opened: datetime, chance: random.Random) -> Iterator[Record]:
    meters = METERS[customer.plan_id]
    step = timedelta(hours=20) / REPORTS_A_DAY
    for report in range(REPORTS_A_DAY):
        started = opened + step * report
        octets = chance.randrange(customer.appetite * GIGABYTE)
        yield _record(customer.resource, "data.octets", octets, started, started + step, chance)
    if "voice.seconds" in meters and chance.random() < 0.5:
        started = opened + timedelta(seconds=chance.randrange(8 * 3600, 19 * 3600))
        seconds = chance.randrange(5, 900)
        yield _record(
            customer.resource, "voice.seconds", seconds, started, started + timedelta(seconds=seconds), chance
        )


def _troubles(record: Record, chance: random.Random) -> Iterator[Record]:
    draw = chance.random()
    if draw < DUPLICATES:
        yield dict(record)
    elif draw < DUPLICATES + CONFLICTS:
        yield {**record, "quantity": str(int(record["quantity"]) + 1)}
    elif draw < DUPLICATES + CONFLICTS + UNKNOWN:
        yield {**record, "id": _id(chance), "resource": "mac:00:00:00:00:00:00"}
    elif draw < DUPLICATES + CONFLICTS + UNKNOWN + MALFORMED:
        yield {**record, "id": _id(chance), "quantity": int(record["quantity"])}


def _record(
    resource: str, meter: str, quantity: int, started: datetime, ended: datetime, chance: random.Random
) -> Record:
    return {
        "id": _id(chance),
        "source": f"olt-{int(resource[-2:], 16) % 8 + 1}",
        "resource": resource,
        "meter": meter,
        "quantity": str(quantity),
        "started_at": format_instant(started),
        "ended_at": format_instant(ended),
    }


def _id(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))

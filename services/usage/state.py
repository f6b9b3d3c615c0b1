"""The state of usage: small states, each folded from events alone.

Meter("data.octets")          reference data: in partition 0, read everywhere
Resource("mac:00:1b:...")     with its assignments; in the partition of its id, read everywhere
Counter("if:7|data.octets")   its latest readings; in the partition of the counter
Intake                        one per partition: what has been taken, how far intake is, numbers of guided messages
Undecodable("3")              how far a reported partition's unreadable bytes have been reported
ResolvedBytes("1842-17")      what an operator made of some of them
Seen                          a dedupe key; its rows are written and loaded by projection.py
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Final

import msgspec

from shared.kernel.decider import Home, State

INTAKE: Final = "intake"


class Meter(State, frozen=True, kw_only=True):
    """What a quantity counts, and how the records of a period combine."""

    HOME: ClassVar[Home] = Home.REFERENCE

    meter_id: str
    unit: str
    aggregation: str
    name: str | None = None

    @property
    def key(self) -> str:
        return self.meter_id


BUILT_IN: Final = {
    "data.octets": Meter(meter_id="data.octets", unit="octet", aggregation="sum", name="Data volume"),
    "voice.seconds": Meter(meter_id="voice.seconds", unit="s", aggregation="sum", name="Call time"),
}
"""Meters that exist without anybody defining them."""


class Assignment(msgspec.Struct, frozen=True, array_like=True):
    """Usage that starts in [valid_from, valid_to) belongs to the subscription; open-ended when `None`.

    Instants are microseconds since the epoch, as in the records they are compared with.
    """

    valid_from: int
    valid_to: int | None
    account: str
    subscription: str


class Resource(State, frozen=True, kw_only=True):
    """The equipment's name for a line; `assignments` are in order of time and do not overlap."""

    HOME: ClassVar[Home] = Home.KEYED

    resource_id: str
    assignments: tuple[Assignment, ...] = ()
    version: int = 1

    @property
    def key(self) -> str:
        return self.resource_id


class Reading(msgspec.Struct, frozen=True, array_like=True):
    """What a counter showed. `value` is an integer of 1e-6 units as text: it may exceed 64 bits.

    `counted` matters where the interval that ends here is ambiguous (counters.py).
    """

    read_at: int
    value: str
    bits: int
    boot_id: str | None = None
    uptime_s: int | None = None
    counted: str = "0"


class Counter(State, frozen=True, kw_only=True):
    """The latest readings of a counter, in order of time. `trimmed`: there were earlier ones, which are forgotten."""

    resource: str
    meter: str
    readings: tuple[Reading, ...]
    trimmed: bool = False

    @property
    def key(self) -> str:
        return counter_key(self.resource, self.meter)


def counter_key(resource: str, meter: str) -> str:
    return f"{resource}|{meter}"


class Intake(State, frozen=True, kw_only=True):
    """`taken`: highest position counted per reported partition. `progress`: how far each of them has been read.

    `through` is the least of `progress` over all of them, `None` while one has not been heard of. `guided` is the
    number of the last message sent to each account partition.
    """

    taken: dict[int, int] = {}
    progress: dict[int, datetime] = {}
    through: datetime | None = None
    guided: dict[int, int] = {}

    @property
    def key(self) -> str:
        return INTAKE


class Undecodable(State, frozen=True, kw_only=True):
    """The highest position of a reported partition whose bytes were reported as unreadable."""

    reported_partition: int
    through: int

    @property
    def key(self) -> str:
        return str(self.reported_partition)


class ResolvedBytes(State, frozen=True, kw_only=True):
    """What became of item `item` of event `seq`: it is resolved once."""

    seq: int
    item: int
    status: str

    @property
    def key(self) -> str:
        return item_key(self.seq, self.item)


def item_key(seq: int, item: int) -> str:
    return f"{seq}-{item}"


class Seen(State, frozen=True, kw_only=True, gc=False):
    """A record that was counted: the hex of its dedupe key, and the hash of what it said."""

    STORED = False

    name: str
    content: bytes

    @property
    def key(self) -> str:
        return self.name

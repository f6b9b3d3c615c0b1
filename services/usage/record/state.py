"""What is known of usage records: what was counted, and from where.

DedupeDay                     one per partition: of which UTC day its latest record was counted
DedupeKey                     a record that was counted; its rows are written and loaded by rows.py
Counter("if:7|data.octets")   its latest readings; in the partition of the counter
ReportedPositions             one per partition: up to which position each reported partition is recorded
GuidedNumbers                 one per partition: the number of the last message to each account partition
"""

from __future__ import annotations

from typing import Annotated, Final

import msgspec

from services.usage.record.columns import RecordedColumns
from shared.kernel.decider import State
from shared.kernel.partition import partition_of

AHEAD_MAX_US: Final = 86_400_000_000
"""A record of more than a day ahead comes from a clock that is wrong."""

DAY_US: Final = 86_400_000_000
HORIZON_DAYS: Final = 35
"""For so many UTC days dedupe keys are kept; a record of an earlier day is `too_late`."""

TOO_LATE: Final = "too_late"
POSITIONS: Final = "positions"
NUMBERS: Final = "numbers"


class DedupeKey(State, frozen=True, gc=False):
    """A record that was counted: the hex of its dedupe key, and the hash of what it said."""

    KEY_FIELD = "name"

    STORED = False
    FOLDED = True

    name: str
    content: bytes


class DedupeDay(State, frozen=True, kw_only=True):
    """One per partition: the latest UTC day on which it counted records, in days since 1970."""

    day: int

    @property
    def key(self) -> str:
        return POSITIONS


class Reading(msgspec.Struct, frozen=True, array_like=True):
    """What a counter showed. `value` is an integer of 1e-6 units as text: it may exceed 64 bits.

    `counted` matters where the interval that ends here is ambiguous (counters.py). `line_speed_bps` is what its line
    can carry, `discontinuity` changes where the counter jumped though its device ran on (ifCounterDiscontinuityTime).
    """

    read_at: int
    value: Annotated[str, msgspec.Meta(pattern="^[0-9]{1,30}$")]
    bits: int
    boot_id: str | None = None
    uptime_s: int | None = None
    counted: str = "0"
    line_speed_bps: int | None = None
    discontinuity: str | None = None


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


class ReportedPositions(State, frozen=True, kw_only=True):
    """The highest position recorded of each reported partition: what comes again at or below it is dropped."""

    highest: dict[int, int] = {}

    @property
    def key(self) -> str:
        return POSITIONS


class GuidedNumbers(State, frozen=True, kw_only=True):
    """The number of the last `GuidedUsage` sent to each account partition."""

    last: dict[int, int] = {}

    @property
    def key(self) -> str:
        return NUMBERS


def next_numbers(recorded: RecordedColumns, numbers: GuidedNumbers, partitions: int) -> dict[int, int]:
    """The next number for each account partition that gets a message from an event of these records."""
    accounts = {account for account, *_ in recorded.fate.values}
    targets = sorted({partition_of(account, partitions) for account in accounts if account is not None})
    return {target: numbers.last.get(target, 0) + 1 for target in targets}

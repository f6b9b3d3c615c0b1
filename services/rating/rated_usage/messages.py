"""Usage in sums: what each message of guided usage adds. The hot path, in batches.

usage.GuidedUsage -> RateGuided -> UsageRated(sums=[...], not_billable=[...], returned=[...])
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

import msgspec
from msgspec.structs import force_setattr

from services.rating.rated_usage.sums import RatedSum, RatedSums
from services.usage.record.messages import GuidedColumns
from shared.kernel.bounds import Count, Index, Partition, Seq
from shared.kernel.message import Command, Event

__all__ = [
    "GiveUsageBack",
    "LateSum",
    "MovedUsage",
    "RateGuided",
    "RatedMeasure",
    "RatedSum",
    "RatedSums",
    "TakenOfClosed",
    "TakenUsage",
    "UsageGivenBack",
    "UsageMoved",
    "UsageRated",
    "UsageRatedV1",
    "UsageTakenBack",
    "came_late",
    "in_time",
]


class RateGuided(Command, frozen=True, kw_only=True):
    """Take the records of a guided message into the sums. Decided where the message arrives: it never travels. Raises
    `PairGap` if a message of the pair is missing.

    `part`: of a message whose number has been taken. `origins`: source and id of records by their index.
    """

    KEY_FIELD = ""

    HOT: ClassVar[bool] = True

    source: int
    n: int
    seq: int
    records: GuidedColumns
    part: bool = False
    origins: dict[int, tuple[str, str]] = {}

    def __post_init__(self) -> None:
        if type(self.records) is not GuidedColumns:
            force_setattr(self, "records", GuidedColumns.of([*self.records]))
        super().__post_init__()


class RatedMeasure(msgspec.Struct, frozen=True, array_like=True):
    """What the records of `sums[of]` come to in a measure that is more than their sum and their number.

    `measure` names it, beginning with its aggregation (`MeterMeasure.name`). Of each combination of words that it
    groups by, the state of the aggregation; without grouping of one, without words.
    """

    of: Index
    measure: str
    groups: list[tuple[tuple[str, ...], Any]]


class LateSum(msgspec.Struct, frozen=True, array_like=True):
    """`sums[of]` is of a period that was closed before it came. It is charged with the period that begins `billed_in`:
    the open one."""

    of: Index
    billed_in: date


class UsageRated(Event, frozen=True, kw_only=True):
    """The records of `usage/{source}/{usage_seq}` for accounts of this partition are in the sums. Hot. Of what is
    given as a list of sums columns are made.

    `not_billable` and `returned` list `[index, reason, account]` of those that are not: nothing prices them
    (`no_price`), or they go back to quarantine (`too_late`, `no_subscription`, and what a price says it cannot price).
    `part`: of a message split because of a bug, whose number another part has taken; what is missing is parked.
    `measured`: what prices need of the records beyond sums. A record that counts over time and reaches into another
    period is measured there too, in a sum without records. `late`: which sums are of closed periods (R34).
    """

    VERSION = 2
    KEY_FIELD = ""

    HOT: ClassVar[bool] = True

    source: Partition
    n: Seq
    usage_seq: Seq
    sums: RatedSums
    not_billable: list[tuple[Index, str, str]] = []
    returned: list[tuple[Index, str, str]] = []
    part: bool = False
    measured: list[RatedMeasure] = []
    late: list[LateSum] = []

    def __post_init__(self) -> None:
        if type(self.sums) is not RatedSums:
            force_setattr(self, "sums", RatedSums.of([*self.sums]))
        super().__post_init__()


class UsageRatedV1(Event, frozen=True, kw_only=True):
    """As it was with a row for each sum."""

    KEY_FIELD = ""

    HOT: ClassVar[bool] = True

    source: Partition
    n: Seq
    usage_seq: Seq
    sums: list[RatedSum]
    not_billable: list[tuple[Index, str, str]] = []
    returned: list[tuple[Index, str, str]] = []
    part: bool = False
    measured: list[RatedMeasure] = []
    late: list[LateSum] = []

    def upcast(self) -> UsageRated:
        given = {name: getattr(self, name) for name in self.__struct_fields__}
        return UsageRated(**given | {"sums": RatedSums.of(self.sums)})


class MovedUsage(msgspec.Struct, frozen=True, array_like=True):
    """The usage of a meter on a local day, priced by `plan` and `version` now; `quantity` in 1e-6 units."""

    period_start: date
    day: date
    meter: str
    plan_before: str
    version_before: Count
    plan: str
    version: Count
    quantity: int
    records: int


class UsageMoved(Event, frozen=True, kw_only=True):
    """Usage of open periods, rated by the plan before, counts for the plan that a change puts in force on its days.

    `change_id` is the change of the subscription. The records behind the sums are the same.
    """

    subscription_id: str
    account_id: str
    change_id: str
    moved: list[MovedUsage]

    @property
    def key(self) -> str:
        return self.account_id


class TakenUsage(msgspec.Struct, frozen=True, array_like=True):
    """The usage of a meter on a local day that counts no more; `quantity` in 1e-6 units.

    `behind` are its records: of each usage partition and event there, their indexes. Where they fill several events,
    the first one has the sum, and the others more of the records.
    """

    period_start: date
    day: date
    meter: str
    plan: str
    version: Count
    quantity: int
    records: Count
    behind: list[tuple[Partition, Seq, list[Index]]] = []


class TakenOfClosed(TakenUsage, frozen=True, kw_only=True, array_like=True):
    """The same of a closed period: `billed_in` is the first day of the one whose close credits it.

    `credited` of its records have been charged, the others wait to be.
    """

    billed_in: date
    credited: Count = 0


class GiveUsageBack(Command, frozen=True, kw_only=True):
    """Send the records of the n-th `UsageTakenBack` of an end back. A timer asks, once it is their turn."""

    account_id: str
    change_id: str
    n: Index


class UsageTakenBack(Event, frozen=True, kw_only=True):
    """Usage is in no sum any more: its days lie behind the end that `change_id` put in the past. What was charged of it
    is credited with the next close.

    Its records go back to quarantine for `reason`, as had they come after the end was known. An end with many of them
    has several such events, `n` from 0; the records of the first go back at once, the others in turn.
    """

    subscription_id: str
    account_id: str
    change_id: str
    reason: str
    taken: list[TakenUsage]
    n: Index = 0
    closed: list[TakenOfClosed] = []

    @property
    def key(self) -> str:
        return self.account_id


class UsageGivenBack(Event, frozen=True, kw_only=True):
    """The records of the n-th `UsageTakenBack` of an end, `behind` it, are on their way back to quarantine.

    Of each usage partition and event there, their indexes.
    """

    account_id: str
    change_id: str
    n: Index
    reason: str
    behind: list[tuple[Partition, Seq, list[Index]]]


def came_late(event: UsageRated) -> Iterator[tuple[RatedSum, date]]:
    """The sums that did, each with the first day of the period that is charged with it."""
    for late in event.late:
        if late.of < len(event.sums):
            yield event.sums[late.of], late.billed_in


def in_time(event: UsageRated) -> list[RatedSum]:
    """The sums that did not come late."""
    if not event.late:
        return event.sums.rows
    late = {late.of for late in event.late}
    return [added for place, added in enumerate(event.sums) if place not in late]

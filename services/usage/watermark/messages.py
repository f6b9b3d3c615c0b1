"""How far intake is: the instant before which everything that was reported has been counted.

IntakeProgressed(through=12:00:07, partitions=[0, 1], reported_partitions=2)   intake says so to each usage partition
IntakeCompleteThrough(through=12:00:07)                                        the least over all reported partitions
UsageWatermark(source=3, after=907, through=12:00:07)                          to rating, behind what it covers
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from shared.kernel.bounds import Count, Partition, Seq
from shared.kernel.message import Command, Event


class IntakeProgressed(Command, frozen=True, kw_only=True):
    """All that was reported before `through` in `partitions` (of `reported_partitions`) stands before this command.

    `settled` asks to record it however little it moved: the clock stands still there, or nothing was recorded for long.
    """

    KEY_FIELD = ""
    HOT: ClassVar[bool] = True
    QUIET: ClassVar[bool] = True

    through: datetime
    partitions: list[int]
    reported_partitions: int
    settled: bool = False


class IntakeCompleteThrough(Event, frozen=True, kw_only=True):
    """All that was reported before `through` has been counted in this partition, over every reported partition.

    `progress` is what is new of each reported partition; `through` is the least over all `partitions` of them, `None`
    while one has not been heard of. `guided` is the last number sent to each account partition by then.
    """

    KEY_FIELD = ""
    QUIET: ClassVar[bool] = True
    HOT: ClassVar[bool] = True

    through: datetime | None = None
    progress: dict[int, datetime] = {}
    partitions: Count = 1
    guided: dict[int, int] = {}


class UsageWatermark(Event, frozen=True, kw_only=True):
    """Source partition `source` has sent everything reported before `through`; its last `GuidedUsage` was `after`.

    It is sent again while nothing moves, so that a reader that has just taken over learns it within seconds.
    """

    KEY_FIELD = ""
    QUIET: ClassVar[bool] = True
    HOT: ClassVar[bool] = True

    source: Partition
    after: Seq
    through: datetime

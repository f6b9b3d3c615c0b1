"""Usage in sums: what each message of guided usage adds. The hot path, in batches.

usage.GuidedUsage -> RateGuided -> UsageRated(sums=[...], not_billable=[...], returned=[...])
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import msgspec

from services.usage.events import GuidedRecord
from shared.kernel.bounds import Count, Index, Partition, Seq
from shared.kernel.message import Command, Event


class RateGuided(Command, frozen=True, kw_only=True):
    """Take the records of a guided message into the sums. Raises `PairGap` if a message of the pair is missing.

    `part`: of a message whose number has been taken.
    """

    HOT: ClassVar[bool] = True

    source: int
    n: int
    seq: int
    records: list[GuidedRecord]
    part: bool = False

    @property
    def key(self) -> str:
        return ""


class RatedSum(msgspec.Struct, frozen=True, array_like=True):
    """What one guided message adds for one (subscription, meter, plan version, local day).

    `quantity` in 1e-6 units; `indexes` are the records behind it, in the `UsageRecorded` the message came from.
    `day` is local to the account.
    """

    account: str
    subscription: str
    meter: str
    plan: str
    version: Count
    period_start: date
    day: date
    quantity: int
    indexes: list[Index]


class UsageRated(Event, frozen=True, kw_only=True):
    """The records of `usage/{source}/{usage_seq}` for accounts of this partition are in the sums. Hot.

    `not_billable` and `returned` list `[index, reason, account]` of those that are not: nothing prices them
    (`no_price`), or they go back to quarantine (`too_late`, `no_subscription`).
    `part`: of a message cut up because of a bug, whose number another part has taken; what is missing is parked.
    """

    HOT: ClassVar[bool] = True

    source: Partition
    n: Seq
    usage_seq: Seq
    sums: list[RatedSum]
    not_billable: list[tuple[Index, str, str]] = []
    returned: list[tuple[Index, str, str]] = []
    part: bool = False

    @property
    def key(self) -> str:
        return ""

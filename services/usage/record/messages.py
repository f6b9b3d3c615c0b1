"""Usage records: counted once, each guided to its account or put into quarantine with a reason.

    RecordUsage(records=[...1,000...])   what equipment reported, checked, for one usage partition
    UsageRecorded(records, set_aside)    counted, once; cited as `usage/3/1842#17`: partition, seq, index in `records`
    GuidedUsage(records)                 those of one account partition, on `usage.guided`

All are hot: their records are columns on the wire (columns.py), and were rows in version 1. Quantities are integers of
1e-6 units, instants integers of microseconds since the Unix epoch (UTC). A record's position in the reported log is
`offset * 16384 + index in the message`.
"""

from __future__ import annotations

from itertools import accumulate
from typing import Annotated, ClassVar, Final

import msgspec
from msgspec.structs import force_setattr

from services.usage.record.columns import AdmittedColumns, Coded, Columns, Fate, GuidedColumns, RecordedColumns, coded
from services.usage.record.one_record import AdmittedRecord, CounterReading, GuidedRecord, RecordedUsage
from services.usage.session.messages import SILENCE_S, NasSignal, SessionReading
from shared.kernel.bounds import Count, Index, Partition, Seq
from shared.kernel.message import Command, Event

__all__ = [
    "POSITIONS_PER_MESSAGE",
    "RECORDS_PER_MESSAGE_MAX",
    "AdmittedColumns",
    "AdmittedRecord",
    "Coded",
    "Columns",
    "CounterReading",
    "DedupeKeysDropped",
    "Fate",
    "GuidedColumns",
    "GuidedRecord",
    "GuidedRetraction",
    "GuidedUsage",
    "GuidedUsageV1",
    "RecordUsage",
    "RecordUsageV1",
    "RecordedColumns",
    "RecordedUsage",
    "SetAside",
    "UsageRecorded",
    "UsageRecordedV1",
    "coded",
]

POSITIONS_PER_MESSAGE: Final = 16_384
"""More than the 10,000 records that a message may hold. The value is part of the log."""

RECORDS_PER_MESSAGE_MAX: Final = 10_000


class SetAside(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A record that was received and not counted again, or not counted at all.

    `state` is `duplicate`, `conflict`, or `malformed` (with reason `malformed` or `schema_violation`); what could be
    read of it is kept so that a person can find it.
    """

    state: str
    source: str
    id: str
    reason: str | None = None
    detail: str | None = None
    resource: str | None = None
    meter: str | None = None
    quantity: int | None = None
    started_at: int | None = None
    raw: str | None = None


class RecordUsage(Command, frozen=True, kw_only=True):
    """Count these records, once: of one reported partition (-1 for HTTP), in order of their positions. Of what is given
    as a list of records columns are made.

    Where its records are of several reported partitions, `reported_counts` says of which and how many, one behind the
    other; `reported_partition` is -1 then, and there are records only.

    `refused` are the malformed ones, each with its position: they are set aside and stay visible. `signals` are no
    records, but count among the positions. `session_silence_s`: after how long without a report a session is closed.
    With `known_sources_only`, records of a source that nobody defined are quarantined.
    """

    VERSION = 2
    KEY_FIELD = ""
    HOT: ClassVar[bool] = True

    records: AdmittedColumns
    refused: list[tuple[int, SetAside]] = []
    reported_partition: int = -1
    batch_id: str | None = None
    batch_received: int = 0
    batch_rejected: int = 0
    signals: list[NasSignal] = []
    session_silence_s: int = SILENCE_S
    known_sources_only: bool = False
    reported_counts: list[tuple[Partition, Count]] = []

    def __post_init__(self) -> None:
        if type(self.records) is not AdmittedColumns:
            force_setattr(self, "records", AdmittedColumns.of([*self.records]))
        if self.reported_counts and sum(count for _, count in self.reported_counts) != self.records.count:
            raise ValueError(f"{self.reported_counts} of {self.records.count} records")
        super().__post_init__()

    @property
    def reported(self) -> list[tuple[int, slice]]:
        """The reported partitions it has records of, each with their places; none for HTTP."""
        if self.reported_partition >= 0:
            return [(self.reported_partition, slice(0, self.records.count))] if self.records.count else []
        ends = [*accumulate(count for _, count in self.reported_counts)]
        return [
            (partition, slice(end - count, end))
            for (partition, count), end in zip(self.reported_counts, ends, strict=True)
            if count
        ]


class RecordUsageV1(Command, frozen=True, kw_only=True):
    """As it was with a row for each record: it may still wait in the log when a newer version takes over."""

    KEY_FIELD = ""
    HOT: ClassVar[bool] = True

    records: list[AdmittedRecord]
    refused: list[tuple[int, SetAside]] = []
    reported_partition: int = -1
    batch_id: str | None = None
    batch_received: int = 0
    batch_rejected: int = 0
    signals: list[NasSignal] = []
    session_silence_s: int = SILENCE_S
    known_sources_only: bool = False

    def upcast(self) -> RecordUsage:
        given = {name: getattr(self, name) for name in self.__struct_fields__}
        return RecordUsage(**given | {"records": AdmittedColumns.of(self.records)})


class UsageRecorded(Event, frozen=True, kw_only=True):
    """Records were counted, once. Of what is given as a list of records columns are made.

    `taken` is the highest position recorded per reported partition; what is delivered again at or below it is dropped
    without a trace. `guided` numbers the message that this event sends to each account partition (of `partitions`),
    densely per (source, target) pair. `batch_id` names the HTTP request, absent for the log; `batch_received` and
    `batch_rejected` count its whole body, over every partition. `recycled` says where records stood until now,
    `(seq, index)` here: they were parked, and are taken now. An event has either only such records, or none. `corrects`
    says the same of records that this event counts in the place of retracted ones.

    `sessions` has what records of kind `session` reported, by their index; `signals` what a NAS said of all its own;
    `session_silence_s` after how long without a report these are closed. `units` has the unit that a parked record's
    quantity is in, by its index, where its meter was not known and so its own unit neither.
    """

    VERSION = 2
    KEY_FIELD = ""
    HOT: ClassVar[bool] = True

    records: RecordedColumns
    set_aside: list[SetAside] = []
    taken: dict[int, int] = {}
    guided: dict[int, int] = {}
    partitions: Count = 1
    batch_id: str | None = None
    batch_received: Count = 0
    batch_rejected: Count = 0
    sessions: dict[Index, SessionReading] = {}
    signals: list[NasSignal] = []
    session_silence_s: Count = SILENCE_S
    recycled: dict[Index, tuple[Seq, Index]] = {}
    corrects: dict[Index, tuple[Seq, Index]] = {}
    units: dict[Index, str] = {}

    def __post_init__(self) -> None:
        if type(self.records) is not RecordedColumns:
            force_setattr(self, "records", RecordedColumns.of([*self.records]))
        super().__post_init__()

    @property
    def reported(self) -> bool:
        """Whether its records were reported, and not counted before: recycled and corrected ones left their keys."""
        return not self.recycled and not self.corrects


class UsageRecordedV1(Event, frozen=True, kw_only=True):
    """As it was with a row for each record."""

    KEY_FIELD = ""
    HOT: ClassVar[bool] = True

    records: list[RecordedUsage]
    set_aside: list[SetAside] = []
    taken: dict[int, int] = {}
    guided: dict[int, int] = {}
    partitions: Count = 1
    batch_id: str | None = None
    batch_received: Count = 0
    batch_rejected: Count = 0
    sessions: dict[Index, SessionReading] = {}
    signals: list[NasSignal] = []
    session_silence_s: Count = SILENCE_S
    recycled: dict[Index, tuple[Seq, Index]] = {}
    corrects: dict[Index, tuple[Seq, Index]] = {}
    units: dict[Index, str] = {}

    def upcast(self) -> UsageRecorded:
        given = {name: getattr(self, name) for name in self.__struct_fields__}
        return UsageRecorded(**given | {"records": RecordedColumns.of(self.records)})


class DedupeKeysDropped(Event, frozen=True, kw_only=True):
    """A UTC day has begun: the dedupe keys of days before `before`, counted from 1970, are forgotten in this partition.

    A record of such a day is `too_late` from now on, so that none is counted twice for want of its key.
    """

    KEY_FIELD = ""
    QUIET: ClassVar[bool] = True

    before: Annotated[int, msgspec.Meta(ge=0, le=2**16 - 1)]


class GuidedUsage(Event, frozen=True, kw_only=True):
    """Records of the event `usage/{source}/{seq}` that belong to accounts of one partition. `n` is dense per pair.

    `part` marks what rating cut off a message after it had taken its number; it is never sent. `origins` are source and
    id of records by their `index`, where a price may look at them one by one: what tells records of one instant apart.
    """

    VERSION = 2
    KEY_FIELD = ""
    HOT: ClassVar[bool] = True

    source: Partition
    n: Seq
    seq: Seq
    records: GuidedColumns
    part: bool = False
    origins: dict[int, tuple[str, str]] = {}

    def __post_init__(self) -> None:
        if type(self.records) is not GuidedColumns:
            force_setattr(self, "records", GuidedColumns.of([*self.records]))
        super().__post_init__()

    @property
    def account(self) -> str | None:
        """The account of a part that is one account's; a whole message is never parked with an account."""
        accounts = {record.account for record in self.records} if self.part else set()
        return accounts.pop() if len(accounts) == 1 else None


class GuidedUsageV1(Event, frozen=True, kw_only=True):
    """As it was with a row for each record."""

    KEY_FIELD = ""
    HOT: ClassVar[bool] = True

    source: Partition
    n: Seq
    seq: Seq
    records: list[GuidedRecord]
    part: bool = False
    origins: dict[int, tuple[str, str]] = {}

    def upcast(self) -> GuidedUsage:
        given = {name: getattr(self, name) for name in self.__struct_fields__}
        return GuidedUsage(**given | {"records": GuidedColumns.of(self.records)})


class GuidedRetraction(Event, frozen=True, kw_only=True):
    """Records of an account partition that are retracted, or with `restored` come again: of one event of `source`.

    `seq` is that event's own number; `places` say where each of the records was recorded, `[seq, index]`. The index of
    a record and of `origins` is its place in this list. It stands behind all that was guided before.
    """

    KEY_FIELD = ""

    source: Partition
    seq: Seq
    places: list[tuple[Seq, Index]]
    records: list[GuidedRecord]
    origins: dict[int, tuple[str, str]] = {}
    restored: bool = False

"""Usage records: counted once, each guided to its account or put into quarantine with a reason.

    RecordUsage(records=[...1,000...])   what equipment reported, checked, for one usage partition
    UsageRecorded(records, set_aside)    counted, once; cited as `usage/3/1842#17`: partition, seq, index in `records`
    GuidedUsage(records)                 those of one account partition, on `usage.guided`

All are hot: records are arrays on the wire. Quantities are integers of 1e-6 units, instants integers of microseconds
since the Unix epoch (UTC). A record's position in the reported log is `offset * 16384 + index in the message`.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final

import msgspec

from services.usage.session.messages import SILENCE_S, NasSignal, SessionReading
from shared.kernel.bounds import Count, Index, Partition, Seq
from shared.kernel.message import Command, Event

POSITIONS_PER_MESSAGE: Final = 16_384
"""More than the 10,000 records that a message may hold. The value is part of the log."""

RECORDS_PER_MESSAGE_MAX: Final = 10_000


class AdmittedRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A reported record that keeps all bounds, on its way to its usage partition.

    `dedupe_key` and `content` are those of the recorded one (`RecordedUsage`). `quantity` is in 1e-6 units: the delta,
    or what has come together so far. Of that, `cumulative` says for a counter `[bits, boot_id, uptime_s]`, for a
    session `[session_id, status, boot_id, uptime_s]`. `position` is -1 for HTTP. `unit` is what `quantity` is in where
    that is not known to be the unit of its meter.
    """

    position: int
    source: str
    id: str
    resource: str
    meter: str
    kind: str
    quantity: int
    started_at: int
    ended_at: int
    dedupe_key: bytes
    content: bytes
    attributes: dict[str, Any] | None = None
    cumulative: list[Any] | None = None
    unit: str | None = None


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
    """Count these records, once: at most 1,000 of one reported partition (-1 for HTTP), in order of their positions.

    `refused` are the malformed ones, each with its position: they are set aside and stay visible. `signals` are no
    records, but count among the positions. `session_silence_s`: after how long without a report a session is closed.
    With `known_sources_only`, records of a source that nobody defined are quarantined.
    """

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


CounterReading = tuple[Annotated[str, msgspec.Meta(pattern="^[0-9]{1,30}$")], Count, str | None, Seq | None]
"""Of a counter: value in 1e-6 units (text, for it may exceed 64 bits), bits, boot_id, uptime_s."""


class RecordedUsage(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One record of `UsageRecorded`: accepted, and guided if `account` is set, else quarantined with `reason`.

    `dedupe_key` (16 bytes) stands for (source, id, UTC day); `content` (8 bytes) that of everything else.
    `quantity` is the delta in 1e-6 units. `counter` is the reading `[value, bits, boot_id, uptime_s]` behind a delta,
    set where it adds to the readings that are known. `detail` says more about `reason`, or how a delta was found
    (`baseline`, `wrap`, `restart`, `late`, `resolved`; of a session `no_start`, `late`, `after_stop`, `restart`,
    `corrected`). Of a session, `started_at` is when what it counts began: with the report before. `position` is where
    it stood in the reported log, `None` for HTTP.
    """

    source: str
    id: str
    resource: str
    meter: str
    kind: str
    quantity: int
    started_at: int
    ended_at: int
    dedupe_key: bytes
    content: bytes
    account: str | None = None
    subscription: str | None = None
    reason: str | None = None
    detail: str | None = None
    attributes: dict[str, Any] | None = None
    counter: CounterReading | None = None
    position: int | None = None


class UsageRecorded(Event, frozen=True, kw_only=True):
    """Up to 1,000 records were counted, once.

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

    @property
    def reported(self) -> bool:
        """Whether its records were reported, and not counted before: recycled and corrected ones left their keys."""
        return not self.recycled and not self.corrects


class DedupeKeysDropped(Event, frozen=True, kw_only=True):
    """A UTC day has begun: the dedupe keys of days before `before`, counted from 1970, are forgotten in this partition.

    A record of such a day is `too_late` from now on, so that none is counted twice for want of its key.
    """

    KEY_FIELD = ""
    QUIET: ClassVar[bool] = True

    before: Annotated[int, msgspec.Meta(ge=0, le=2**16 - 1)]


class GuidedRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One accepted record on its way to its account; `index` points into the `UsageRecorded` it comes from."""

    index: Index
    account: str
    subscription: str
    meter: str
    quantity: int
    started_at: int
    ended_at: int
    attributes: dict[str, Any] | None = None


class GuidedUsage(Event, frozen=True, kw_only=True):
    """Records of the event `usage/{source}/{seq}` that belong to accounts of one partition. `n` is dense per pair.

    `part` marks what rating cut off a message after it had taken its number; it is never sent. `origins` are source and
    id of records by their `index`, where a price may look at them one by one: what tells records of one instant apart.
    """

    KEY_FIELD = ""
    HOT: ClassVar[bool] = True

    source: Partition
    n: Seq
    seq: Seq
    records: list[GuidedRecord]
    part: bool = False
    origins: dict[int, tuple[str, str]] = {}

    @property
    def account(self) -> str | None:
        """The account of a part that is one account's; a whole message is never parked with an account."""
        accounts = {record.account for record in self.records} if self.part else set()
        return accounts.pop() if len(accounts) == 1 else None


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
